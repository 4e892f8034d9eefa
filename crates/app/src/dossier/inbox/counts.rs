use super::{
    filter::Filter,
    gather::{midnight, narrowed},
    store,
    view::View,
};
use crate::{
    app::App,
    dossier::{clock::working_days_ago, untouched::page::heads},
    error::AppError,
};
use domain::accounts::Who;
use platform::db::Reader;

/// Beyond this a count says only that there are more.
const MOST: i64 = 1000;

/// How many dossiers a view has.
#[derive(Clone, Debug)]
pub struct Counted {
    pub view: View,
    pub count: i64,
}

impl Counted {
    /// `24`, `999+`.
    pub fn text(&self) -> String {
        shown(self.count)
    }
}

/// What the rail of the desk counts.
#[derive(Clone, Debug)]
pub struct Counts {
    pub views: Vec<Counted>,
    /// Dossiers of the agency that nobody has touched since the last working day began, for its heads (FLW-13).
    pub untouched: Option<i64>,
}

impl Counts {
    /// The count of what is untouched, as the rail shows it.
    pub fn untouched_text(&self) -> Option<String> {
        self.untouched.map(shown)
    }
}

fn shown(count: i64) -> String {
    if count >= MOST { format!("{}+", MOST - 1) } else { count.to_string() }
}

/// The counts of an officer's desk: each bounded, each answered by the index of its list.
pub fn counts(q: &mut Reader, app: &App, who: &Who) -> Result<Counts, AppError> {
    let all = narrowed(q, app, &Filter::default())?;
    let (identities, reference) = (app.reference().identities(who, app.now()), app.reference());
    let mut views = Vec::new();
    for view in View::of(who) {
        let mut count = 0;
        for source in view.sources_of(who, &identities, &reference.pools) {
            count += store::count(q, &source, &all, MOST)?;
        }
        if view == View::Today {
            count = store::count_done(q, who.officer, midnight(app.now()))?;
        }
        views.push(Counted { view, count: count.min(MOST) });
    }
    let mut untouched = None;
    if identities.iter().any(|who| who.any(heads)) {
        let since = working_days_ago(app.now(), &reference.calendar, 1).millis();
        untouched = Some(store::count_untouched(q, who.agency, since, MOST)?);
    }
    Ok(Counts { views, untouched })
}

/// The same off the async threads.
pub async fn counts_of(app: &App, who: &Who) -> Result<Counts, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    app.db.read(move |q| counts(q, &app_, &who)).await
}

use super::{
    filter::Filter,
    gather::{MOST as PAGE, midnight, narrowed, to_be_done},
    store::{self, Narrowed, Shown, Source},
    view::View,
};
use crate::{
    app::App,
    dossier::{clock::working_days_ago, untouched::page::heads},
    error::AppError,
};
use domain::accounts::Who;
use platform::db::Reader;
use std::collections::HashSet;

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
    let (mut views, mut known) = (Vec::new(), Vec::new());
    for view in View::of(who) {
        // A dossier that two lists bring is one piece of work.
        let mut distinct = HashSet::new();
        for source in view.sources_of(who, &identities, &reference.pools) {
            distinct.extend(counted(q, app, who, source, &all, &mut known)?);
        }
        let mut count = i64::try_from(distinct.len()).unwrap_or(MOST);
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

/// What a list brings, read once for all views that have it. Of others' dossiers only those count on which there is something
/// to do here, as the list shows them; beyond a page of them nobody counts so closely.
fn counted(
    q: &mut Reader,
    app: &App,
    who: &Who,
    source: Source,
    all: &Narrowed,
    known: &mut Vec<(Source, Vec<i64>)>,
) -> Result<Vec<i64>, AppError> {
    if let Some((_, ids)) = known.iter().find(|(of, _)| *of == source) {
        return Ok(ids.clone());
    }
    let mut ids = store::ids(q, &source, all, MOST)?;
    let of_others = matches!(source, Source::Branches(_) | Source::OneStop(_));
    if of_others && ids.len() <= PAGE {
        let keys: Vec<_> = ids.iter().map(|id| (0, *id)).collect();
        let rows = store::works(q, &app.states, &keys, Shown::WithoutNames)?;
        ids = to_be_done(q, app, who, rows)?.into_iter().map(|w| w.id.raw()).collect();
    }
    known.push((source, ids.clone()));
    Ok(ids)
}

/// The same off the async threads.
pub async fn counts_of(app: &App, who: &Who) -> Result<Counts, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    app.db.read(move |q| counts(q, &app_, &who)).await
}

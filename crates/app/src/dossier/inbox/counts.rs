use super::{
    filter::Filter,
    gather::{midnight, narrowed},
    store,
    view::View,
};
use crate::{app::App, error::AppError};
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
        if self.count >= MOST { format!("{}+", MOST - 1) } else { self.count.to_string() }
    }
}

/// The counts of all views of an officer: each bounded, each answered by the index of its list.
pub fn counts(q: &mut Reader, app: &App, who: &Who) -> Result<Vec<Counted>, AppError> {
    let all = narrowed(q, app, &Filter::default())?;
    let (identities, reference) = (app.reference().identities(who, app.now()), app.reference());
    let mut counted = Vec::new();
    for view in View::of(who) {
        let mut count = 0;
        for source in view.sources_of(who, &identities, &reference.pools) {
            count += store::count(q, &source, &all, MOST)?;
        }
        if view == View::Today {
            count = store::count_done(q, who.officer, midnight(app.now()))?;
        }
        counted.push(Counted { view, count: count.min(MOST) });
    }
    Ok(counted)
}

/// The same off the async threads.
pub async fn counts_of(app: &App, who: &Who) -> Result<Vec<Counted>, AppError> {
    let (app_, who) = (app.clone(), who.clone());
    app.db.read(move |q| counts(q, &app_, &who)).await
}

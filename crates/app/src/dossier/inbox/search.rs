//! The words of a filter, looked for in what a row says: code, applicant, procedure, field, who holds it.

use super::{
    filter::Filter,
    gather::{Found, MOST, to_be_done},
    lines::who_has,
    store::{self, Shown},
};
use crate::{app::App, dossier::store::Work, error::AppError, reference::Reference};
use domain::{accounts::Who, text::fold};
use platform::db::Reader;

/// Rows that one page looks through: a list of thousands is walked page by page, and the page says so.
const LOOKED: usize = 1_000;
/// Rows that are read at a time.
const STRETCH: usize = 200;

/// The rows of a list that say all the words, in its order. Names stand in no index of a list, so the rows themselves are
/// looked through, from where the page begins and so far as one page may.
pub fn searched(q: &mut Reader, app: &App, who: &Who, identities: &[Who], filter: &Filter) -> Result<Found, AppError> {
    let reference = app.reference();
    let (by, words) = (filter.narrowed(app.now(), None), words(&filter.words));
    let sources = filter.view.sources_of(who, identities, &reference.pools);
    let (mut after, mut rows, mut looked) = (filter.after, Vec::new(), 0);
    loop {
        let mut keys = Vec::new();
        for source in &sources {
            keys.extend(store::keys(q, source, &by, after, i64::try_from(STRETCH).unwrap_or(i64::MAX))?);
        }
        keys.sort_unstable();
        keys.dedup();
        let is_last = keys.len() < STRETCH;
        keys.truncate(STRETCH);
        looked += keys.len();
        after = keys.last().copied().unwrap_or(after);
        let mut stretch = store::works(q, &app.states, &keys, Shown::WithNames)?;
        if filter.view.is_to_do() {
            stretch = to_be_done(q, app, who, stretch)?;
        }
        for row in stretch {
            if says(q, app, &reference, &row, &words)? {
                rows.push(row);
            }
        }
        if rows.len() > MOST {
            let next = Some(rows[MOST - 1].after);
            rows.truncate(MOST);
            return Ok(Found { rows, next, is_cut: false });
        }
        if is_last {
            return Ok(Found { rows, next: None, is_cut: false });
        }
        if looked >= LOOKED {
            return Ok(Found { rows, next: Some(after), is_cut: true });
        }
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

fn says(q: &mut Reader, app: &App, reference: &Reference, row: &Work, words: &[String]) -> Result<bool, AppError> {
    let governing = app.versions.of(q, &row.state.intake)?;
    let procedure = &governing.procedure;
    let code = row.state.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let holder = row.state.holder.as_ref().map(|h| who_has(h, reference)).unwrap_or_default();
    let said = [&code, &row.applicant, &procedure.name, &procedure.field.name, &holder];
    let said = fold(&said.map(String::as_str).join(" "));
    Ok(words.iter().all(|word| said.contains(word)))
}

use super::{
    filter::Filter,
    search::searched,
    store::{self, Narrowed, Shown},
    view::View,
};
use crate::{app::App, dossier::store::Work, error::AppError};
use domain::{
    accounts::Who,
    catalogue::Process,
    dossier::{CommandName, Dossier, holds, may_assign},
    time::Instant,
};
use platform::db::{Query, Reader};

/// A page of the work, and the key after which the next begins.
pub struct Found {
    pub rows: Vec<Work>,
    pub next: Option<(i64, i64)>,
    /// The words were looked for in a part of the list only; the next page looks on.
    pub is_cut: bool,
}

/// Rows on one page.
pub const MOST: usize = 50;

/// Before every row.
pub const FIRST: (i64, i64) = (i64::MIN, 0);

/// The key after which a page begins, as the address has it: `due-id`; a broken one begins at the start.
pub fn after(text: &str) -> (i64, i64) {
    read_after(text).unwrap_or(FIRST)
}

/// The same; `None` when it is no key.
pub fn read_after(text: &str) -> Option<(i64, i64)> {
    let (due, id) = text.rsplit_once('-')?;
    Some((due.parse().ok()?, id.parse().ok()?))
}

/// A page of what the filter asks for; of what is to be done, a row of another's stays unseen even if a list should bring it.
pub async fn gather(app: &App, who: &Who, filter: &Filter) -> Result<Found, AppError> {
    let identities = app.reference().identities(who, app.now());
    let (app, who, filter) = (app.clone(), who.clone(), filter.clone());
    let db = app.db.clone();
    db.read(move |q| page(q, &app, &who, &identities, &filter, Shown::WithNames)).await
}

/// The same inside a snapshot.
pub fn page(
    q: &mut Reader,
    app: &App,
    who: &Who,
    identities: &[Who],
    filter: &Filter,
    shown: Shown,
) -> Result<Found, AppError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX) + 1;
    if filter.view == View::Today {
        let before = if filter.after.0 == i64::MIN { (i64::MAX, i64::MAX) } else { filter.after };
        let mut rows = store::done_since(q, who.officer, midnight(app.now()), before, most)?;
        let next = (rows.len() > MOST).then(|| rows[MOST - 1].after);
        rows.truncate(MOST);
        return Ok(Found { rows, next, is_cut: false });
    }
    if !filter.words.is_empty() {
        let found = searched(q, app, who, identities, filter)?;
        // Words that no row says may name a procedure in other words: "sổ đỏ".
        if !found.rows.is_empty() || found.is_cut {
            return Ok(found);
        }
    }
    let by = narrowed(q, app, filter)?;
    let mut keys = Vec::new();
    // One look into an index for each pool that may hold something for this officer.
    for source in filter.view.sources_of(who, identities, &app.reference().pools) {
        keys.extend(store::keys(q, &source, &by, filter.after, most)?);
    }
    keys.sort_unstable();
    keys.dedup();
    let next = (keys.len() > MOST).then(|| keys[MOST - 1]);
    keys.truncate(MOST);
    let mut rows = store::works(q, &app.states, &keys, shown)?;
    if filter.view.is_to_do() {
        rows = to_be_done(q, app, who, rows)?;
    }
    Ok(Found { rows, next, is_cut: false })
}

/// The words of a filter, looked up in the catalogue as the counter does: without marks, by name, field or code.
pub fn narrowed(q: &mut impl Query, app: &App, filter: &Filter) -> Result<Narrowed, AppError> {
    let mut versions = None;
    if !filter.words.is_empty() {
        let reference = app.reference();
        let codes = reference.search.search(&filter.words, 200);
        versions = Some(store::versions(q, codes.into_iter().map(|c| c.as_str().to_owned()).collect())?);
    }
    Ok(filter.narrowed(app.now(), versions))
}

/// The first moment of this day.
pub fn midnight(now: Instant) -> i64 {
    Instant::from_local(now.day().to_datetime(jiff::civil::Time::midnight())).millis()
}

/// Of these rows those on which the officer may do something.
pub fn to_be_done(q: &mut Reader, app: &App, who: &Who, rows: Vec<Work>) -> Result<Vec<Work>, AppError> {
    let (mut mine, reference) = (Vec::with_capacity(rows.len()), app.reference());
    let (acting, mut versions) = (reference.acting(who, app.now()), app.versions.of_list());
    for row in rows {
        let process = &versions.of(q, &row.state.intake)?.process;
        let acts = |who: &Who| {
            holds(who, &row.state, process)
                || may_assign(who, &row.state, process)
                || on_branch(who, &row.state, process)
        };
        if acting.on(&row.state.intake.procedure_code).iter().any(acts) {
            mine.push(row);
        }
    }
    Ok(mine)
}

/// Somebody else holds the dossier, and this officer has something to do for it.
fn on_branch(who: &Who, d: &Dossier, process: &Process) -> bool {
    domain::interlink::lawful(who, d, process).iter().any(|c| matches!(c, CommandName::Replies | CommandName::Parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_page_is_read_as_it_is_written_and_nonsense_begins_at_the_beginning() {
        assert_eq!(after("1759712400000-42"), (1_759_712_400_000, 42));
        assert_eq!(after("-5-42"), (-5, 42));
        for wrong in ["", "x", "1-", "-", "1-x"] {
            assert_eq!(after(wrong), (i64::MIN, 0), "{wrong}");
        }
    }
}

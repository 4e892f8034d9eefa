//! Lines of processes that wait for a decision after a change of agencies.

use crate::catalogue::process::store::{Design, design};
use domain::{
    id::Id,
    lists::AgencyChangeKind,
    people::{Agency, Officer},
    time::Instant,
};
use jiff::civil::Date;
use platform::db::{DbError, Query, Row, Select, Unit, params, sql};

/// Drafts and processes in force: all that a change of agencies may touch.
pub fn in_use(q: &mut impl Query) -> Result<Vec<Design>, DbError> {
    let st = sql!(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE ended_at IS NULL ORDER BY code, number"
    );
    q.rows(st, params![], design)
}

/// The designs of these ids.
pub fn designs(q: &mut impl Query, ids: &[Id<Design>]) -> Result<Vec<Design>, DbError> {
    let select = Select::new(
        "SELECT id, code, number, name, scope, body, process_id, decision_number, decision_date, send_due, sent_at,
                published_at, ended_at, changed_at, changed_by, version, cleared_decision, send_told_at FROM process_designs
         WHERE 1=1",
    );
    q.rows_of(&select.and_in("id", ids.iter().map(|id| id.raw())).build(), design)
}

/// Which line: the change and the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub change: i64,
    pub design: Id<Design>,
}

/// A process that waits for a decision, with the change that asks for it.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub key: Key,
    pub kind: AgencyChangeKind,
    /// The agency that was merged, split or closed.
    pub agency: Id<Agency>,
    /// The agency that took over, or that was split off.
    pub other: Option<Id<Agency>>,
    pub day: Date,
    pub decision: String,
    /// The agency's name before the change.
    pub old_name: String,
}

fn waiting_of(r: &Row<'_>) -> Result<Waiting, DbError> {
    let (kind, day): (String, String) = (r.get(2)?, r.get(5)?);
    Ok(Waiting {
        key: Key { change: r.get(0)?, design: Id::new(r.get(1)?) },
        kind: AgencyChangeKind::from_key(&kind).ok_or_else(|| r.impossible(2, "no kind of change"))?,
        agency: Id::new(r.get(3)?),
        other: r.get::<Option<i64>>(4)?.map(Id::new),
        day: day.parse().map_err(|e| r.impossible(5, e))?,
        decision: r.get(6)?,
        old_name: r.get(7)?,
    })
}

/// Those that wait, after a line, in the order of the changes. What was replaced or thrown away meanwhile waits no more.
pub fn waiting(q: &mut impl Query, after: Key, most: i64) -> Result<Vec<Waiting>, DbError> {
    let st = sql!(
        "SELECT s.change_id, s.design_id, c.kind, c.agency_id, c.other_id, c.day, c.decision, c.old_name
           FROM process_successions s
           JOIN agency_changes c ON c.id = s.change_id
           JOIN process_designs d ON d.id = s.design_id
          WHERE s.state = 'waiting' AND d.ended_at IS NULL
            AND (s.change_id > $1 OR (s.change_id = $1 AND s.design_id > $2))
          ORDER BY s.change_id, s.design_id LIMIT $3"
    );
    q.rows(st, params![after.change, after.design.raw(), most], waiting_of)
}

/// One of them; `None` when it does not wait any more.
pub fn one(q: &mut impl Query, key: Key) -> Result<Option<Waiting>, DbError> {
    let st = sql!(
        "SELECT s.change_id, s.design_id, c.kind, c.agency_id, c.other_id, c.day, c.decision, c.old_name
           FROM process_successions s
           JOIN agency_changes c ON c.id = s.change_id
           JOIN process_designs d ON d.id = s.design_id
          WHERE s.state = 'waiting' AND d.ended_at IS NULL AND s.change_id = $1 AND s.design_id = $2"
    );
    q.optional(st, params![key.change, key.design.raw()], waiting_of)
}

/// How many wait.
pub fn count(q: &mut impl Query) -> Result<i64, DbError> {
    let st = sql!(
        "SELECT COUNT(*) FROM process_successions s JOIN process_designs d ON d.id = s.design_id
          WHERE s.state = 'waiting' AND d.ended_at IS NULL"
    );
    q.one(st, params![], |r| r.get(0))
}

pub fn wait(unit: &mut Unit, key: Key) -> Result<(), DbError> {
    let st = sql!("INSERT INTO process_successions (change_id, design_id, state) VALUES ($1, $2, 'waiting')");
    unit.execute(st, params![key.change, key.design.raw()]).map(drop)
}

/// Notes what was decided: the draft for the heir, or that it was left. [`DbError::Stale`] when somebody was faster.
pub fn decide(
    unit: &mut Unit,
    key: Key,
    became: Option<Id<Design>>,
    officer: Id<Officer>,
    at: Instant,
) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE process_successions SET state = $3, became = $4, officer_id = $5, decided_at = $6
          WHERE change_id = $1 AND design_id = $2 AND state = 'waiting'"
    );
    let state = if became.is_some() { "carried" } else { "left" };
    let (became, officer) = (became.map(Id::raw), officer.raw());
    unit.update_versioned(st, params![key.change, key.design.raw(), state, became, officer, at.millis()])
}

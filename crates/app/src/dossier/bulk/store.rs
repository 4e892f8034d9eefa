use domain::{id::Id, people::Officer};
use platform::db::{DbError, Query, Unit, params, sql};

/// A report as it is kept.
pub struct Kept {
    /// What was done: [`super::page::Kind`] by its key.
    pub step: String,
    /// The outcomes, as JSON.
    pub body: String,
}

/// Keeps a report, and forgets the officer's reports from before `until`.
pub fn keep(unit: &mut Unit, id: i64, officer: Id<Officer>, at: i64, report: &Kept, until: i64) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM bulk_reports WHERE officer_id = $1 AND at < $2"), params![officer.raw(), until])?;
    let st = sql!("INSERT INTO bulk_reports (id, officer_id, at, step, body) VALUES ($1, $2, $3, $4, $5)");
    unit.execute(st, params![id, officer.raw(), at, &report.step, &report.body]).map(drop)
}

/// One of the officer's own reports.
pub fn find(q: &mut impl Query, id: i64, officer: Id<Officer>) -> Result<Option<Kept>, DbError> {
    let st = sql!("SELECT step, body FROM bulk_reports WHERE id = $1 AND officer_id = $2");
    q.optional(st, params![id, officer.raw()], |r| Ok(Kept { step: r.get(0)?, body: r.get(1)? }))
}

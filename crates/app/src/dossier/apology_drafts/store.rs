use super::Draft;
use crate::dossier::store::{Work, work};
use domain::{
    dossier::{CONFIRM, Dossier},
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, params, sql};

pub fn insert(
    unit: &mut Unit,
    dossier: Id<Dossier>,
    key: &str,
    agency: Id<Agency>,
    due: Instant,
    late: bool,
    now: Instant,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO apology_drafts (dossier_id, key, agency_id, due_at, drafted_at, late) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (dossier_id, key) DO NOTHING"
    );
    unit.execute(st, params![dossier.raw(), key, agency.raw(), due.millis(), now.millis(), late]).map(drop)
}

/// The dossier is late-bound no longer, or was apologised for.
pub fn close(unit: &mut Unit, dossier: Id<Dossier>, key: &str, now: Instant) -> Result<(), DbError> {
    let st = sql!("UPDATE apology_drafts SET closed_at = $3 WHERE dossier_id = $1 AND key = $2 AND closed_at IS NULL");
    unit.execute(st, params![dossier.raw(), key, now.millis()]).map(drop)
}

/// The same date again, as after a pause that took no working time: what was filled in is there again.
pub fn reopen(unit: &mut Unit, dossier: Id<Dossier>, key: &str) -> Result<(), DbError> {
    let st =
        sql!("UPDATE apology_drafts SET closed_at = NULL WHERE dossier_id = $1 AND key = $2 AND closed_at IS NOT NULL");
    unit.execute(st, params![dossier.raw(), key]).map(drop)
}

/// Keeps what was filled in; false where no draft is open.
pub fn save(
    unit: &mut Unit,
    dossier: Id<Dossier>,
    reason: &str,
    new_due: &str,
    by: Id<Officer>,
    now: Instant,
) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE apology_drafts SET reason = $2, new_due = $3, saved_by = $4, saved_at = $5
         WHERE dossier_id = $1 AND closed_at IS NULL"
    );
    Ok(unit.execute(st, params![dossier.raw(), reason, new_due, by.raw(), now.millis()])? > 0)
}

/// The open draft of a dossier.
pub fn open(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Option<Draft>, DbError> {
    let st = sql!(
        "SELECT key, drafted_at, late, reason, new_due, saved_by, saved_at FROM apology_drafts
         WHERE dossier_id = $1 AND closed_at IS NULL ORDER BY drafted_at DESC LIMIT 1"
    );
    q.optional(st, params![dossier.raw()], |r| draft(r, 0))
}

fn draft(r: &Row<'_>, at: usize) -> Result<Draft, DbError> {
    let (by, saved_at): (Option<i64>, Option<i64>) = (r.get(at + 5)?, r.get(at + 6)?);
    Ok(Draft {
        key: r.get(at)?,
        drafted_at: Instant::from_millis(r.get(at + 1)?),
        late: r.get(at + 2)?,
        reason: r.get(at + 3)?,
        new_due: r.get(at + 4)?,
        saved: by.zip(saved_at).map(|(by, at)| (Id::new(by), Instant::from_millis(at))),
    })
}

/// A dossier with its draft.
pub type Waiting = (Work, Draft);

fn waiting(r: &Row<'_>) -> Result<Waiting, DbError> {
    Ok((work(r)?, draft(r, 4)?))
}

/// The open drafts of an agency, the nearest date first; those that wait for a word already lie in that list.
pub fn of_agency(
    q: &mut impl Query,
    agency: Id<Agency>,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<Waiting>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, a.due_at, p.body, a.key, a.drafted_at, a.late, a.reason, a.new_due, a.saved_by, a.saved_at
         FROM apology_drafts a JOIN dossiers d ON d.id = a.dossier_id LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE a.agency_id = $1 AND a.closed_at IS NULL AND d.step <> $5 AND (a.due_at, a.dossier_id) > ($2, $3)
         ORDER BY a.due_at, a.dossier_id LIMIT $4"
    );
    q.rows(st, params![agency.raw(), after.0, after.1, most, CONFIRM], waiting)
}

/// How many they are, at most `most`.
pub fn count(q: &mut impl Query, agency: Id<Agency>, most: i64) -> Result<i64, DbError> {
    let st = sql!(
        "SELECT COUNT(*) FROM (SELECT a.dossier_id FROM apology_drafts a JOIN dossiers d ON d.id = a.dossier_id
         WHERE a.agency_id = $1 AND a.closed_at IS NULL AND d.step <> $3 LIMIT $2) found"
    );
    q.one(st, params![agency.raw(), most, CONFIRM], |r| r.get(0))
}

/// The open drafts of the dossiers that an officer has in person.
pub fn of_holder(
    q: &mut impl Query,
    officer: Id<Officer>,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<Waiting>, DbError> {
    let st = sql!(
        "SELECT d.id, d.state, a.due_at, p.body, a.key, a.drafted_at, a.late, a.reason, a.new_due, a.saved_by, a.saved_at
         FROM dossiers d JOIN apology_drafts a ON a.dossier_id = d.id LEFT JOIN dossier_people p ON p.dossier_id = d.id
         WHERE d.holder_officer_id = $1 AND a.closed_at IS NULL AND (a.due_at, a.dossier_id) > ($2, $3)
         ORDER BY a.due_at, a.dossier_id LIMIT $4"
    );
    q.rows(st, params![officer.raw(), after.0, after.1, most], waiting)
}

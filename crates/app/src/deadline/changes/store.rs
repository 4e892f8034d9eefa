use super::{Change, Recount, Stage, State};
use domain::{dossier::Dossier, id::Id, time::Instant};
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// Writes a change that was prepared.
pub fn insert(unit: &mut Unit, c: &Change) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO calendar_changes (id, state, days, reason, made_by, made_at, applied_by, applied_at, version, undoes,
                                       recount, after_due, after_id, seen, moved)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0)"
    );
    let days = serde_json::to_string(&c.days).unwrap_or_default();
    unit.execute(
        st,
        params![
            c.id.raw(),
            c.state.key(),
            days,
            &c.reason,
            c.made_by.map(Id::raw),
            c.made_at.millis(),
            c.applied_by.map(Id::raw),
            c.applied_at.map(Instant::millis),
            c.version,
            c.undoes.map(Id::raw),
            c.recount.stage.key(),
            c.recount.after.0,
            c.recount.after.1
        ],
    )
    .map(drop)
}

/// Writes where a change stands.
pub fn update(unit: &mut Unit, c: &Change) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE calendar_changes SET state = $2, days = $3, applied_by = $4, applied_at = $5, version = $6, recount = $7,
                after_due = $8, after_id = $9, seen = $10, moved = $11 WHERE id = $1"
    );
    let (days, r) = (serde_json::to_string(&c.days).unwrap_or_default(), &c.recount);
    unit.execute(
        st,
        params![
            c.id.raw(),
            c.state.key(),
            days,
            c.applied_by.map(Id::raw),
            c.applied_at.map(Instant::millis),
            c.version,
            r.stage.key(),
            r.after.0,
            r.after.1,
            r.seen,
            r.moved
        ],
    )
    .map(drop)
}

pub fn find(q: &mut impl Query, id: Id<Change>) -> Result<Option<Change>, DbError> {
    let st = sql!(
        "SELECT c.id, c.state, c.days, c.reason, c.made_by, c.made_at, c.applied_by, c.applied_at, c.version, c.undoes,
                c.recount, c.after_due, c.after_id, c.seen, c.moved,
                (SELECT MIN(u.id) FROM calendar_changes u WHERE u.undoes = c.id AND u.state = 'applied')
         FROM calendar_changes c WHERE c.id = $1"
    );
    q.optional(st, params![id.raw()], change)
}

/// The newest first, before a key: who changed what.
pub fn list(q: &mut impl Query, before: i64, most: i64) -> Result<Vec<Change>, DbError> {
    let st = sql!(
        "SELECT c.id, c.state, c.days, c.reason, c.made_by, c.made_at, c.applied_by, c.applied_at, c.version, c.undoes,
                c.recount, c.after_due, c.after_id, c.seen, c.moved,
                (SELECT MIN(u.id) FROM calendar_changes u WHERE u.undoes = c.id AND u.state = 'applied')
         FROM calendar_changes c WHERE c.id < $1 ORDER BY c.id DESC LIMIT $2"
    );
    q.rows(st, params![before, most], change)
}

/// The oldest change whose dossiers are still being dated anew; claimed, so that two processes do not do the same.
pub fn running(unit: &mut Unit) -> Result<Option<Change>, DbError> {
    let st = sql!("SELECT id FROM calendar_changes WHERE recount = 'running' ORDER BY id LIMIT 1 {claim}");
    match unit.optional(st, params![], |r| r.get::<i64>(0))? {
        Some(id) => find(unit, Id::new(id)),
        None => Ok(None),
    }
}

/// Whether any recount waits: a look costs nothing, a unit every second would be a commit every second.
pub fn any_running(q: &mut impl Query) -> Result<bool, DbError> {
    let st = sql!("SELECT id FROM calendar_changes WHERE recount = 'running' LIMIT 1");
    Ok(q.optional(st, params![], |r| r.get::<i64>(0))?.is_some())
}

fn change(r: &Row<'_>) -> Result<Change, DbError> {
    let (state, days, recount): (String, String, String) = (r.get(1)?, r.get(2)?, r.get(10)?);
    Ok(Change {
        id: Id::new(r.get(0)?),
        state: State::from_key(&state).ok_or_else(|| r.impossible(1, &state))?,
        days: serde_json::from_str(&days).map_err(|e| r.impossible(2, e))?,
        reason: r.get(3)?,
        made_by: r.get::<Option<i64>>(4)?.map(Id::new),
        made_at: Instant::from_millis(r.get(5)?),
        applied_by: r.get::<Option<i64>>(6)?.map(Id::new),
        applied_at: r.get::<Option<i64>>(7)?.map(Instant::from_millis),
        version: r.get(8)?,
        undoes: r.get::<Option<i64>>(9)?.map(Id::new),
        undone_by: r.get::<Option<i64>>(15)?.map(Id::new),
        recount: Recount {
            stage: Stage::from_key(&recount).ok_or_else(|| r.impossible(10, &recount))?,
            after: (r.get(11)?, r.get(12)?),
            seen: r.get(13)?,
            moved: r.get(14)?,
        },
    })
}

/// A dossier whose clock runs or stands.
pub struct Dated {
    pub id: Id<Dossier>,
    pub state: Dossier,
    /// Hash of the last event.
    pub head: String,
    /// The key after which the next one stands.
    pub after: (i64, i64),
}

/// Dossiers whose clock runs or stands, by due date. A calendar concerns all of them, so this read takes no scope; its
/// page shows codes and dates and nothing personal.
pub fn dated(q: &mut impl Query, after: (i64, i64), most: i64) -> Result<Vec<Dated>, DbError> {
    let st = sql!(
        "SELECT id, due_key, state, head FROM dossiers
         WHERE status IN ('accepted', 'in_progress', 'awaiting_supplement', 'awaiting_payment', 'suspended')
           AND (due_key, id) > ($1, $2)
         ORDER BY due_key, id LIMIT $3"
    );
    q.rows(st, params![after.0, after.1, most], |r| {
        let (id, due, state): (i64, i64, String) = (r.get(0)?, r.get(1)?, r.get(2)?);
        let state = serde_json::from_str(&state).map_err(|e| r.impossible(2, e))?;
        Ok(Dated { id: Id::new(id), state, head: r.get(3)?, after: (due, id) })
    })
}

/// Dossiers with a term that lies after the first changed day, and whose terms this change did not count with their date.
pub fn with_terms(q: &mut impl Query, change: &Change, most: usize) -> Result<Vec<i64>, DbError> {
    let st = sql!(
        "SELECT t.dossier_id FROM due_moments t
         WHERE t.dossier_id > $1 AND t.last_at >= $2
           AND NOT EXISTS (SELECT 1 FROM calendar_moves m WHERE m.change_id = $3 AND m.dossier_id = t.dossier_id)
         ORDER BY t.dossier_id LIMIT $4"
    );
    let (after, most) = (change.recount.after.1, i64::try_from(most).unwrap_or(i64::MAX));
    q.rows(st, params![after, change.first_key().0, change.id.raw(), most], |r| r.get(0))
}

/// Their terms are kept anew.
pub fn owe(unit: &mut Unit, dossiers: Vec<i64>) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO due_moments_owed (dossier_id) SELECT id FROM dossiers WHERE id {in $1}
         ON CONFLICT (dossier_id) DO NOTHING"
    );
    unit.execute(st, params![dossiers]).map(drop)
}

/// Notes that a change gave a dossier another date; the first date it had under this change is kept.
pub fn insert_move(unit: &mut Unit, change: Id<Change>, id: Id<Dossier>, from: i64, to: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO calendar_moves (change_id, dossier_id, from_due, to_due) VALUES ($1, $2, $3, $4)
         ON CONFLICT (change_id, dossier_id) DO UPDATE SET to_due = $4"
    );
    unit.execute(st, params![change.raw(), id.raw(), from, to]).map(drop)
}

/// A dossier that a change dated anew.
pub struct Moved {
    pub id: i64,
    pub code: String,
    pub from: Instant,
    pub to: Instant,
}

/// The dossiers that a change dated anew, by id.
pub fn moves(q: &mut impl Query, change: Id<Change>, after: i64, most: i64) -> Result<Vec<Moved>, DbError> {
    let st = sql!(
        "SELECT m.dossier_id, d.code, m.from_due, m.to_due FROM calendar_moves m JOIN dossiers d ON d.id = m.dossier_id
         WHERE m.change_id = $1 AND m.dossier_id > $2 ORDER BY m.dossier_id LIMIT $3"
    );
    q.rows(st, params![change.raw(), after, most], |r| {
        let (id, code): (i64, Option<String>) = (r.get(0)?, r.get(1)?);
        let (from, to) = (Instant::from_millis(r.get(2)?), Instant::from_millis(r.get(3)?));
        Ok(Moved { id, code: code.unwrap_or_else(|| id.to_string()), from, to })
    })
}

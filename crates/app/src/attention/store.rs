use domain::{
    dossier::{Called, Dossier, DueKind, DueMoment},
    id::Id,
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, params, sql};

/// A deadline as it is kept.
pub struct KeptMoment {
    pub key: String,
    pub kind: String,
    pub fires_at: i64,
    pub fired: bool,
}

/// The deadlines of a dossier, fired ones too.
pub fn of(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Vec<KeptMoment>, DbError> {
    let st = sql!("SELECT key, fires_at, fired_at, kind FROM due_moments WHERE dossier_id = $1");
    q.rows(st, params![dossier.raw()], |r| {
        let fired: Option<i64> = r.get(2)?;
        let (key, fires_at, kind) = (r.get(0)?, r.get(1)?, r.get(3)?);
        Ok(KeptMoment { key, kind, fires_at, fired: fired.is_some() })
    })
}

pub fn insert(unit: &mut Unit, dossier: Id<Dossier>, m: &DueMoment, key: &str) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO due_moments (dossier_id, key, kind, acts, fires_at, late) VALUES ($1, $2, $3, $4, $5, FALSE)
         ON CONFLICT (dossier_id, key) DO NOTHING"
    );
    unit.execute(st, params![dossier.raw(), key, m.kind.key(), m.kind.acts(), m.at.millis()]).map(drop)
}

pub fn move_to(unit: &mut Unit, dossier: Id<Dossier>, key: &str, at: Instant) -> Result<(), DbError> {
    let st = sql!("UPDATE due_moments SET fires_at = $3 WHERE dossier_id = $1 AND key = $2 AND fired_at IS NULL");
    unit.execute(st, params![dossier.raw(), key, at.millis()]).map(drop)
}

/// A deadline that has not fired goes on under another key: what it speaks of was moved.
pub fn take_along(unit: &mut Unit, dossier: Id<Dossier>, from: &str, key: &str, at: Instant) -> Result<(), DbError> {
    let st =
        sql!("UPDATE due_moments SET key = $3, fires_at = $4 WHERE dossier_id = $1 AND key = $2 AND fired_at IS NULL");
    unit.execute(st, params![dossier.raw(), from, key, at.millis()]).map(drop)
}

pub fn drop_waiting(unit: &mut Unit, dossier: Id<Dossier>, key: &str) -> Result<(), DbError> {
    let st = sql!("DELETE FROM due_moments WHERE dossier_id = $1 AND key = $2 AND fired_at IS NULL");
    unit.execute(st, params![dossier.raw(), key]).map(drop)
}

/// What this deadline called for has passed.
pub fn close(unit: &mut Unit, dossier: Id<Dossier>, key: &str, at: Instant) -> Result<(), DbError> {
    let st = sql!("UPDATE attentions SET closed_at = $3 WHERE dossier_id = $1 AND key = $2 AND closed_at IS NULL");
    unit.execute(st, params![dossier.raw(), key, at.millis()]).map(drop)
}

/// Whether anything is due.
pub fn any_due(q: &mut impl Query, acts: bool, now: Instant) -> Result<bool, DbError> {
    let st = sql!("SELECT dossier_id FROM due_moments WHERE fired_at IS NULL AND acts = $1 AND fires_at <= $2 LIMIT 1");
    Ok(q.optional(st, params![acts, now.millis()], |r| r.get::<i64>(0))?.is_some())
}

/// A deadline that has just been fired by this unit.
pub struct Firing {
    pub dossier: Id<Dossier>,
    pub key: String,
    pub kind: Option<DueKind>,
    pub late: bool,
    pub fires_at: i64,
}

/// A place among those that are due: the moment, then the dossier and the key.
pub type Place = (i64, Id<Dossier>, String);

impl Firing {
    pub fn place(&self) -> Place {
        (self.fires_at, self.dossier, self.key.clone())
    }
}

fn firing(r: &Row<'_>) -> Result<Firing, DbError> {
    let kind: String = r.get(2)?;
    Ok(Firing {
        dossier: Id::new(r.get(0)?),
        key: r.get(1)?,
        kind: DueKind::from_key(&kind),
        late: r.get(3)?,
        fires_at: r.get(4)?,
    })
}

/// Takes reminders that are due, oldest first: no other unit gets them again.
pub fn take_reminders(unit: &mut Unit, now: Instant, late_before: Instant, most: i64) -> Result<Vec<Firing>, DbError> {
    let st = sql!(
        "UPDATE due_moments SET fired_at = $1, late = (fires_at < $2) WHERE (dossier_id, key) IN
           (SELECT dossier_id, key FROM due_moments WHERE fired_at IS NULL AND acts = FALSE AND fires_at <= $1
            ORDER BY fires_at, dossier_id, key LIMIT $3 {claim})
         RETURNING dossier_id, key, kind, late, fires_at"
    );
    unit.rows(st, params![now.millis(), late_before.millis(), most], firing)
}

/// Terms that have run out and on which the system acts, oldest first, after this place.
pub fn run_out(q: &mut impl Query, now: Instant, after: &Place, most: i64) -> Result<Vec<Firing>, DbError> {
    let st = sql!(
        "SELECT dossier_id, key, kind, late, fires_at FROM due_moments
         WHERE fired_at IS NULL AND acts = TRUE AND fires_at <= $1 AND (fires_at, dossier_id, key) > ($2, $3, $4)
         ORDER BY fires_at, dossier_id, key LIMIT $5"
    );
    q.rows(st, params![now.millis(), after.0, after.1.raw(), &after.2, most], firing)
}

/// Marks one as fired; false when another unit was faster.
pub fn take(
    unit: &mut Unit,
    dossier: Id<Dossier>,
    key: &str,
    now: Instant,
    late_before: Instant,
) -> Result<bool, DbError> {
    let st = sql!(
        "UPDATE due_moments SET fired_at = $3, late = (fires_at < $4)
         WHERE dossier_id = $1 AND key = $2 AND fired_at IS NULL"
    );
    Ok(unit.execute(st, params![dossier.raw(), key, now.millis(), late_before.millis()])? == 1)
}

/// The state of a dossier, for the system that fires its deadlines; it acts for nobody, so it takes no scope.
pub fn state(q: &mut impl Query, id: Id<Dossier>) -> Result<Option<Dossier>, DbError> {
    q.optional(sql!("SELECT state FROM dossiers WHERE id = $1"), params![id.raw()], |r| state_of(r, 0))
}

fn state_of(r: &Row<'_>, column: usize) -> Result<Dossier, DbError> {
    let text: String = r.get(column)?;
    serde_json::from_str(&text).map_err(|e| r.impossible(column, e))
}

pub fn call(unit: &mut Unit, id: i64, f: &Firing, called: Called, target: i64, at: Instant) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO attentions (id, dossier_id, key, kind, called, target_id, at, late)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
    );
    let kind = f.kind.map_or("", DueKind::key);
    unit.execute(st, params![id, f.dossier.raw(), &f.key, kind, called.key(), target, at.millis(), f.late]).map(drop)
}

/// Dossiers whose deadlines are still to be kept, after this one.
pub fn owed(q: &mut impl Query, after: i64, most: i64) -> Result<Vec<Id<Dossier>>, DbError> {
    let st = sql!("SELECT dossier_id FROM due_moments_owed WHERE dossier_id > $1 ORDER BY dossier_id LIMIT $2");
    q.rows(st, params![after, most], |r| Ok(Id::new(r.get(0)?)))
}

/// The state of a dossier that nobody is changing at this moment.
pub fn settled_state(unit: &mut Unit, id: Id<Dossier>) -> Result<Option<Dossier>, DbError> {
    unit.optional(sql!("SELECT state FROM dossiers WHERE id = $1 {claim}"), params![id.raw()], |r| state_of(r, 0))
}

/// Its deadlines are kept now.
pub fn settle_owed(unit: &mut Unit, id: Id<Dossier>) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM due_moments_owed WHERE dossier_id = $1"), params![id.raw()]).map(drop)
}

/// One call that is still open.
pub struct Attention {
    pub id: i64,
    pub dossier: Id<Dossier>,
    pub kind: Option<DueKind>,
    pub at: Instant,
    pub late: bool,
    pub state: Dossier,
}

/// The open calls of one target, newest first.
pub fn open_calls(
    q: &mut impl Query,
    called: Called,
    target: i64,
    before: i64,
    most: i64,
) -> Result<Vec<Attention>, DbError> {
    let st = sql!(
        "SELECT a.id, a.dossier_id, a.kind, a.at, a.late, d.state FROM attentions a JOIN dossiers d ON d.id = a.dossier_id
         WHERE a.called = $1 AND a.target_id = $2 AND a.closed_at IS NULL AND a.id < $3 ORDER BY a.id DESC LIMIT $4"
    );
    q.rows(st, params![called.key(), target, before, most], |r| {
        let kind: String = r.get(2)?;
        Ok(Attention {
            id: r.get(0)?,
            dossier: Id::new(r.get(1)?),
            kind: DueKind::from_key(&kind),
            at: Instant::from_millis(r.get(3)?),
            late: r.get(4)?,
            state: state_of(r, 5)?,
        })
    })
}

/// Running dossiers whose date has passed, the longest first; for everybody, so nothing personal is read.
pub fn overdue(
    q: &mut impl Query,
    now: Instant,
    after: (i64, i64),
    most: i64,
) -> Result<Vec<(i64, i64, Dossier)>, DbError> {
    let st = sql!(
        "SELECT due_key, id, state FROM dossiers
         WHERE status IN ('accepted', 'in_progress', 'awaiting_supplement', 'awaiting_payment', 'suspended')
           AND status IN ('accepted', 'in_progress') AND due_key < $1
           AND (due_key, id) > ($2, $3) ORDER BY due_key, id LIMIT $4"
    );
    q.rows(st, params![now.millis(), after.0, after.1, most], |r| Ok((r.get(0)?, r.get(1)?, state_of(r, 2)?)))
}

use super::KeptMoment;
use domain::{
    dossier::{Called, Dossier, DueKind},
    id::Id,
    time::Instant,
};
use platform::db::{DbError, Query, Row, Unit, packed, params, sql};

/// The deadlines of a dossier, fired ones too; nobody else changes them until this unit is done.
pub fn of(unit: &mut Unit, dossier: Id<Dossier>) -> Result<Vec<KeptMoment>, DbError> {
    let st = sql!("SELECT moments FROM due_moments WHERE dossier_id = $1 {lock}");
    Ok(unit.optional(st, params![dossier.raw()], |r| moments(r, 0))?.unwrap_or_default())
}

/// The deadlines in a column.
fn moments(r: &Row<'_>, column: usize) -> Result<Vec<KeptMoment>, DbError> {
    let text: String = r.get(column)?;
    KeptMoment::all_of(&text).ok_or_else(|| r.impossible(column, "no deadlines"))
}

/// Writes the deadlines of a dossier over those that it had.
pub fn write(unit: &mut Unit, dossier: Id<Dossier>, all: &[KeptMoment]) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO due_moments (dossier_id, moments, reminds_at, acts_at, last_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (dossier_id) DO UPDATE SET moments = $2, reminds_at = $3, acts_at = $4, last_at = $5"
    );
    let (text, c) = (packed(KeptMoment::text_of(all)), KeptMoment::columns(all));
    unit.execute(st, params![dossier.raw(), text, c.reminds_at, c.acts_at, c.last_at]).map(drop)
}

/// What this deadline called for has passed.
pub fn close(unit: &mut Unit, dossier: Id<Dossier>, key: &str, at: Instant) -> Result<(), DbError> {
    let st = sql!("UPDATE attentions SET closed_at = $3 WHERE dossier_id = $1 AND key = $2 AND closed_at IS NULL");
    unit.execute(st, params![dossier.raw(), key, at.millis()]).map(drop)
}

/// Whether any reminder is due.
pub fn any_reminder(q: &mut impl Query, now: Instant) -> Result<bool, DbError> {
    let st = sql!("SELECT dossier_id FROM due_moments WHERE reminds_at <= $1 LIMIT 1");
    Ok(q.optional(st, params![now.millis()], |r| r.get::<i64>(0))?.is_some())
}

/// A deadline that has just been fired by this unit, or is to be fired.
pub struct Firing {
    pub dossier: Id<Dossier>,
    pub key: String,
    pub kind: Option<DueKind>,
    pub late: bool,
}

/// A place among those that are due: the moment, then the dossier.
pub type Place = (i64, Id<Dossier>);

/// Takes the reminders that are due of at most so many dossiers, the longest due first: no other unit gets them again.
pub fn take_reminders(unit: &mut Unit, now: Instant, late_before: Instant, most: i64) -> Result<Vec<Firing>, DbError> {
    let st =
        sql!("SELECT dossier_id, moments FROM due_moments WHERE reminds_at <= $1 ORDER BY reminds_at LIMIT $2 {claim}");
    let due = unit.rows(st, params![now.millis(), most], |r| Ok((Id::<Dossier>::new(r.get(0)?), moments(r, 1)?)))?;
    let mut taken = Vec::new();
    for (dossier, mut all) in due {
        for one in all.iter_mut().filter(|m| !m.acts() && m.is_due(now)) {
            one.fired = true;
            let (key, late) = (one.key.clone(), one.fires_at < late_before.millis());
            taken.push(Firing { dossier, key, kind: one.kind(), late });
        }
        write(unit, dossier, &all)?;
    }
    Ok(taken)
}

/// Terms that have run out and on which the system acts.
pub struct Terms {
    /// Dossier and key.
    pub due: Vec<(Id<Dossier>, String)>,
    /// After which place the next ones stand; none when there are no more.
    pub last: Option<Place>,
}

/// The terms of at most so many dossiers after this place.
pub fn run_out(q: &mut impl Query, now: Instant, after: Place, most: i64) -> Result<Terms, DbError> {
    let st = sql!(
        "SELECT acts_at, dossier_id, moments FROM due_moments
         WHERE acts_at <= $1 AND (acts_at, dossier_id) > ($2, $3) ORDER BY acts_at, dossier_id LIMIT $4"
    );
    let mut terms = Terms { due: Vec::new(), last: None };
    q.rows(st, params![now.millis(), after.0, after.1.raw(), most], |r| {
        let dossier = Id::new(r.get(1)?);
        let due = moments(r, 2)?.into_iter().filter(|m| m.acts() && m.is_due(now));
        terms.due.extend(due.map(|m| (dossier, m.key)));
        terms.last = Some((r.get(0)?, dossier));
        Ok(())
    })?;
    Ok(terms)
}

/// Marks one as fired; false when another unit was faster.
pub fn take(unit: &mut Unit, dossier: Id<Dossier>, key: &str) -> Result<bool, DbError> {
    let mut all = of(unit, dossier)?;
    let Some(one) = all.iter_mut().find(|m| m.key == key && !m.fired) else { return Ok(false) };
    one.fired = true;
    write(unit, dossier, &all)?;
    Ok(true)
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

use domain::{dossier::Dossier, id::Id};
use platform::db::{DbError, Query, Unit, params, sql};

/// How far the portal knows a dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The version that it confirmed; 0 for none.
    pub version: u32,
    /// The last step that it confirmed; 0 for none.
    pub step: u32,
}

/// Takes the dossier's line to the portal until `until`; false while somebody else has it.
pub fn take(unit: &mut Unit, dossier: Id<Dossier>, now: i64, until: i64) -> Result<bool, DbError> {
    let st = sql!(
        "INSERT INTO national_syncs (dossier_id, version, step, busy_until) VALUES ($1, 0, 0, $3)
         ON CONFLICT (dossier_id) DO UPDATE SET busy_until = $3 WHERE national_syncs.busy_until <= $2"
    );
    Ok(unit.execute(st, params![dossier.raw(), now, until])? == 1)
}

pub fn known(q: &mut impl Query, dossier: Id<Dossier>) -> Result<Known, DbError> {
    let st = sql!("SELECT version, step FROM national_syncs WHERE dossier_id = $1");
    let found = q.optional(st, params![dossier.raw()], |r| Ok(Known { version: r.get(0)?, step: r.get(1)? }))?;
    Ok(found.unwrap_or_default())
}

/// Notes what the portal confirmed and lets the line go. What it knows never becomes less.
pub fn note(unit: &mut Unit, dossier: Id<Dossier>, known: Known, now: i64) -> Result<(), DbError> {
    let st = sql!(
        "UPDATE national_syncs SET version = $2, step = $3, busy_until = 0, sent_at = $4
         WHERE dossier_id = $1 AND version <= $2 AND step <= $3"
    );
    unit.execute(st, params![dossier.raw(), known.version, known.step, now]).map(drop)
}

/// Lets the line go: nothing was sent.
pub fn release(unit: &mut Unit, dossier: Id<Dossier>) -> Result<(), DbError> {
    unit.execute(sql!("UPDATE national_syncs SET busy_until = 0 WHERE dossier_id = $1"), params![dossier.raw()])
        .map(drop)
}

/// Jobs that have become needless: the portal knows something newer. Those that were given up among them.
pub fn settle(unit: &mut Unit, keys: Vec<String>) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM outbox WHERE key {in $1}"), params![keys]).map(drop)
}

/// Jobs that wait after a try that failed.
pub fn waiting(q: &mut impl Query) -> Result<i64, DbError> {
    let st = sql!("SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND lane = 2 AND attempts > 0");
    q.one(st, params![], |r| r.get(0))
}

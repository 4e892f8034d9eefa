mod letters;
mod words;

pub use letters::*;
pub use words::*;

use platform::{
    db::{DbError, Query, Unit, params, sql},
    outbox::Job,
};

/// Which worker does a job. Each empties its own lane, so that a thousand slips to be archived keep no message waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What people or other systems hear.
    Notices,
    /// What costs much and hurries nobody.
    Archive,
    /// What the national portal hears: one that does not answer keeps no message to a citizen waiting.
    National,
}

impl Lane {
    const fn number(self) -> i64 {
        match self {
            Self::Notices => 0,
            Self::Archive => 1,
            Self::National => 2,
        }
    }
}

/// A job for the worker of a lane; while it waits or lies dead the same key again is the same job. Whoever could ask for it anew
/// once it is done has a row of its own that says so: the event, the message, the deadline that has fired.
pub fn insert(
    unit: &mut Unit,
    lane: Lane,
    id: i64,
    key: &str,
    kind: &str,
    payload: &str,
    run_at: i64,
) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO outbox (id, key, lane, kind, payload, state, run_at, attempts)
         VALUES ($1, $2, $3, $4, $5, 'waiting', $6, 0) ON CONFLICT (key) DO NOTHING"
    );
    unit.execute(st, params![id, key, lane.number(), kind, payload, run_at]).map(drop)
}

/// Takes what is due, oldest first. A claimed job falls due again when its lease ends: a worker that died loses nothing.
pub fn claim(unit: &mut Unit, lane: Lane, now: i64, lease_until: i64, most: i64) -> Result<Vec<Job>, DbError> {
    let st = sql!(
        "UPDATE outbox SET run_at = $2 WHERE id IN
           (SELECT id FROM outbox WHERE state = 'waiting' AND lane = $4 AND run_at <= $1
            ORDER BY run_at, id LIMIT $3 {claim})
         RETURNING id, key, kind, payload, attempts"
    );
    let mut jobs = unit.rows(st, params![now, lease_until, most, lane.number()], |r| {
        Ok(Job { id: r.get(0)?, key: r.get(1)?, kind: r.get(2)?, payload: r.get(3)?, attempts: r.get(4)? })
    })?;
    jobs.sort_by_key(|j| j.id);
    Ok(jobs)
}

/// Done: nothing of it stays.
pub fn done(unit: &mut Unit, id: i64) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM outbox WHERE id = $1"), params![id]).map(drop)
}

pub fn retry_at(unit: &mut Unit, id: i64, at: i64, attempts: u32, reason: &str) -> Result<(), DbError> {
    let st = sql!("UPDATE outbox SET run_at = $2, attempts = $3, last_error = $4 WHERE id = $1");
    unit.execute(st, params![id, at, attempts, reason]).map(drop)
}

/// Not begun: due at once.
pub fn give_back(unit: &mut Unit, ids: &[i64], now: i64) -> Result<(), DbError> {
    unit.execute(
        sql!("UPDATE outbox SET run_at = $2 WHERE id {in $1} AND state = 'waiting'"),
        params![ids.to_vec(), now],
    )
    .map(drop)
}

/// Given up until a person decides.
pub fn dead(unit: &mut Unit, id: i64, reason: &str) -> Result<(), DbError> {
    let st = sql!("UPDATE outbox SET state = 'dead', attempts = attempts + 1, last_error = $2 WHERE id = $1");
    unit.execute(st, params![id, reason]).map(drop)
}

/// Whether anything is due.
pub fn any_due(q: &mut impl Query, lane: Lane, now: i64) -> Result<bool, DbError> {
    let st = sql!("SELECT id FROM outbox WHERE state = 'waiting' AND lane = $1 AND run_at <= $2 LIMIT 1");
    Ok(q.optional(st, params![lane.number(), now], |r| r.get::<i64>(0))?.is_some())
}

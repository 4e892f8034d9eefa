//! Node numbers for id makers, so that several processes never make the same id.

use super::{Db, DbError, Engine, Query, Unit, params, sql};

/// A lease lasts so long unless it is renewed.
const TERM_MS: i64 = 300_000;
/// A dead holder's number is taken over only so long after the end of its lease: machines' clocks differ.
const GRACE_MS: i64 = 300_000;
/// Beyond an older holder's last millisecond, if that lies in the future, only so much is reserved at a time:
/// it is enough for four million ids, and a program that restarts in a loop does not run ahead of the calendar.
const AHEAD_MS: i64 = 1_000;
/// 10 bits.
const NODES: i64 = 1_024;

/// The right to make ids with a node number, for logical milliseconds before `expires_at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeLease {
    /// 0–1023; always 0 on SQLite, where one process writes.
    pub node: u16,
    /// No id of this node with an earlier logical millisecond may be made: an earlier holder may have made it.
    pub not_before: i64,
    /// Unix milliseconds.
    pub expires_at: i64,
    /// Names the process uniquely.
    pub holder: String,
}

impl NodeLease {
    /// Takes a free number; [`DbError::Busy`] when all 1024 are held. Blocks.
    pub fn take(db: &Db, holder: &str, now_ms: i64) -> Result<Self, DbError> {
        let (engine, holder) = (db.engine(), holder.to_owned());
        db.unit_blocking(move |unit| match engine {
            Engine::Sqlite => claim(unit, 0, &holder, now_ms, i64::MAX)?.ok_or_else(all_held),
            Engine::Postgres => take_any(unit, &holder, now_ms),
        })
    }

    /// Extends the lease; [`DbError::Stale`] when another holder has the number now. Blocks.
    pub fn renewed(&self, db: &Db, now_ms: i64) -> Result<Self, DbError> {
        let mut lease = self.clone();
        lease.expires_at = self.expires_at.max(now_ms + TERM_MS);
        let renewed = lease.clone();
        db.unit_blocking(move |unit| {
            unit.update_versioned(
                sql!("UPDATE node_leases SET expires_at = $3 WHERE node = $1 AND holder = $2"),
                params![lease.node, &lease.holder, lease.expires_at],
            )
        })?;
        Ok(renewed)
    }
}

fn take_any(unit: &mut Unit, holder: &str, now_ms: i64) -> Result<NodeLease, DbError> {
    let held = unit.rows(
        sql!("SELECT node FROM node_leases WHERE expires_at >= $1 ORDER BY node"),
        params![now_ms - GRACE_MS],
        |row| row.get::<i64>(0),
    )?;
    for node in (0..NODES).filter(|n| held.binary_search(n).is_err()) {
        // Another process may take the same number at this moment; then its row no longer fits and the next one is tried.
        if let Some(lease) = claim(unit, node, holder, now_ms, now_ms - GRACE_MS)? {
            return Ok(lease);
        }
    }
    Err(all_held())
}

/// Takes `node` if its lease ended before `ended_before`. The former end is the new beginning.
fn claim(
    unit: &mut Unit,
    node: i64,
    holder: &str,
    now_ms: i64,
    ended_before: i64,
) -> Result<Option<NodeLease>, DbError> {
    unit.execute(
        sql!("INSERT INTO node_leases (node, holder, expires_at) VALUES ($1, '', 0) ON CONFLICT (node) DO NOTHING"),
        params![node],
    )?;
    let former =
        unit.one(sql!("SELECT expires_at FROM node_leases WHERE node = $1"), params![node], |row| row.get::<i64>(0))?;
    let expires_at = (now_ms + TERM_MS).max(former + AHEAD_MS);
    let taken = unit.execute(
        sql!("UPDATE node_leases SET holder = $2, expires_at = $3 WHERE node = $1 AND expires_at = $4 AND expires_at < $5"),
        params![node, holder, expires_at, former, ended_before],
    )?;
    let node = u16::try_from(node).map_err(|e| DbError::Other(e.to_string()))?;
    Ok((taken == 1).then(|| NodeLease { node, not_before: former, expires_at, holder: holder.to_owned() }))
}

fn all_held() -> DbError {
    DbError::Busy("all 1024 node numbers for ids are held".into())
}

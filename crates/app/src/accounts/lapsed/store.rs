use domain::{id::Id, people::Officer};
use platform::db::{DbError, Query, Unit, params, sql};

/// Keeps one, and of the officer's others only the newest: nobody fills the disc with forms.
pub fn insert(
    unit: &mut Unit,
    digest: &str,
    officer: Id<Officer>,
    at: i64,
    body: &str,
    most: i64,
) -> Result<(), DbError> {
    let st = sql!(
        "DELETE FROM lapsed_forms WHERE key_digest IN
           (SELECT key_digest FROM lapsed_forms WHERE officer_id = $1 ORDER BY at DESC, key_digest LIMIT 1000 OFFSET $2)"
    );
    unit.execute(st, params![officer.raw(), most - 1])?;
    let st = sql!("INSERT INTO lapsed_forms (key_digest, officer_id, at, body) VALUES ($1, $2, $3, $4)");
    unit.execute(st, params![digest, officer.raw(), at, body]).map(drop)
}

/// Gives the officer's own and forgets it.
pub fn take(unit: &mut Unit, digest: &str, officer: Id<Officer>, since: i64) -> Result<Option<String>, DbError> {
    let st = sql!("DELETE FROM lapsed_forms WHERE key_digest = $1 AND officer_id = $2 AND at > $3 RETURNING body");
    unit.optional(st, params![digest, officer.raw(), since], |r| r.get(0))
}

/// Forgets what nobody came back for; at most so many at a time.
pub fn sweep(unit: &mut Unit, before: i64, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM lapsed_forms WHERE key_digest IN (SELECT key_digest FROM lapsed_forms WHERE at <= $1 ORDER BY at LIMIT $2)"
    );
    unit.execute(st, params![before, most])
}

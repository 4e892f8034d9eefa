use platform::db::{DbError, Unit, params, sql};

/// A job for the worker; the same key again is the same job.
pub fn insert(unit: &mut Unit, id: i64, key: &str, kind: &str, payload: &str, run_at: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO outbox (id, key, kind, payload, state, run_at, attempts) VALUES ($1, $2, $3, $4, 'waiting', $5, 0)
         ON CONFLICT (key) DO NOTHING"
    );
    unit.execute(st, params![id, key, kind, payload, run_at]).map(drop)
}

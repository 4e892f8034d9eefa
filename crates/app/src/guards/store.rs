use platform::{
    clock::Millis,
    db::{DbError, Query, Unit, params, sql},
};

/// Wrong guesses in a row, and when the last of them was.
pub fn of(q: &mut impl Query, guard: &str, digest: &str) -> Result<Option<(u32, Millis)>, DbError> {
    let st = sql!("SELECT failures, last_at FROM wrong_guesses WHERE guard = $1 AND digest = $2");
    q.optional(st, params![guard, digest], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// One more; after a silence that goes back before `forgotten` the count begins anew. Gives how many there are now.
pub fn count(unit: &mut Unit, guard: &str, digest: &str, now: Millis, forgotten: Millis) -> Result<u32, DbError> {
    let st = sql!(
        "INSERT INTO wrong_guesses (guard, digest, failures, last_at) VALUES ($1, $2, 1, $3)
         ON CONFLICT (guard, digest) DO UPDATE SET last_at = $3,
           failures = CASE WHEN wrong_guesses.last_at < $4 THEN 1 ELSE wrong_guesses.failures + 1 END
         RETURNING failures"
    );
    unit.one(st, params![guard, digest, now, forgotten], |r| r.get(0))
}

/// The right answer was given.
pub fn clear(unit: &mut Unit, guard: &str, digest: &str) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM wrong_guesses WHERE guard = $1 AND digest = $2"), params![guard, digest]).map(drop)
}

/// Forgets those that have been silent since; at most so many at a time.
pub fn sweep(unit: &mut Unit, silent_since: Millis, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM wrong_guesses WHERE digest IN
           (SELECT digest FROM wrong_guesses WHERE last_at < $1 ORDER BY last_at LIMIT $2) AND last_at < $1"
    );
    unit.execute(st, params![silent_since, most])
}

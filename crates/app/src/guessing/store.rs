use platform::{
    clock::Millis,
    db::{DbError, Query, Unit, params, sql},
    throttle::{Debt, Limits},
};

/// What is held against a key.
pub fn of(q: &mut impl Query, guard: &str, digest: &str) -> Result<Option<Debt>, DbError> {
    let st = sql!("SELECT even_at, last_at FROM wrong_guesses WHERE guard = $1 AND digest = $2");
    q.optional(st, params![guard, digest], |r| Ok(Debt { even_at: r.get(0)?, last_at: r.get(1)? }))
}

/// One miss more, counted where all processes see it, by the same rule as [`Debt::after_miss`]. Gives what is held now.
pub fn count(unit: &mut Unit, guard: &str, digest: &str, limits: &Limits, now: Millis) -> Result<Debt, DbError> {
    let st = sql!(
        "INSERT INTO wrong_guesses (guard, digest, even_at, last_at) VALUES ($1, $2, $4, $3)
         ON CONFLICT (guard, digest) DO UPDATE SET last_at = $3, even_at =
           CASE WHEN wrong_guesses.even_at < $3 THEN $4
                WHEN wrong_guesses.even_at + $5 > $6 THEN $6
                ELSE wrong_guesses.even_at + $5 END
         RETURNING even_at, last_at"
    );
    let every = limits.forgive_every();
    let values = params![guard, digest, now, now + every, every, now + limits.most_debt()];
    unit.one(st, values, |r| Ok(Debt { even_at: r.get(0)?, last_at: r.get(1)? }))
}

/// The right answer was given.
pub fn clear(unit: &mut Unit, guard: &str, digest: &str) -> Result<(), DbError> {
    unit.execute(sql!("DELETE FROM wrong_guesses WHERE guard = $1 AND digest = $2"), params![guard, digest]).map(drop)
}

/// Forgets those against whom nothing is held any more; at most so many at a time.
pub fn sweep(unit: &mut Unit, now: Millis, most: i64) -> Result<u64, DbError> {
    let st = sql!(
        "DELETE FROM wrong_guesses WHERE digest IN
           (SELECT digest FROM wrong_guesses WHERE even_at < $1 ORDER BY even_at LIMIT $2) AND even_at < $1"
    );
    unit.execute(st, params![now, most])
}

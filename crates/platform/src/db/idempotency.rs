//! One effect for one key, however often and however simultaneously a request comes.

use super::{Db, DbError, Query, Unit, packed, params, sql};
use std::sync::{Arc, Mutex, PoisonError};

/// Who sent which command under which key.
#[derive(Clone, Debug)]
pub struct Once {
    /// The account or API key that asks; keys of different principals do not meet.
    pub principal: String,
    /// `Idempotency-Key`, or the hidden key of an HTML form.
    pub key: String,
    /// Hash of the parsed command, so that the same key cannot answer for another one.
    pub command_hash: String,
    /// The machine clock, for [`sweep`].
    pub now_ms: i64,
}

/// What is kept and given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status, 100–599.
    pub status: u16,
    /// The body, or for a page the place it redirects to.
    pub body: String,
}

/// What came of a command with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done now.
    Fresh(Answer),
    /// Was done before; this is what was answered then.
    Replay(Answer),
    /// The key was used for another command (422 `idempotency.mismatch`).
    Mismatch,
}

/// What [`check`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The key is now claimed by this unit, which must [`store`] its answer or fail.
    Fresh,
    /// The earlier answer.
    Replay(Answer),
    /// The key was used for another command.
    Mismatch,
}

/// Claims the key for this unit, or finds what was answered. The claim is the unit's *first* write: a simultaneous
/// second request waits for it on PostgreSQL (READ COMMITTED) instead of doing the work and failing at the end;
/// on SQLite there is one writer anyway. A refused unit is rolled back, its claim too, so a corrected form passes.
pub fn check(unit: &mut Unit, once: &Once) -> Result<Checked, DbError> {
    let claimed = unit.execute(
        sql!(
            "INSERT INTO idempotency (principal, key, command_hash, status, answer, created_at) VALUES ($1, $2, $3, 0, '', $4)
             ON CONFLICT (principal, key) DO NOTHING"
        ),
        params![&once.principal, &once.key, packed(&*once.command_hash), once.now_ms],
    )?;
    if claimed == 1 {
        return Ok(Checked::Fresh);
    }
    match known(unit, once)? {
        // Swept away between the two statements: the caller may come again.
        Checked::Fresh => Err(DbError::Busy("the idempotency key expired this moment".into())),
        answered => Ok(answered),
    }
}

/// What stands under the key, without claiming it: `Fresh` when nothing does.
pub fn known(q: &mut impl Query, once: &Once) -> Result<Checked, DbError> {
    let found = q.optional(
        sql!("SELECT command_hash, status, answer FROM idempotency WHERE principal = $1 AND key = $2"),
        params![&once.principal, &once.key],
        |row| Ok((row.get::<String>(0)?, Answer { status: row.get(1)?, body: row.get(2)? })),
    )?;
    Ok(match found {
        Some((hash, answer)) if hash == once.command_hash => Checked::Replay(answer),
        Some(_) => Checked::Mismatch,
        None => Checked::Fresh,
    })
}

/// What the first request with this key was answered, whatever it asked for; `None` while it is still on its way.
pub fn answer_to(q: &mut impl Query, principal: &str, key: &str) -> Result<Option<Answer>, DbError> {
    q.optional(
        sql!("SELECT status, answer FROM idempotency WHERE principal = $1 AND key = $2 AND status > 0"),
        params![principal, key],
        |row| Ok(Answer { status: row.get(0)?, body: row.get(1)? }),
    )
}

/// Keeps the answer beside the claim, in the same unit.
pub fn store(unit: &mut Unit, once: &Once, answer: &Answer) -> Result<(), DbError> {
    unit.update_versioned(
        sql!("UPDATE idempotency SET status = $3, answer = $4 WHERE principal = $1 AND key = $2 AND status = 0"),
        params![&once.principal, &once.key, answer.status, packed(&*answer.body)],
    )
}

/// Gives the key back: what was to be done once could not be done, and may be asked for again.
pub fn forget(unit: &mut Unit, once: &Once) -> Result<(), DbError> {
    if known(unit, once)? == Checked::Mismatch {
        return Ok(());
    }
    let st = sql!("DELETE FROM idempotency WHERE principal = $1 AND key = $2");
    unit.execute(st, params![&once.principal, &once.key]).map(drop)
}

/// Forgets keys made before `older_than_ms` (30 days are kept); gives how many. At most `most` at a time, as bulk work should.
pub fn sweep(unit: &mut Unit, older_than_ms: i64, most: i64) -> Result<u64, DbError> {
    unit.execute(
        sql!(
            "DELETE FROM idempotency WHERE (principal, key) IN
             (SELECT principal, key FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2)"
        ),
        params![older_than_ms, most],
    )
}

impl Db {
    /// A unit of work with one effect for one key: simultaneous and later repetitions get the first answer.
    /// A refusal (`Err`) is not kept. When the connection breaks at the commit the key decides: the unit is run again behind its claim,
    /// which finds the first run's answer if that was saved, and waits for it if it is still being saved.
    pub async fn unit_once<E>(
        &self,
        once: Once,
        work: impl FnMut(&mut Unit) -> Result<Answer, E> + Send + 'static,
    ) -> Result<Outcome, E>
    where
        E: From<DbError> + Send + 'static,
    {
        let shared = Arc::new(Mutex::new(work));
        let first = self.unit(guarded(once.clone(), Arc::clone(&shared))).await;
        match first {
            Err(Stop::Base(DbError::Lost(_))) => self.unit(guarded(once, shared)).await.map_err(Stop::into_error),
            other => other.map_err(Stop::into_error),
        }
    }
}

/// The work behind its claim, repeatable.
fn guarded<E, F>(once: Once, work: Arc<Mutex<F>>) -> impl FnMut(&mut Unit) -> Result<Outcome, Stop<E>> + Send + 'static
where
    E: From<DbError> + Send + 'static,
    F: FnMut(&mut Unit) -> Result<Answer, E> + Send + 'static,
{
    move |unit| match check(unit, &once)? {
        Checked::Replay(answer) => Ok(Outcome::Replay(answer)),
        Checked::Mismatch => Ok(Outcome::Mismatch),
        Checked::Fresh => {
            let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = work(unit).map_err(Stop::Work)?;
            store(unit, &once, &answer)?;
            Ok(Outcome::Fresh(answer))
        }
    }
}

/// Keeps a failure of the data base apart from the work's own refusal until it is clear what to do.
enum Stop<E> {
    Base(DbError),
    Work(E),
}

impl<E> From<DbError> for Stop<E> {
    fn from(error: DbError) -> Self {
        Self::Base(error)
    }
}

impl<E: From<DbError>> Stop<E> {
    fn into_error(self) -> E {
        match self {
            Self::Base(error) => error.into(),
            Self::Work(error) => error,
        }
    }
}

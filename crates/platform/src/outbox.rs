//! Work that follows a commit: notices, portal synchronisation, archiving. Rows saved with the change itself, done afterwards.
//!
//! This is the pure part: when to try again, and the loop. The application keeps the rows ([`JobStore`]) and does the work
//! ([`JobHandler`]). A job may run twice (a process that dies after the effect and before the note of it), so a handler
//! passes [`Job::key`] on to whoever can refuse the second one (NTF-02).

mod backoff;
mod worker;

pub use backoff::Backoff;
pub use worker::{Counts, Worker};

use crate::clock::Millis;

/// One piece of work, claimed by this worker until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its row.
    pub id: i64,
    /// Stable name of the effect; the same job always carries the same key.
    pub key: String,
    /// Which handler, such as `sms`.
    pub kind: String,
    /// What the handler needs, as JSON text. It may hold personal data: never log it.
    pub payload: String,
    /// Tries that failed before this one.
    pub attempts: u32,
}

/// Why a job was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Try again by the schedule: a time-out, a busy partner, a full disk.
    Again(String),
    /// Try again at that moment, which does not count as a failure: night hours, a partner's `Retry-After`.
    NotBefore(Millis, String),
    /// It can never succeed: a number that does not exist. A person looks at it.
    Never(String),
}

/// Does one kind of work, or all. It has to be idempotent by key.
pub trait JobHandler: Send + Sync {
    /// Does the job. The reason inside a [`Failure`] is shown to the administrator; no personal data in it.
    fn handle(&self, job: &Job) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Where jobs are kept. Each call is one unit of work.
pub trait JobStore: Send + Sync {
    /// The store cannot be read or written.
    type Error: std::error::Error + Send + Sync + 'static;

    /// Takes at most `limit` jobs that are due at `now` and that nobody holds, oldest first, and holds them until `lease_until`.
    /// A job whose holder let its lease run out is due again.
    fn claim(
        &self,
        now: Millis,
        lease_until: Millis,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<Job>, Self::Error>> + Send;
    /// The job is done.
    fn done(&self, id: i64, now: Millis) -> impl Future<Output = Result<(), Self::Error>> + Send;
    /// The job is due again at `at`; `attempts` failures so far.
    fn retry_at(
        &self,
        id: i64,
        at: Millis,
        attempts: u32,
        reason: &str,
    ) -> impl Future<Output = Result<(), Self::Error>> + Send;
    /// The jobs were not begun, because the process stops: due at once for whoever comes next.
    fn give_back(&self, ids: Vec<i64>, now: Millis) -> impl Future<Output = Result<(), Self::Error>> + Send;
    /// The job is given up and shown as a dead letter until a person decides.
    fn dead(&self, id: i64, now: Millis, reason: &str) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

#[cfg(test)]
mod tests;

//! The loop that takes jobs and has them done.

use super::{Backoff, Failure, Job, JobHandler, JobStore};
use crate::clock::Millis;
use crate::shutdown::StopSignal;
use futures_util::{FutureExt, StreamExt, stream};
use std::ops::AddAssign;
use std::panic::AssertUnwindSafe;

/// Takes what is due and has it done, a few jobs at once. Any number of workers may run on one store.
#[derive(Debug)]
pub struct Worker<S, H> {
    /// Where the jobs are.
    pub store: S,
    /// Who does them.
    pub handler: H,
    /// When to try again.
    pub backoff: Backoff,
    /// Jobs claimed at once.
    pub batch: usize,
    /// Jobs of a batch done at the same time.
    pub at_once: usize,
    /// How long a claim holds, in milliseconds; far longer than any handler's own time-out.
    pub lease: Millis,
    /// The process's wish to stop: what has begun is finished, what has not is given back.
    pub stop: StopSignal,
}

/// One job's end.
enum End {
    Counted(Counts),
    /// The process stops before this job was begun.
    NotBegun(i64),
}

/// What became of the jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Done.
    pub done: usize,
    /// Due again later.
    pub again: usize,
    /// Given up.
    pub dead: usize,
}

impl Counts {
    /// Jobs touched.
    pub const fn total(self) -> usize {
        self.done + self.again + self.dead
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.done += other.done;
        self.again += other.again;
        self.dead += other.dead;
    }
}

impl<S: JobStore, H: JobHandler> Worker<S, H> {
    /// A worker with the usual measures: 50 a batch, 8 at once, five minutes' lease.
    pub fn new(store: S, handler: H, stop: StopSignal) -> Self {
        Self { store, handler, backoff: Backoff::default(), batch: 50, at_once: 8, lease: 300_000, stop }
    }

    /// Takes one batch of what is due at `now`. A job that fails, or panics, stops no other;
    /// an error of the store does, and what was not noted comes back when its lease ends.
    pub async fn run_once(&self, now: Millis) -> Result<Counts, S::Error> {
        if self.stop.is_requested() {
            return Ok(Counts::default());
        }
        let jobs = self.store.claim(now, now + self.lease, self.batch).await?;
        let mut outcomes =
            stream::iter(jobs.into_iter().map(|job| self.run_job(job, now))).buffer_unordered(self.at_once.max(1));
        let mut counts = Counts::default();
        let (mut broken, mut left) = (None, Vec::new());
        // All effects of the batch are noted as far as possible before an error is reported: an effect without
        // its note would happen twice.
        while let Some(outcome) = outcomes.next().await {
            match outcome {
                Ok(End::Counted(one)) => counts += one,
                Ok(End::NotBegun(id)) => left.push(id),
                Err(error) => broken = Some(error),
            }
        }
        if !left.is_empty() {
            self.store.give_back(left, now).await?;
        }
        broken.map_or(Ok(counts), Err)
    }

    /// Runs until nothing is due at `now`, including what the jobs themselves bring, or until the process stops; what is
    /// due later stays.
    pub async fn settle(&self, now: Millis) -> Result<Counts, S::Error> {
        let mut all = Counts::default();
        loop {
            let round = self.run_once(now).await?;
            if round.total() == 0 {
                return Ok(all);
            }
            all += round;
        }
    }

    async fn run_job(&self, job: Job, now: Millis) -> Result<End, S::Error> {
        if self.stop.is_requested() {
            return Ok(End::NotBegun(job.id));
        }
        let outcome = AssertUnwindSafe(self.handler.handle(&job)).catch_unwind().await;
        let failure = match outcome {
            Ok(Ok(())) => {
                self.store.done(job.id, now).await?;
                return Ok(End::Counted(Counts { done: 1, ..Counts::default() }));
            }
            Ok(Err(failure)) => failure,
            Err(_) => Failure::Again("the handler panicked".to_owned()),
        };
        self.note(&job, failure, now).await.map(End::Counted)
    }

    async fn note(&self, job: &Job, failure: Failure, now: Millis) -> Result<Counts, S::Error> {
        let failures = job.attempts.saturating_add(1);
        let (next, attempts, reason) = match failure {
            Failure::Never(reason) => (None, failures, reason),
            // Never at once, or settling would not end.
            Failure::NotBefore(at, reason) => (Some(at.max(now + 1)), job.attempts, reason),
            Failure::Again(reason) => (self.backoff.next(failures, job.id, now), failures, reason),
        };
        let Some(at) = next else {
            tracing::error!(job = job.id, kind = job.kind, reason, "outbox: a job was given up");
            self.store.dead(job.id, now, &reason).await?;
            return Ok(Counts { dead: 1, ..Counts::default() });
        };
        self.store.retry_at(job.id, at, attempts, &reason).await?;
        Ok(Counts { again: 1, ..Counts::default() })
    }
}

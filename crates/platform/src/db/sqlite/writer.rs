//! The one writer: a thread that lets waiting units share a commit.

use super::checkpoint::Checkpoints;
use super::disc::{Disc, Group};
use super::exec::word;
use super::job::{Job, Ran};
use super::queue::Queue;
use crate::clock::Stopwatch;
use crate::db::health::WriterHealth;
use crate::db::session::{Conn, Session};
use crate::db::{DbError, Unit};
use std::sync::Arc;
use std::time::Duration;

/// A group ends after so many units or so much time; whoever comes later goes with the next one.
const MOST_UNITS: usize = 64;
const MOST_TIME: Duration = Duration::from_millis(20);
/// A savepoint copies every page that a unit touches first (measured: a tenth of the writer's time), and most units are kept. So
/// groups go without, until a unit is to be undone; then so many groups go with one for each unit.
const CAREFUL: u32 = 16;

/// A unit of bulk work changes as many pages as so many others, so the log is moved after fewer of them: who writes meanwhile waits
/// for a shorter turn of the disc.
const BULK_WEIGHS: usize = 32;

pub(super) struct Writer {
    unit: Unit,
    queue: Arc<Queue>,
    checkpoints: Arc<Checkpoints>,
    health: Arc<WriterHealth>,
    disc: Arc<Disc>,
    /// So many groups still run each unit in a savepoint.
    savepoints_for: u32,
}

impl Writer {
    pub(super) fn new(
        conn: rusqlite::Connection,
        queue: Arc<Queue>,
        checkpoints: Arc<Checkpoints>,
        disc: Arc<Disc>,
    ) -> Self {
        let unit = Unit(Session::new(Conn::Sqlite(conn)));
        let health = Arc::clone(disc.health());
        Self { unit, queue, checkpoints, health, disc, savepoints_for: 0 }
    }

    /// Works until the queue is closed and empty.
    pub(super) fn run(mut self) {
        while let Some(first) = self.queue.wait() {
            self.group(first);
            if self.checkpoints.wants_help()
                && let Some(conn) = self.unit.0.sqlite()
            {
                self.checkpoints.finish_on(conn);
            }
        }
    }

    /// Runs what waits, one after another, until the disc wants what is done, and commits once. No timer is waited for.
    fn group(&mut self, first: Box<dyn Job>) {
        let watch = Stopwatch::start();
        let mut done = Vec::new();
        let mut next = Some(first);
        if let Err(error) = self.word("BEGIN IMMEDIATE") {
            return Self::fail_all(next.into_iter().collect(), &error);
        }
        let bare = self.savepoints_for == 0;
        self.savepoints_for = self.savepoints_for.saturating_sub(1);
        while let Some(mut job) = next {
            let ran = if bare { Ok(self.attempt(job.as_mut())) } else { self.in_savepoint(job.as_mut()) };
            done.push(job);
            // "Disk full" and I/O errors roll back the *whole* transaction without a word: look after every unit.
            let Some(ran) = ran.ok().filter(|_| self.is_open()) else {
                self.roll_back();
                return self.again_one_by_one(done);
            };
            if bare && ran != Ran::Keep {
                return self.undo(done);
            }
            let room = done.len() < MOST_UNITS && watch.elapsed() < MOST_TIME;
            next = if room { self.queue.next(|ready| self.disc.wants(done.len(), ready)) } else { None };
        }
        self.commit(done);
    }

    /// The last unit of a group without savepoints is to be undone: all of the group is, and runs again, each unit in a savepoint.
    fn undo(&mut self, done: Vec<Box<dyn Job>>) {
        self.roll_back();
        if done.len() == 1 {
            return self.hand_over(done, 0, Stopwatch::start());
        }
        self.savepoints_for = CAREFUL;
        if let Err(error) = self.word("BEGIN IMMEDIATE") {
            return Self::fail_all(done, &error);
        }
        let mut again = Vec::with_capacity(done.len());
        let mut left = done.into_iter();
        while let Some(mut job) = left.next() {
            let ran = self.in_savepoint(job.as_mut());
            again.push(job);
            if ran.is_err() || !self.is_open() {
                self.roll_back();
                again.extend(left);
                return self.again_one_by_one(again);
            }
        }
        self.commit(again);
    }

    fn commit(&mut self, done: Vec<Box<dyn Job>>) {
        let watch = Stopwatch::start();
        match self.word("COMMIT") {
            Ok(()) => {
                self.checkpoints.committed(done.len() + BULK_WEIGHS * self.queue.bulk_taken());
                let saved = done.len();
                self.hand_over(done, saved, watch);
            }
            Err(error) => {
                self.health.failed();
                self.roll_back();
                // A rule deferred to the commit is one unit's fault; alone, each gets its own answer.
                if matches!(error, DbError::Integrity { .. }) && done.len() > 1 {
                    return self.again_one_by_one(done);
                }
                Self::fail_all(done, &unsure(error));
            }
        }
    }

    /// The group's transaction is gone. Each unit runs again in its own; whoever fits is saved, whoever does not hears why.
    fn again_one_by_one(&mut self, done: Vec<Box<dyn Job>>) {
        let alone = done.len() == 1;
        for mut job in done {
            let watch = Stopwatch::start();
            let saved = if alone {
                self.health.failed();
                job.fail_success(gone());
                false
            } else {
                self.health.ran_again();
                self.alone(job.as_mut())
            };
            self.hand_over(vec![job], usize::from(saved), watch);
        }
    }

    /// Refusals wait for the disc as well: they may rest on what a neighbour saved.
    fn hand_over(&self, jobs: Vec<Box<dyn Job>>, saved: usize, since: Stopwatch) {
        self.disc.take(Group { jobs, saved, since });
    }

    /// Whether it was saved.
    fn alone(&mut self, job: &mut dyn Job) -> bool {
        let outcome = self.word("BEGIN IMMEDIATE").and_then(|()| {
            self.in_savepoint(job)?;
            if !self.is_open() {
                return Ok(false);
            }
            self.word("COMMIT").map_err(unsure)?;
            Ok(true)
        });
        match outcome {
            Ok(true) => return true,
            Ok(false) => job.fail_success(gone()),
            Err(error) => job.fail(error),
        }
        self.health.failed();
        self.roll_back();
        false
    }

    /// Runs one unit in a savepoint of its own; an error means that the transaction itself is broken, not that the unit was refused.
    fn in_savepoint(&mut self, job: &mut dyn Job) -> Result<Ran, DbError> {
        self.word("SAVEPOINT unit")?;
        let ran = self.attempt(job);
        if !self.is_open() {
            return Ok(ran);
        }
        if ran != Ran::Keep {
            self.word("ROLLBACK TO unit")?;
        }
        self.word("RELEASE unit")?;
        Ok(ran)
    }

    fn attempt(&mut self, job: &mut dyn Job) -> Ran {
        let ran = job.run(&mut self.unit);
        if ran == Ran::Panicked {
            self.health.panicked();
        }
        ran
    }

    fn fail_all(done: Vec<Box<dyn Job>>, error: &DbError) {
        for mut job in done {
            job.fail(error.clone());
            job.answer();
        }
    }

    fn is_open(&self) -> bool {
        self.unit.0.sqlite().is_some_and(|conn| !conn.is_autocommit())
    }

    fn roll_back(&mut self) {
        if self.is_open()
            && let Err(error) = self.word("ROLLBACK")
        {
            tracing::error!(%error, "the writer could not roll back");
        }
    }

    fn word(&self, text: &'static str) -> Result<(), DbError> {
        self.unit.0.sqlite().map_or_else(|| Err(DbError::ReadOnly), |conn| word(conn, text))
    }
}

impl Drop for Writer {
    /// Whether it ended in order or by a fault of ours: nobody may wait for a writer that is no more.
    fn drop(&mut self) {
        self.queue.give_up();
        self.disc.end();
    }
}

/// What a unit hears whose transaction the engine rolled back, if it did not notice itself.
fn gone() -> DbError {
    DbError::NoSpace("the engine rolled the transaction back".into())
}

/// After an I/O error in the commit the commit mark may stand in the log unsynced: whether a crash keeps it, nobody knows.
fn unsure(error: DbError) -> DbError {
    match error {
        DbError::Other(text) => DbError::Lost(text),
        definite => definite,
    }
}

//! Nobody is answered before the disc has what was saved; and the writer does not stand still meanwhile.
//!
//! The writer commits into the log without waiting for the disc (`synchronous=NORMAL`) and hands the group over. A thread of its
//! own brings the log to the disc and only then sends the answers. Meanwhile the writer runs the next group, and commits it when
//! the disc is free and half of those who wait are in it. So both are at work all the time, and as many units as can be share a
//! commit and the pages that all of them touch. Check-points bring the log to the disc themselves before they move a page.

use super::job::Job;
use super::queue::Queue;
use crate::clock::Stopwatch;
use crate::db::DbError;
use crate::db::health::WriterHealth;
use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Full groups that may wait for the disc; with more of them the writer waits too.
const MOST_GROUPS: usize = 2;

/// What was committed together.
pub(super) struct Group {
    pub(super) jobs: Vec<Box<dyn Job>>,
    /// Units of it whose work is kept.
    pub(super) saved: usize,
    /// Since the commit began.
    pub(super) since: Stopwatch,
}

/// Between the writer and the thread that waits for the disc.
pub(super) struct Disc {
    state: Mutex<State>,
    bell: Condvar,
    waited_for: bool,
    health: Arc<WriterHealth>,
}

#[derive(Default)]
struct State {
    groups: VecDeque<Group>,
    /// The disc is at work.
    busy: bool,
    stage: Stage,
}

/// Each comes after the one before, and none comes back.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    #[default]
    Open,
    /// The data base is being closed: nobody waits for room.
    Closing,
    /// The writer is no more: nothing will come.
    Ended,
    /// The thread is no more.
    Gone,
}

impl Disc {
    /// Who fills a new data base waits for the disc at the end alone: answers are sent at once.
    pub(super) fn new(waited_for: bool, health: Arc<WriterHealth>) -> Self {
        Self { state: Mutex::default(), bell: Condvar::new(), waited_for, health }
    }

    /// What the writer is doing, in figures.
    pub(super) fn health(&self) -> &Arc<WriterHealth> {
        &self.health
    }

    /// Takes a group that is committed; its answers follow once the disc has it. Waits for room. When the thread has gone by a fault
    /// of ours, whoever waits hears that nobody answers.
    pub(super) fn take(&self, group: Group) {
        if !self.waited_for {
            return self.answer(group, None);
        }
        let state = self.lock();
        let full = |s: &mut State| s.groups.len() >= MOST_GROUPS && s.stage == Stage::Open;
        let mut state = self.bell.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        if state.stage == Stage::Gone {
            drop(state);
            return drop(group);
        }
        state.groups.push_back(group);
        drop(state);
        self.bell.notify_all();
    }

    /// Whether a group of so many is to be committed now, while so many others wait: it goes to the disc at once, and the others are
    /// no more than it has.
    pub(super) fn wants(&self, done: usize, waiting: usize) -> bool {
        if !self.waited_for {
            return waiting == 0;
        }
        let state = self.lock();
        done >= waiting && state.groups.is_empty() && !state.busy
    }

    /// The thread's work: all groups that wait go to the disc together. `bring` returns when the disc has all that was committed
    /// before it was called. The writer, who waits at the queue, hears when the disc is free.
    pub(super) fn run(&self, queue: &Queue, mut bring: impl FnMut() -> Result<(), DbError>) {
        let _going = Going(self, queue);
        while let Some(groups) = self.wait() {
            let brought = bring();
            self.lock().busy = false;
            queue.stir();
            if let Err(error) = &brought {
                tracing::error!(%error, "the log did not reach the disc");
            }
            for group in groups {
                self.answer(group, brought.as_ref().err());
            }
        }
    }

    fn answer(&self, group: Group, error: Option<&DbError>) {
        match error {
            None if group.saved > 0 => self.health.committed(group.saved, group.since.elapsed()),
            None => {}
            Some(_) => self.health.failed(),
        }
        for mut job in group.jobs {
            if let Some(error) = error {
                job.fail_success(error.clone());
            }
            job.answer();
        }
    }

    /// From now on nobody waits for room.
    pub(super) fn close(&self) {
        self.reach(Stage::Closing);
    }

    /// The writer is no more: the thread answers what it has and ends.
    pub(super) fn end(&self) {
        self.reach(Stage::Ended);
    }

    fn reach(&self, stage: Stage) {
        let mut held = self.lock();
        held.stage = held.stage.max(stage);
        drop(held);
        self.bell.notify_all();
    }

    fn wait(&self) -> Option<VecDeque<Group>> {
        let state = self.lock();
        let none = |s: &mut State| s.groups.is_empty() && s.stage < Stage::Ended;
        let mut state = self.bell.wait_while(state, none).unwrap_or_else(PoisonError::into_inner);
        let groups = std::mem::take(&mut state.groups);
        state.busy = !groups.is_empty();
        drop(state);
        self.bell.notify_all();
        (!groups.is_empty()).then_some(groups)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// However the thread goes, nobody waits for it.
struct Going<'a>(&'a Disc, &'a Queue);

impl Drop for Going<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.stage = Stage::Gone;
        state.busy = false;
        let left = std::mem::take(&mut state.groups);
        drop(state);
        self.0.bell.notify_all();
        self.1.stir();
        drop(left);
    }
}

/// The file of the write-ahead log, which stays the same one while a connection is open.
pub(super) struct Log {
    file: File,
    database: PathBuf,
    /// The system could not write some of it and may take it for written all the same: a second look at the log alone proves nothing.
    doubtful: bool,
}

impl Log {
    /// The log beside `database`; the writer's connection must have begun a transaction once, or there is none.
    pub(super) fn open(database: &Path) -> Result<Self, DbError> {
        let mut name = database.as_os_str().to_owned();
        name.push("-wal");
        let file = File::open(&name).map_err(|e| DbError::Setup(format!("cannot open {}: {e}", name.display())))?;
        Ok(Self { file, database: database.to_owned(), doubtful: false })
    }

    /// Returns when the disc has what was committed.
    ///
    /// # Errors
    /// [`DbError::Lost`]: whether a crash keeps it, nobody knows. Then all of the log is moved into the data base file before the
    /// next answer.
    pub(super) fn bring(&mut self) -> Result<(), DbError> {
        if self.doubtful {
            // The writer may hold a transaction open until this is over, so nothing here waits for it.
            super::move_log(&self.database, "PASSIVE").map_err(|e| DbError::Lost(e.to_string()))?;
            self.doubtful = false;
        } else if let Err(error) = self.file.sync_data() {
            self.doubtful = true;
            return Err(DbError::Lost(format!("the log did not reach the disc: {error}")));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::job::Ran;
    use super::*;
    use crate::db::Unit;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// A unit's name, and whether it heard that it is saved.
    type Said = (u32, bool);

    struct Named(u32, Sender<Said>, bool);

    impl Job for Named {
        fn is_abandoned(&self) -> bool {
            false
        }
        fn run(&mut self, _: &mut Unit) -> Ran {
            Ran::Keep
        }
        fn fail(&mut self, _: DbError) {}
        fn fail_success(&mut self, error: DbError) {
            assert!(matches!(error, DbError::Lost(_)));
            self.2 = false;
        }
        fn answer(self: Box<Self>) {
            self.1.send((self.0, self.2)).unwrap();
        }
    }

    fn group(names: &[u32], to: &Sender<Said>) -> Group {
        let jobs = names.iter().map(|n| Box::new(Named(*n, to.clone(), true)) as Box<dyn Job>).collect();
        Group { jobs, saved: names.len(), since: Stopwatch::start() }
    }

    fn disc() -> (Arc<Disc>, Sender<Said>, Receiver<Said>) {
        let (said, heard) = channel();
        (Arc::new(Disc::new(true, Arc::default())), said, heard)
    }

    fn queue() -> Queue {
        Queue::new(9)
    }

    #[test]
    fn nobody_is_answered_before_the_disc_has_it_and_what_waits_goes_together() {
        let (disc, said, heard) = disc();
        assert!(disc.wants(2, 2) && !disc.wants(2, 3), "half of those who wait");
        let (allow, allowed) = channel::<()>();
        let (begun, has_begun) = channel();
        let thread = std::thread::spawn({
            let disc = Arc::clone(&disc);
            move || {
                disc.run(&queue(), move || {
                    begun.send(()).unwrap();
                    allowed.recv().unwrap();
                    Ok(())
                });
            }
        });
        disc.take(group(&[1, 2], &said));
        has_begun.recv().unwrap();
        assert!(!disc.wants(9, 0));
        disc.take(group(&[3], &said));
        disc.take(group(&[4], &said));
        assert!(heard.try_recv().is_err(), "the disc has not said a word");
        allow.send(()).unwrap();
        assert_eq!([heard.recv().unwrap(), heard.recv().unwrap()], [(1, true), (2, true)]);
        has_begun.recv().unwrap();
        assert!(heard.try_recv().is_err());
        disc.end();
        allow.send(()).unwrap();
        thread.join().unwrap();
        assert_eq!([heard.recv().unwrap(), heard.recv().unwrap()], [(3, true), (4, true)]);
        assert!(has_begun.recv().is_err(), "one turn of the disc for both");
        assert_eq!((disc.health().figures(0).units, disc.health().figures(0).groups), (4, 3));
    }

    #[test]
    fn who_has_no_room_waits_until_there_is_some_or_the_data_base_closes() {
        let (disc, said, heard) = disc();
        for n in 1..=2 {
            disc.take(group(&[n], &said));
        }
        std::thread::scope(|scope| {
            let third = scope.spawn(|| disc.take(group(&[3], &said)));
            disc.close();
            third.join().unwrap();
        });
        disc.end();
        disc.run(&queue(), || Ok(()));
        drop(said);
        assert_eq!(heard.iter().map(|(n, _)| n).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn what_did_not_reach_the_disc_is_not_called_saved() {
        let (disc, said, heard) = disc();
        disc.take(group(&[1, 2], &said));
        disc.end();
        disc.run(&queue(), || Err(DbError::Lost("broken".into())));
        drop(said);
        assert_eq!(heard.iter().collect::<Vec<_>>(), [(1, false), (2, false)]);
        assert_eq!((disc.health().figures(0).units, disc.health().figures(0).failed_groups), (0, 1));
    }

    #[test]
    fn a_thread_that_has_gone_keeps_nobody_waiting() {
        let (disc, said, heard) = disc();
        // Nobody is there to hear the answer, which is a panic here.
        let (nobody, _) = channel();
        disc.take(group(&[1], &nobody));
        let thread = std::thread::spawn({
            let disc = Arc::clone(&disc);
            move || disc.run(&queue(), || Ok(()))
        });
        assert!(thread.join().is_err());
        for n in 2..6 {
            disc.take(group(&[n], &said));
        }
        drop(said);
        assert_eq!(heard.iter().count(), 0, "the callers hear that their channel was closed");
    }

    #[test]
    fn a_log_that_could_not_be_written_is_moved_as_a_whole_before_the_next_answer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let conn = rusqlite::Connection::open(&path).unwrap();
        conn.execute_batch(
            "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE t (x); INSERT INTO t VALUES (1)",
        )
        .unwrap();
        let mut log = Log::open(&path).unwrap();
        assert!(log.file.metadata().unwrap().len() > 0, "it is the log");
        log.bring().unwrap();
        assert!(log.file.metadata().unwrap().len() > 0, "and stays where it is");
        // A file that no system can bring to a disc.
        log.file = File::open("/dev/null").unwrap();
        assert!(matches!(log.bring(), Err(DbError::Lost(_))));
        log.bring().unwrap();
        let alone = folder.path().join("b.db");
        std::fs::copy(&path, &alone).unwrap();
        let found =
            rusqlite::Connection::open(&alone).unwrap().query_row("SELECT x FROM t", [], |r| r.get::<_, i64>(0));
        assert_eq!(found.unwrap(), 1, "the file alone has it");
        // While a reader holds it fast it cannot be moved, and nothing is promised.
        conn.execute_batch("INSERT INTO t VALUES (2)").unwrap();
        let reader = rusqlite::Connection::open(&path).unwrap();
        reader.execute_batch("BEGIN; SELECT * FROM t").unwrap();
        conn.execute_batch("INSERT INTO t VALUES (3)").unwrap();
        assert!(log.bring().is_err());
        assert!(log.bring().is_err());
        reader.execute_batch("COMMIT").unwrap();
        log.bring().unwrap();
    }
}

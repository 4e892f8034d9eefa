//! Moving the write-ahead log into the data base file without stopping the writer.

use super::queue::Queue;
use crate::db::DbError;
use crate::db::health::WriterHealth;
use rusqlite::Connection;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A check-point is made after so many units, or so many commits.
const UNITS: usize = 1000;
const COMMITS: usize = 64;
/// Above so many pages (64 MiB) the log is growing faster than the thread empties it.
const TOO_LONG: u64 = 16_384;

/// Shared by the writer, which counts, and the thread that makes the check-points.
pub(super) struct Checkpoints {
    state: Mutex<State>,
    bell: Condvar,
    help: AtomicBool,
    health: Arc<WriterHealth>,
}

#[derive(Default)]
struct State {
    units: usize,
    commits: usize,
    closed: bool,
}

impl Checkpoints {
    pub(super) fn new(health: Arc<WriterHealth>) -> Self {
        Self { state: Mutex::default(), bell: Condvar::new(), help: AtomicBool::new(false), health }
    }

    /// The writer tells of a commit.
    pub(super) fn committed(&self, units: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.units += units;
        state.commits += 1;
        if state.is_due() {
            self.bell.notify_one();
        }
    }

    /// The thread's work: PASSIVE check-points on a connection of its own, which never hold the writer up. Bulk work waits meanwhile:
    /// it fills the log faster than the disc takes it, and then everybody's commit waits for the disc (measured: a recount of all
    /// open dossiers let an intake wait 140 ms at the 99th percentile).
    pub(super) fn run(&self, conn: &Connection, queue: &Queue) {
        while self.wait() {
            queue.hold_bulk();
            let made = passive(conn);
            queue.release_bulk();
            match made {
                Ok(pages) => {
                    self.health.set_wal_pages(pages);
                    // The log starts over only when all of it has been moved. Under load the writer always adds some
                    // pages meanwhile, so when it has grown long, the writer itself moves the short rest between two groups.
                    self.help.store(pages > TOO_LONG, Relaxed);
                }
                Err(error) => tracing::warn!(%error, "no check-point could be made"),
            }
        }
    }

    pub(super) fn wants_help(&self) -> bool {
        self.help.load(Relaxed)
    }

    pub(super) fn finish_on(&self, conn: &Connection) {
        self.help.store(false, Relaxed);
        if let Err(error) = passive(conn) {
            tracing::warn!(%error, "the writer could not finish a check-point");
        }
    }

    pub(super) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.bell.notify_all();
    }

    /// Waits until a check-point is due; `false` at the end.
    fn wait(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut state =
            self.bell.wait_while(state, |s| !s.closed && !s.is_due()).unwrap_or_else(PoisonError::into_inner);
        state.units = 0;
        state.commits = 0;
        !state.closed
    }
}

impl State {
    fn is_due(&self) -> bool {
        self.units >= UNITS || self.commits >= COMMITS
    }
}

/// Moves what it can without waiting for anybody; gives the length of the log in pages.
fn passive(conn: &Connection) -> Result<u64, DbError> {
    conn.prepare_cached("PRAGMA wal_checkpoint(PASSIVE)")
        .and_then(|mut s| s.query_row([], |row| row.get::<_, i64>(1)))
        .map(|pages| u64::try_from(pages).unwrap_or(0))
        .map_err(|e| super::errors::failure(&e).error)
}

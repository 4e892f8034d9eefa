//! What the writer is doing, as plain counters for health pages and metrics.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Counted by the writer, or by the pool.
#[derive(Debug, Default)]
pub(super) struct WriterHealth {
    units: AtomicU64,
    groups: AtomicU64,
    largest_group: AtomicU64,
    last_commit_micros: AtomicU64,
    failed_groups: AtomicU64,
    reruns: AtomicU64,
    panics: AtomicU64,
    wal_pages: AtomicU64,
}

/// Figures since the start of the process. On PostgreSQL every unit is a group of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriterFigures {
    /// Units of work that were committed.
    pub units: u64,
    /// Commits; `units / groups` is the mean size of a group.
    pub groups: u64,
    /// Units in the largest group.
    pub largest_group: u64,
    /// Units that wait for the writer, or for a connection, now.
    pub waiting: u64,
    /// How long the last commit took, in milliseconds.
    pub last_commit_ms: u64,
    /// Groups (PostgreSQL: units) whose commit failed.
    pub failed_groups: u64,
    /// Units that were run again, after a full disc, a deadlock or a lost connection.
    pub reruns: u64,
    /// Units that panicked.
    pub panics: u64,
    /// Pages in the write-ahead log at the last check-point; SQLite only.
    pub wal_pages: u64,
}

impl WriterHealth {
    pub(super) fn figures(&self, waiting: usize) -> WriterFigures {
        WriterFigures {
            units: self.units.load(Relaxed),
            groups: self.groups.load(Relaxed),
            largest_group: self.largest_group.load(Relaxed),
            waiting: waiting as u64,
            last_commit_ms: self.last_commit_micros.load(Relaxed) / 1000,
            failed_groups: self.failed_groups.load(Relaxed),
            reruns: self.reruns.load(Relaxed),
            panics: self.panics.load(Relaxed),
            wal_pages: self.wal_pages.load(Relaxed),
        }
    }
    pub(super) fn committed(&self, units: usize, took: Duration) {
        self.units.fetch_add(units as u64, Relaxed);
        self.groups.fetch_add(1, Relaxed);
        self.largest_group.fetch_max(units as u64, Relaxed);
        self.last_commit_micros.store(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }
    pub(super) fn failed(&self) {
        self.failed_groups.fetch_add(1, Relaxed);
    }
    pub(super) fn ran_again(&self) {
        self.reruns.fetch_add(1, Relaxed);
    }
    pub(super) fn panicked(&self) {
        self.panics.fetch_add(1, Relaxed);
    }
    pub(super) fn set_wal_pages(&self, pages: u64) {
        self.wal_pages.store(pages, Relaxed);
    }
}

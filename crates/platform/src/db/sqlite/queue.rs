//! What waits for the writer: two lanes, interactive before bulk.

use super::job::Job;
use crate::db::{DbError, Lane};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

pub(super) struct Queue {
    lanes: Mutex<Lanes>,
    bell: Condvar,
    most: usize,
}

#[derive(Default)]
struct Lanes {
    interactive: VecDeque<Box<dyn Job>>,
    bulk: VecDeque<Box<dyn Job>>,
    closed: bool,
}

impl Queue {
    pub(super) fn new(most: usize) -> Self {
        Self { lanes: Mutex::default(), bell: Condvar::new(), most }
    }

    /// Puts a unit at the end of its lane; refuses when the lane is full, so that callers hear it at once.
    pub(super) fn push(&self, lane: Lane, job: Box<dyn Job>) -> Result<(), DbError> {
        let mut lanes = self.lock();
        if lanes.closed {
            return Err(DbError::Busy("the data base is closing".into()));
        }
        let row = match lane {
            Lane::Interactive => &mut lanes.interactive,
            Lane::Bulk => &mut lanes.bulk,
        };
        if row.len() >= self.most {
            return Err(DbError::Busy("too many units of work wait for the writer".into()));
        }
        row.push_back(job);
        drop(lanes);
        self.bell.notify_one();
        Ok(())
    }

    /// Waits for a unit; `None` when the queue is closed and empty.
    pub(super) fn wait(&self) -> Option<Box<dyn Job>> {
        let mut lanes = self.lock();
        loop {
            if let Some(job) = lanes.pop() {
                return Some(job);
            }
            if lanes.closed {
                return None;
            }
            lanes = self.bell.wait(lanes).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A unit that waits now, if any.
    pub(super) fn next(&self) -> Option<Box<dyn Job>> {
        self.lock().pop()
    }

    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.bell.notify_all();
    }

    /// Closes and drops what waits, so that every caller hears of it; only when the writer is no more.
    pub(super) fn give_up(&self) {
        let mut lanes = self.lock();
        lanes.closed = true;
        let left = (std::mem::take(&mut lanes.interactive), std::mem::take(&mut lanes.bulk));
        drop(lanes);
        drop(left);
    }

    /// Units in both lanes.
    pub(super) fn len(&self) -> usize {
        let lanes = self.lock();
        lanes.interactive.len() + lanes.bulk.len()
    }

    fn lock(&self) -> MutexGuard<'_, Lanes> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lanes {
    fn pop(&mut self) -> Option<Box<dyn Job>> {
        loop {
            match self.interactive.pop_front().or_else(|| self.bulk.pop_front()) {
                Some(job) if job.is_abandoned() => drop(job),
                other => return other,
            }
        }
    }
}

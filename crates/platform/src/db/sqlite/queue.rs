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
    /// Bulk work waits until this is over.
    bulk_held: bool,
    /// Units of bulk work handed out since somebody asked.
    bulk_taken: usize,
    /// Some was handed out since it was held last.
    bulk_went: bool,
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

    /// The next unit; waits for one until `is_time`, told how many are there, says that no other is wanted now. It is asked again
    /// at every [`Self::stir`].
    pub(super) fn next(&self, is_time: impl Fn(usize) -> bool) -> Option<Box<dyn Job>> {
        let mut lanes = self.lock();
        loop {
            if is_time(lanes.ready()) {
                return None;
            }
            let job = lanes.pop();
            if job.is_some() || lanes.closed {
                return job;
            }
            lanes = self.bell.wait(lanes).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Whoever waits here looks again.
    pub(super) fn stir(&self) {
        // Nobody is between a look and the waiting while this is held.
        drop(self.lock());
        self.bell.notify_all();
    }

    /// Units of bulk work handed out since this was asked before.
    pub(super) fn bulk_taken(&self) -> usize {
        std::mem::take(&mut self.lock().bulk_taken)
    }

    /// From now on bulk work waits; not where none went since the last time, or it would never go while one check-point follows the
    /// other.
    pub(super) fn hold_bulk(&self) {
        let mut lanes = self.lock();
        lanes.bulk_held = std::mem::take(&mut lanes.bulk_went);
    }

    /// It goes on.
    pub(super) fn release_bulk(&self) {
        self.lock().bulk_held = false;
        self.bell.notify_one();
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
    /// Units that may go now.
    fn ready(&self) -> usize {
        self.interactive.len() + if self.bulk_held { 0 } else { self.bulk.len() }
    }

    fn pop_bulk(&mut self) -> Option<Box<dyn Job>> {
        let job = self.bulk.pop_front_if(|_| !self.bulk_held || self.closed)?;
        self.bulk_taken += 1;
        self.bulk_went = true;
        Some(job)
    }

    fn pop(&mut self) -> Option<Box<dyn Job>> {
        loop {
            match self.interactive.pop_front().or_else(|| self.pop_bulk()) {
                Some(job) if job.is_abandoned() => drop(job),
                other => return other,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::job::Ran;
    use super::*;
    use crate::db::Unit;

    struct Named(&'static str, &'static Mutex<Vec<&'static str>>);

    impl Job for Named {
        fn is_abandoned(&self) -> bool {
            false
        }
        fn run(&mut self, _: &mut Unit) -> Ran {
            Ran::Keep
        }
        fn fail(&mut self, _: DbError) {}
        fn fail_success(&mut self, _: DbError) {}
        fn answer(self: Box<Self>) {
            self.1.lock().unwrap().push(self.0);
        }
    }

    #[test]
    fn bulk_work_waits_while_it_is_held_and_goes_on_afterwards_or_at_the_end() {
        let queue = Queue::new(9);
        let done: &'static Mutex<Vec<_>> = Box::leak(Box::default());
        for lane in [Lane::Bulk, Lane::Interactive, Lane::Bulk, Lane::Bulk, Lane::Bulk] {
            let name = if lane == Lane::Bulk { "bulk" } else { "interactive" };
            queue.push(lane, Box::new(Named(name, done))).unwrap();
        }
        queue.hold_bulk();
        queue.wait().unwrap().answer();
        queue.wait().unwrap().answer();
        assert_eq!(*done.lock().unwrap(), ["interactive", "bulk"], "none went before, so none is held");
        queue.hold_bulk();
        assert!(queue.next(|ready| ready == 0).is_none(), "bulk work alone waits");
        // Whoever waits for work hears that it goes on.
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| queue.wait().unwrap().answer());
            queue.release_bulk();
            waiting.join().unwrap();
        });
        queue.hold_bulk();
        queue.hold_bulk();
        queue.wait().unwrap().answer();
        queue.hold_bulk();
        assert!(queue.next(|ready| ready == 0).is_none(), "held every other time at most");
        let (asked, is_asked) = std::sync::mpsc::channel();
        let time = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                queue.next(|ready| {
                    asked.send(ready).unwrap();
                    time.load(std::sync::atomic::Ordering::SeqCst)
                })
            });
            assert_eq!(is_asked.recv().unwrap(), 0, "what is held does not count");
            time.store(true, std::sync::atomic::Ordering::SeqCst);
            queue.stir();
            assert!(waiting.join().unwrap().is_none(), "whoever waits for more hears that it is time");
        });
        queue.close();
        queue.wait().unwrap().answer();
        assert_eq!(*done.lock().unwrap(), ["interactive", "bulk", "bulk", "bulk", "bulk"]);
        assert_eq!((queue.bulk_taken(), queue.bulk_taken()), (4, 0));
        assert!(queue.wait().is_none());
    }
}

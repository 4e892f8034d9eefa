//! A small pool of connections, and the gate before it for callers that must not block a thread.

use super::DbError;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// A thread waits no longer than this for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections, made when first needed.
pub(super) struct Pool<C> {
    state: Mutex<State<C>>,
    returned: Condvar,
    most: usize,
}

struct State<C> {
    idle: Vec<C>,
    out: usize,
    waiting: usize,
}

impl<C> Pool<C> {
    pub(super) fn new(most: usize) -> Self {
        let state = Mutex::new(State { idle: Vec::new(), out: 0, waiting: 0 });
        Self { state, returned: Condvar::new(), most: most.max(1) }
    }

    /// An idle connection, or one newly made; waits when all are out.
    pub(super) fn take(&self, make: impl FnOnce() -> Result<C, DbError>) -> Result<C, DbError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting += 1;
        let (mut state, _) = self
            .returned
            .wait_timeout_while(state, PATIENCE, |s| s.out >= self.most)
            .unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        if state.out >= self.most {
            return Err(DbError::Busy("no connection became free in time".into()));
        }
        state.out += 1;
        if let Some(idle) = state.idle.pop() {
            return Ok(idle);
        }
        drop(state);
        make().inspect_err(|_| self.give(None))
    }

    /// Takes a connection back; `None` when it is no longer good.
    pub(super) fn give(&self, connection: Option<C>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.out -= 1;
        state.idle.extend(connection);
        drop(state);
        self.returned.notify_one();
    }

    /// Threads that wait for a connection.
    pub(super) fn waiting(&self) -> usize {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waiting
    }

    /// Takes all idle connections out, for good.
    pub(super) fn drain(&self) -> Vec<C> {
        std::mem::take(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).idle)
    }
}

/// Lets as many async callers through as there are connections, so that the others wait without a thread.
pub(super) struct Gate {
    places: Semaphore,
    waiting: AtomicUsize,
    most_waiting: usize,
}

impl Gate {
    pub(super) fn new(places: usize, most_waiting: usize) -> Self {
        Self { places: Semaphore::new(places.max(1)), waiting: AtomicUsize::new(0), most_waiting }
    }

    /// Waits for a place; refuses at once when too many wait already.
    pub(super) async fn enter(&self) -> Result<SemaphorePermit<'_>, DbError> {
        let _counted = Counted::one_more(&self.waiting);
        if self.waiting.load(Relaxed) > self.most_waiting {
            return Err(DbError::Busy("too many callers wait for a connection".into()));
        }
        self.places.acquire().await.map_err(|_| DbError::Busy("the data base is closing".into()))
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Relaxed)
    }
}

/// Counts a waiting caller, also when its future is dropped.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn one_more(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Relaxed);
        Self(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

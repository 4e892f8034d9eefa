//! Going down without dropping anybody: stop taking work, finish what has begun, then leave (SIGTERM, Ctrl-C).

use std::io;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, watch};

/// The wish to stop, and the count of work still running.
#[derive(Debug)]
pub struct Shutdown {
    wish: watch::Sender<bool>,
    working: mpsc::Sender<()>,
    finished: mpsc::Receiver<()>,
}

/// Given to every loop and server: tells when to stop taking work.
#[derive(Clone, Debug)]
pub struct StopSignal(watch::Receiver<bool>);

/// Held while a piece of work runs; the process waits for it to be dropped.
#[derive(Debug)]
pub struct Working {
    _held: mpsc::Sender<()>,
}

/// Starts work that the process waits for; may be cloned into any task.
#[derive(Clone, Debug)]
pub struct WorkCounter(mpsc::WeakSender<()>);

impl WorkCounter {
    /// Begins a piece of work; `None` when the process no longer waits for any.
    pub fn begin(&self) -> Option<Working> {
        self.0.upgrade().map(|held| Working { _held: held })
    }
}

impl Shutdown {
    /// Nothing is asked to stop yet.
    #[expect(clippy::new_without_default, reason = "a process has exactly one; it is made on purpose")]
    pub fn new() -> Self {
        let (working, finished) = mpsc::channel(1);
        Self { wish: watch::Sender::new(false), working, finished }
    }
    /// A signal for one loop or server.
    pub fn signal(&self) -> StopSignal {
        StopSignal(self.wish.subscribe())
    }
    /// The counter of work to be waited for.
    pub fn counter(&self) -> WorkCounter {
        WorkCounter(self.working.downgrade())
    }
    /// Asks everybody to stop taking work.
    pub fn request(&self) {
        self.wish.send_replace(true);
    }
    /// From this call on the operating system may ask the process to stop (SIGTERM or SIGINT); what is returned ends when it did, after
    /// passing the wish on. So whoever announces that the process is ready calls this before.
    pub fn heed_signals(&self) -> io::Result<impl Future<Output = ()>> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        Ok(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            self.request();
        })
    }
    /// Waits until all work that has begun is done, but no longer than `limit`; false when some was left running.
    pub async fn drained(self, limit: Duration) -> bool {
        let Self { wish, working, mut finished } = self;
        wish.send_replace(true);
        drop(working);
        tokio::time::timeout(limit, finished.recv()).await.is_ok()
    }
}

impl StopSignal {
    /// Returns once stopping was asked for, at once if it was already.
    pub async fn requested(&mut self) {
        // An error means that the process is past its shutdown, so stopping is right as well.
        let _ = self.0.wait_for(|wish| *wish).await;
    }
    /// Whether stopping was asked for.
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everybody_hears_the_wish_to_stop_even_those_who_ask_late() {
        let shutdown = Shutdown::new();
        let mut early = shutdown.signal();
        assert!(!early.is_requested());
        shutdown.request();
        early.requested().await;
        shutdown.signal().requested().await;
        assert!(early.is_requested());
    }

    #[tokio::test]
    async fn the_process_waits_for_work_that_has_begun() {
        let shutdown = Shutdown::new();
        let work = shutdown.counter().begin().unwrap();
        let mut stop = shutdown.signal();
        let task = tokio::spawn(async move {
            stop.requested().await;
            drop(work);
        });
        assert!(shutdown.drained(Duration::from_mins(1)).await);
        task.await.unwrap();
    }

    #[tokio::test]
    async fn stuck_work_is_left_behind_when_the_time_is_up() {
        let shutdown = Shutdown::new();
        let counter = shutdown.counter();
        let work = counter.begin().unwrap();
        assert!(!shutdown.drained(Duration::ZERO).await);
        drop(work);
        assert!(counter.begin().is_none());
    }
}

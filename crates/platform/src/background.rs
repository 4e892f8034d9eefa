//! Work that nobody waits for and that costs much: one thread that steps back from the processor, and a count of the people
//! who wait, so that it can also stay off the disc.

use rayon::ThreadPool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// The name of the thread, as `ps -L` and the benchmark see it.
pub const THREAD: &str = "background";

/// Of 19, the last that Linux has: a tenth of a core that others want, all of one that nobody wants.
const NICE: i32 = 10;

/// One thread for the whole process, so that at most one costly job runs at a time; what a job itself spreads over threads
/// stays on this one too.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).thread_name(|_| THREAD.to_owned()).start_handler(|_| {
        let last = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
        if let Err(error) = last {
            tracing::warn!(%error, "the background thread runs at the ordinary priority");
        }
    });
    pool.build().inspect_err(|error| tracing::error!(%error, "no background thread")).ok()
});

/// Runs `job` on the background thread; `None` when it panicked.
pub async fn run<T: Send + 'static>(job: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (reply, answer) = tokio::sync::oneshot::channel();
    let job = move || {
        // A caller that went away has no use for the answer.
        let _ = reply.send(catch_unwind(AssertUnwindSafe(job)).ok());
    };
    match &*POOL {
        Some(pool) => pool.spawn(job),
        None => drop(tokio::task::spawn_blocking(job)),
    }
    answer.await.ok().flatten()
}

/// How many people wait for an answer of this process now.
#[derive(Debug, Default)]
pub struct Activity(AtomicUsize);

/// Held while somebody waits.
#[derive(Debug)]
pub struct Waiting<'a>(&'a Activity);

impl Activity {
    /// Somebody begins to wait.
    pub fn begin(&self) -> Waiting<'_> {
        self.0.fetch_add(1, Relaxed);
        Waiting(self)
    }
    /// How long background work should rest after it has worked for `spent`: not at all while nobody waits, else nineteen
    /// times as long, so that it takes a twentieth at most and yet never stands still.
    pub fn rest_after(&self, spent: Duration) -> Duration {
        if self.0.load(Relaxed) == 0 { Duration::ZERO } else { (spent * 19).min(Duration::from_secs(2)) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_runs_on_the_thread_that_steps_back_and_a_panic_ends_nothing() {
        let name = || std::thread::current().name().map(str::to_owned);
        assert_eq!(run(name).await.flatten().as_deref(), Some(THREAD));
        assert_eq!(run(|| -> u8 { panic!("on purpose") }).await, None);
        let priority = || rustix::process::getpriority_process(Some(rustix::thread::gettid())).unwrap();
        assert_eq!(run(priority).await, Some(NICE));
    }

    #[test]
    fn background_work_rests_only_while_somebody_waits() {
        let activity = Activity::default();
        assert_eq!(activity.rest_after(Duration::from_millis(4)), Duration::ZERO);
        let waiting = activity.begin();
        assert_eq!(activity.rest_after(Duration::from_millis(4)), Duration::from_millis(76));
        drop(waiting);
        assert_eq!(activity.rest_after(Duration::from_millis(4)), Duration::ZERO);
    }
}

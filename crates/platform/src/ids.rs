//! Ids: time-ordered 64-bit numbers made by the application, without a sequence of the data base.
//!
//! Milliseconds since 2020 (41 bits, until 2089) | node (10 bits) | sequence (12 bits). The millisecond is *logical*: it never runs
//! backwards when the machine's clock does, and borrows from the future when more than 4096 ids are made in one.

use crate::clock::MachineClock;
use crate::db::{Db, DbError, NodeLease};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::SeqCst};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// 1 January 2020, 00:00 UTC, in Unix milliseconds.
const EPOCH_MS: i64 = 1_577_836_800_000;
const SEQUENCE_BITS: u32 = 12;
const NODE_BITS: u32 = 10;
/// A lease of five minutes is renewed well before its end.
const RENEW_EVERY: Duration = Duration::from_mins(1);

/// Makes ids; clones make them from the same source.
#[derive(Clone)]
pub struct IdMaker(Arc<Source>);

struct Source {
    /// The machine clock, Unix milliseconds.
    now: Box<dyn Fn() -> i64 + Send + Sync>,
    node: u64,
    /// Logical millisecond and sequence of the last id, without the node.
    last: AtomicU64,
    /// Unix milliseconds; no id at or after this.
    until: AtomicI64,
    renewal: Mutex<Option<Renewal>>,
}

/// The thread that renews the lease, until the source is dropped.
struct Renewal {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

/// The least id that could be made at a moment (Unix milliseconds): ids that were made before are smaller.
pub fn first_id_at(ms: i64) -> i64 {
    (ms - EPOCH_MS).max(0) << (NODE_BITS + SEQUENCE_BITS)
}

impl IdMaker {
    /// For tests and the demo: a node number that nobody else uses, without a lease; `now` gives Unix milliseconds.
    pub fn fixed(node: u16, now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self::from(node, 0, i64::MAX, now)
    }

    /// Leases a node number under the name `holder`, unique to the process, and renews it until the last clone is dropped. Blocks.
    pub fn leased(db: &Db, holder: &str, clock: MachineClock) -> Result<Self, DbError> {
        let lease = NodeLease::take(db, holder, clock.now())?;
        let maker = Self::from(lease.node, lease.not_before, lease.expires_at, move || clock.now());
        maker.renew_in_background(db.clone(), lease)?;
        Ok(maker)
    }

    fn from(node: u16, not_before: i64, until: i64, now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(Source {
            now: Box::new(now),
            node: u64::from(node) & ((1 << NODE_BITS) - 1),
            last: AtomicU64::new(logical(not_before) << SEQUENCE_BITS),
            until: AtomicI64::new(until),
            renewal: Mutex::new(None),
        }))
    }

    /// The next id, greater than all before it; [`DbError::Busy`] when the lease ran out because the data base was away.
    pub fn next(&self) -> Result<i64, DbError> {
        let source = &*self.0;
        let now = logical((source.now)()) << SEQUENCE_BITS;
        let step = |last: u64| Some((last + 1).max(now));
        let made = source.last.fetch_update(SeqCst, SeqCst, step).map_or(now, |last| (last + 1).max(now));
        let millis = made >> SEQUENCE_BITS;
        if millis >= logical(source.until.load(SeqCst)) {
            return Err(DbError::Busy("the node number for ids is no longer leased".into()));
        }
        let sequence = made & ((1 << SEQUENCE_BITS) - 1);
        let id = (millis << (NODE_BITS + SEQUENCE_BITS)) | (source.node << SEQUENCE_BITS) | sequence;
        i64::try_from(id).map_err(|e| DbError::Other(e.to_string()))
    }

    fn renew_in_background(&self, db: Db, mut lease: NodeLease) -> Result<(), DbError> {
        let source = Arc::downgrade(&self.0);
        let (stop, stopped) = channel::<()>();
        let body = move || {
            while stopped.recv_timeout(RENEW_EVERY) == Err(RecvTimeoutError::Timeout) {
                let Some(source) = source.upgrade() else { return };
                match lease.renewed(&db, (source.now)()) {
                    Ok(renewed) => {
                        source.until.store(renewed.expires_at, SeqCst);
                        lease = renewed;
                    }
                    Err(error) => tracing::error!(%error, node = lease.node, "the node number for ids was not renewed"),
                }
            }
        };
        let thread = std::thread::Builder::new().name("id-lease".into()).spawn(body);
        let thread = thread.map_err(|e| DbError::Setup(e.to_string()))?;
        *self.0.renewal.lock().unwrap_or_else(PoisonError::into_inner) = Some(Renewal { stop, thread });
        Ok(())
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let renewal = self.renewal.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(Renewal { stop, thread }) = renewal else { return };
        drop(stop);
        // The last owner may be the renewing thread itself.
        if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
            tracing::error!("the thread that renews the id lease panicked");
        }
    }
}

/// Milliseconds since 2020; a clock before that counts as 2020.
fn logical(unix_ms: i64) -> u64 {
    u64::try_from(unix_ms.saturating_sub(EPOCH_MS)).unwrap_or(0)
}

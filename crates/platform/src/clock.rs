//! The two clocks, and the only places that may ask the operating system for the time.
//!
//! The **legal** clock counts what the law counts (due dates, days of receipt); a test may freeze and move it.
//! The **machine** clock counts what only machines care about (sessions, one-time codes, leases, retries);
//! it keeps running while the legal clock stands still, so a frozen test can still sign in.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// UTC milliseconds since 1970, the form in which the data base keeps every instant.
pub type Millis = i64;

/// What the law counts by. Clones show the same time: setting one sets them all.
#[derive(Clone, Debug)]
pub struct LegalClock(Dial);

impl LegalClock {
    /// Follows the operating system.
    pub fn real() -> Self {
        Self(Dial::real())
    }
    /// Stands still at `at` until it is set again.
    pub fn frozen(at: Millis) -> Self {
        Self(Dial::frozen(at))
    }
    /// The legal moment.
    pub fn now(&self) -> Millis {
        self.0.now()
    }
    /// Moves the clock to `at` and freezes it there, forwards or backwards.
    ///
    /// Only the test doors of the administration port call this, and they exist only with `[test] clock = true`.
    pub fn set(&self, at: Millis) {
        self.0.set(at);
    }
    /// Whether the clock stands still; every page then says so, lest a test passes for the real thing.
    pub fn is_frozen(&self) -> bool {
        self.0.is_frozen()
    }
}

/// What machines count by: sessions, one-time codes, leases, retries.
#[derive(Clone, Debug)]
pub struct MachineClock(Dial);

impl MachineClock {
    /// Follows the operating system.
    pub fn real() -> Self {
        Self(Dial::real())
    }
    /// Stands still at `at`; for tests.
    pub fn fixed(at: Millis) -> Self {
        Self(Dial::frozen(at))
    }
    /// The machine's moment.
    pub fn now(&self) -> Millis {
        self.0.now()
    }
    /// Moves a fixed clock on by `ms`; one that follows the operating system stays with it. For tests of waits.
    pub fn advance(&self, ms: Millis) {
        if let Some(at) = self.0.held() {
            self.0.set(at.saturating_add(ms));
        }
    }
}

/// A clock face; `None` follows the operating system.
#[derive(Clone, Debug)]
struct Dial(Arc<Mutex<Option<Millis>>>);

impl Dial {
    fn real() -> Self {
        Self(Arc::new(Mutex::new(None)))
    }
    fn frozen(at: Millis) -> Self {
        Self(Arc::new(Mutex::new(Some(at))))
    }
    fn held(&self) -> Option<Millis> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn now(&self) -> Millis {
        self.held().unwrap_or_else(system_now)
    }
    fn set(&self, at: Millis) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }
    fn is_frozen(&self) -> bool {
        self.held().is_some()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
fn system_now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis::try_from(since.as_millis()).unwrap_or(Millis::MAX)
}

/// Measures how long something took, for logs, metrics and time slices; never for anything that is stored as a date.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts to measure.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the steady clock")]
    pub fn start() -> Self {
        Self(Instant::now())
    }
    /// Time passed since the start; it never runs backwards.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 6 October 2025, 08:00 in Việt Nam.
    const MONDAY_EIGHT: Millis = 1_759_712_400_000;

    #[test]
    fn a_frozen_legal_clock_stands_still_and_all_its_copies_move_together() {
        let clock = LegalClock::frozen(MONDAY_EIGHT);
        let copy = clock.clone();
        assert_eq!(clock.now(), MONDAY_EIGHT);
        copy.set(MONDAY_EIGHT - 1);
        assert_eq!(clock.now(), MONDAY_EIGHT - 1);
    }

    #[test]
    fn a_real_clock_is_past_2025_and_says_when_it_was_frozen() {
        let clock = LegalClock::real();
        assert!(clock.now() > MONDAY_EIGHT && !clock.is_frozen());
        clock.set(MONDAY_EIGHT);
        assert!(clock.is_frozen());
    }

    #[test]
    fn the_machine_clock_runs_on_while_the_legal_clock_stands_still() {
        let legal = LegalClock::frozen(0);
        let machine = MachineClock::real();
        assert!(machine.now() > legal.now());
        assert_eq!(MachineClock::fixed(7).now(), 7);
    }
}

//! When to try again.

use crate::clock::Millis;

/// Waits that double up to a cap, then repeat until the attempts are used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The first wait, in milliseconds.
    pub first: Millis,
    /// The longest wait, in milliseconds.
    pub longest: Millis,
    /// Failures after which the job is given up.
    pub max_attempts: u32,
}

impl Default for Backoff {
    /// 5 s, 10 s, 20 s … 1 h; given up after about a day and a half, so that a partner's lost night loses no notice.
    fn default() -> Self {
        Self { first: 5_000, longest: 3_600_000, max_attempts: 48 }
    }
}

impl Backoff {
    /// The next moment after `failures` (this one counted), or `None` when the job is to be given up.
    ///
    /// A tenth is spread by the job's id, so that a thousand jobs that failed together do not come back together;
    /// no randomness is needed for that.
    pub fn next(self, failures: u32, id: i64, now: Millis) -> Option<Millis> {
        if failures >= self.max_attempts {
            return None;
        }
        let doublings = failures.saturating_sub(1).min(32);
        let wait = self.first.saturating_mul(1 << doublings).clamp(1, self.longest.max(1));
        // Fibonacci hashing: the ten high bits set neighbouring ids far apart.
        let spread = id.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54;
        let extra = (wait / 10).saturating_mul(spread.cast_signed()) / 1_024;
        Some(now.saturating_add(wait).saturating_add(extra))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(id: i64) -> Vec<Millis> {
        (1..48).map(|n| Backoff::default().next(n, id, 0).unwrap()).collect()
    }

    #[test]
    fn waits_double_from_five_seconds_to_an_hour() {
        let waits = waits(0);
        assert_eq!(waits[..4], [5_000, 10_000, 20_000, 40_000]);
        assert_eq!(waits[46], 3_600_000);
    }

    #[test]
    fn a_job_outlives_a_day_and_is_given_up_after_its_last_attempt() {
        assert!(waits(0).iter().sum::<Millis>() > 24 * 3_600_000);
        assert_eq!(Backoff::default().next(48, 0, 0), None);
    }

    #[test]
    fn jobs_that_failed_together_come_back_apart_but_within_a_tenth() {
        let firsts: Vec<_> = (1..100).map(|id| Backoff::default().next(1, id, 0).unwrap()).collect();
        assert!(firsts.iter().all(|w| (5_000..=5_500).contains(w)));
        let mut distinct = firsts.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert!(distinct.len() > 80);
    }
}

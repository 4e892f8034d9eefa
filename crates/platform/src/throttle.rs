//! Slowing down whoever guesses: passwords by login and by address, dossier codes by address.
//!
//! The wait grows but always ends. A permanent lock would let anybody shut an officer out by typing wrong passwords.

use crate::clock::Millis;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Tries that cost nothing: typing errors are human.
const FREE_TRIES: u32 = 5;
const FIRST_WAIT: Millis = 5_000;
const LONGEST_WAIT: Millis = 15 * 60_000;

/// How long to wait after that many failures in a row: nothing before the fifth, then 5 s, 10 s, 20 s … at most 15 minutes.
pub fn delay_after(failures: u32) -> Millis {
    let Some(beyond) = failures.checked_sub(FREE_TRIES) else {
        return 0;
    };
    // 2^8 × 5 s is already beyond the longest wait, so the shift cannot overflow.
    (FIRST_WAIT << beyond.min(8)).min(LONGEST_WAIT)
}

/// The bounds of one [`Limiter`].
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Free tries on top of the usual five; an address behind which a whole Centre sits needs more than a login.
    pub extra_tries: u32,
    /// Keys remembered at once; the least guilty are forgotten first.
    pub capacity: usize,
    /// Silence after which a key is forgotten, in milliseconds.
    pub forget_after: Millis,
}

impl Limits {
    /// For a login: the usual five tries.
    pub const LOGIN: Self = Self { extra_tries: 0, capacity: 50_000, forget_after: 24 * 3_600_000 };
    /// For an address, which many people may share.
    pub const ADDRESS: Self = Self { extra_tries: 45, capacity: 50_000, forget_after: 3_600_000 };
    /// For guesses of dossier codes from one address.
    pub const DOSSIER_CODE: Self = Self { extra_tries: 15, capacity: 50_000, forget_after: 3_600_000 };
}

/// Come back in `wait` milliseconds (`Retry-After`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many tries; wait {wait} ms")]
pub struct SlowDown {
    /// Milliseconds until the next try is heard.
    pub wait: Millis,
}

/// Counts tries by key in memory; what has to outlive the process its owner keeps, and gives back by [`Limiter::learn`].
#[derive(Debug)]
pub struct Limiter<K> {
    limits: Limits,
    tries: Mutex<HashMap<K, Tries>>,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    failures: u32,
    last_at: Millis,
}

impl<K: Clone + Eq + Hash> Limiter<K> {
    /// Remembers nobody yet.
    pub fn new(limits: Limits) -> Self {
        Self { limits, tries: Mutex::new(HashMap::new()) }
    }

    /// Lets a try through and counts it as failed at once, so that a thousand parallel tries are counted, too;
    /// say [`Self::succeeded`] or [`Self::take_back`] when it turns out well.
    /// A try that came too early is refused and not counted: knocking on the door does not lengthen the wait.
    pub fn admit(&self, key: &K, now: Millis) -> Result<(), SlowDown> {
        let mut tries = self.lock();
        let known = tries.get(key).copied().filter(|t| now - t.last_at < self.limits.forget_after);
        let before = known.map_or(0, |t| t.failures);
        if let Some(known) = known {
            let wait = known.last_at + delay_after(before.saturating_sub(self.limits.extra_tries)) - now;
            if wait > 0 {
                return Err(SlowDown { wait });
            }
        }
        if known.is_none() {
            self.make_room(&mut tries, now);
        }
        tries.insert(key.clone(), Tries { failures: before.saturating_add(1), last_at: now });
        Ok(())
    }

    /// What was remembered elsewhere: the greater number of failures and the later moment count.
    pub fn learn(&self, key: &K, failures: u32, last_at: Millis) {
        let mut tries = self.lock();
        if let Some(known) = tries.get_mut(key) {
            known.failures = known.failures.max(failures);
            known.last_at = known.last_at.max(last_at);
            return;
        }
        self.make_room(&mut tries, last_at);
        tries.insert(key.clone(), Tries { failures, last_at });
    }

    /// The right password was given: the login starts afresh.
    pub fn succeeded(&self, key: &K) {
        self.lock().remove(key);
    }

    /// This try was good, earlier ones still count. For addresses: otherwise a guesser would wash
    /// the address clean by signing in to an account of his own now and then.
    pub fn take_back(&self, key: &K) {
        if let Some(tries) = self.lock().get_mut(key) {
            tries.failures = tries.failures.saturating_sub(1);
        }
    }

    /// Keys remembered now.
    pub fn remembered(&self) -> usize {
        self.lock().len()
    }

    /// When full, forgets the silent ones, then an eighth of the rest with the fewest failures:
    /// a flood of invented keys must not wash a real guesser's record away.
    fn make_room(&self, tries: &mut HashMap<K, Tries>, now: Millis) {
        if tries.len() < self.limits.capacity {
            return;
        }
        tries.retain(|_, t| now - t.last_at < self.limits.forget_after);
        if tries.len() < self.limits.capacity {
            return;
        }
        let mut order: Vec<_> = tries.iter().map(|(k, t)| (t.failures, t.last_at, k.clone())).collect();
        order.sort_by_key(|(failures, last_at, _)| (*failures, *last_at));
        for (_, _, key) in order.into_iter().take(self.limits.capacity.div_ceil(8)) {
            tries.remove(&key);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Tries>> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The part of an address that one subscriber holds: an IPv6 line owns a whole /64, so counting single addresses would count nothing.
pub fn subscriber(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(
            || {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            },
            IpAddr::V4,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small(capacity: usize) -> Limiter<String> {
        Limiter::new(Limits { capacity, ..Limits::LOGIN })
    }

    #[test]
    fn the_delay_starts_after_five_failures_doubles_and_never_passes_fifteen_minutes() {
        assert_eq!([0, 4, 5, 6, 7].map(delay_after), [0, 0, 5_000, 10_000, 20_000]);
        assert_eq!(delay_after(12), 640_000);
        assert_eq!(delay_after(13), LONGEST_WAIT);
        assert_eq!(delay_after(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn the_sixth_try_in_a_row_waits_and_is_heard_when_the_wait_is_over() {
        let limiter = small(10);
        let key = "lan".to_owned();
        for _ in 0..5 {
            assert_eq!(limiter.admit(&key, 0), Ok(()));
        }
        assert_eq!(limiter.admit(&key, 1_000), Err(SlowDown { wait: 4_000 }));
        assert_eq!(limiter.admit(&key, 4_999), Err(SlowDown { wait: 1 }));
        assert_eq!(limiter.admit(&key, 5_000), Ok(()));
        assert_eq!(limiter.admit(&key, 5_000), Err(SlowDown { wait: 10_000 }));
    }

    #[test]
    fn success_clears_a_login_but_an_address_gets_only_its_own_try_back() {
        let limiter = small(10);
        let key = "lan".to_owned();
        for _ in 0..5 {
            limiter.admit(&key, 0).unwrap();
        }
        limiter.take_back(&key);
        assert_eq!(limiter.admit(&key, 0), Ok(()));
        assert!(limiter.admit(&key, 0).is_err());
        limiter.succeeded(&key);
        assert_eq!(limiter.admit(&key, 0), Ok(()));
    }

    #[test]
    fn what_was_remembered_elsewhere_counts_and_never_lowers_what_is_known_here() {
        let limiter = small(10);
        let key = "lan".to_owned();
        limiter.learn(&key, 6, 1_000);
        assert_eq!(limiter.admit(&key, 2_000), Err(SlowDown { wait: 9_000 }));
        limiter.learn(&key, 1, 0);
        assert_eq!(limiter.admit(&key, 2_000), Err(SlowDown { wait: 9_000 }));
        limiter.learn(&key, 6, 5_000);
        assert_eq!(limiter.admit(&key, 11_000), Err(SlowDown { wait: 4_000 }));
    }

    #[test]
    fn a_silent_key_is_forgotten() {
        let limiter = small(10);
        let key = "lan".to_owned();
        for step in 0..20 {
            limiter.admit(&key, step * LONGEST_WAIT).unwrap();
        }
        let later = 20 * LONGEST_WAIT + Limits::LOGIN.forget_after;
        assert_eq!(limiter.admit(&key, later), Ok(()));
        assert_eq!(limiter.admit(&key, later), Ok(()));
    }

    #[test]
    fn a_flood_of_invented_keys_stays_within_bounds_and_does_not_free_the_guesser() {
        let limiter = small(64);
        let guesser = "guesser".to_owned();
        for _ in 0..5 {
            limiter.admit(&guesser, 0).unwrap();
        }
        for n in 0..10_000 {
            limiter.admit(&format!("invented-{n}"), 1).unwrap();
        }
        assert!(limiter.remembered() <= 64);
        assert!(limiter.admit(&guesser, 2).is_err());
    }

    #[test]
    fn addresses_of_one_subscriber_count_as_one() {
        let of = |text: &str| subscriber(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    }
}

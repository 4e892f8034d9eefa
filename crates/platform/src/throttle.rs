//! Slowing down whoever guesses: passwords by login and by address, dossier codes by address.
//!
//! What went wrong is forgiven little by little, whatever else happens: the typing errors of a busy hall never add up, a
//! guesser's do. The wait grows but always ends. A permanent lock would let anybody shut an officer out by typing wrong passwords.

#[cfg(test)]
mod tests;

use crate::clock::Millis;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keys remembered at once by one [`Limiter`]; the least guilty are forgotten first.
const CAPACITY: usize = 50_000;

/// How long it takes at most until a flood of misses is forgiven down to the free ones, in milliseconds.
const LONGEST_GRUDGE: Millis = 3_600_000;

/// The wait doubles that many times at most; it has reached the longest one long before.
const DOUBLINGS: u32 = 9;

/// How patient one guard is. All four are settings of the installation (`[guessing.…]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Misses that cost nothing: typing errors are human, and an address may be a whole hall.
    pub free_tries: u32,
    /// One miss is forgiven after so many seconds.
    pub forgive_seconds: u32,
    /// The wait after the first miss that is not free, in seconds; it doubles with each further one.
    pub first_wait_seconds: u32,
    /// The wait never passes so many seconds.
    pub longest_wait_seconds: u32,
}

impl Limits {
    /// Whether the four make sense together.
    pub fn check(&self) -> Result<(), String> {
        if self.free_tries == 0 || self.forgive_seconds == 0 || self.first_wait_seconds == 0 {
            return Err("free_tries, forgive_seconds and first_wait_seconds must be 1 or more".into());
        }
        if self.longest_wait_seconds < self.first_wait_seconds {
            return Err("longest_wait_seconds must not be less than first_wait_seconds".into());
        }
        Ok(())
    }

    /// How long to wait after that many misses which are not forgiven yet: nothing while they are free, then the first wait,
    /// twice that, and so on up to the longest.
    pub fn delay_after(&self, misses: u32) -> Millis {
        let Some(beyond) = misses.checked_sub(self.free_tries) else { return 0 };
        let wait = Millis::from(self.first_wait_seconds) << beyond.min(DOUBLINGS);
        wait.min(self.longest_wait_seconds.into()) * 1_000
    }

    /// Milliseconds after which one miss is forgiven.
    pub fn forgive_every(&self) -> Millis {
        Millis::from(self.forgive_seconds) * 1_000
    }

    /// The longest time until everything is forgiven: long enough to reach the longest wait, and not without end.
    pub fn most_debt(&self) -> Millis {
        let every = self.forgive_every();
        every * Millis::from(self.free_tries) + LONGEST_GRUDGE.max(every * Millis::from(DOUBLINGS))
    }
}

/// What is held against a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Debt {
    /// The moment at which every miss will be forgiven: each miss moves it on by the time that one takes.
    pub even_at: Millis,
    /// The last miss.
    pub last_at: Millis,
}

impl Debt {
    /// One miss more.
    #[must_use]
    pub fn after_miss(self, limits: &Limits, now: Millis) -> Self {
        let even_at = self.even_at.max(now) + limits.forgive_every();
        Self { even_at: even_at.min(now + limits.most_debt()), last_at: self.last_at.max(now) }
    }

    /// Misses that are not forgiven yet; one that is forgiven in part still counts.
    fn misses(self, limits: &Limits, now: Millis) -> u32 {
        let left = (self.even_at - now).max(0);
        u32::try_from((left + limits.forgive_every() - 1) / limits.forgive_every()).unwrap_or(u32::MAX)
    }

    fn or_worse(self, other: Self) -> Self {
        Self { even_at: self.even_at.max(other.even_at), last_at: self.last_at.max(other.last_at) }
    }
}

/// Come back in `wait` milliseconds (`Retry-After`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many tries; wait {wait} ms")]
pub struct SlowDown {
    /// Milliseconds until the next try is heard.
    pub wait: Millis,
}

/// The wait of a try that came while as many others as may still go wrong were under way: they end within moments.
const WHILE_OTHERS_TRY: SlowDown = SlowDown { wait: 1_000 };

/// Counts misses by key in memory; what has to outlive the process its owner keeps, and gives back by [`Limiter::learn`].
#[derive(Debug)]
pub struct Limiter<K> {
    limits: Limits,
    capacity: usize,
    known: Mutex<HashMap<K, Known>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    debt: Debt,
    /// Tries let in whose end is not known yet.
    under_way: u32,
}

/// A try that was let in. It holds its place until it is dropped, so that a thousand parallel guesses are bounded like a
/// thousand in a row; a good one leaves nothing behind.
#[derive(Debug)]
pub struct Try<'a, K: Eq + Hash> {
    limiter: &'a Limiter<K>,
    key: K,
}

impl<K: Eq + Hash> Drop for Try<'_, K> {
    fn drop(&mut self) {
        let mut known = self.limiter.lock();
        let Some(mine) = known.get_mut(&self.key) else { return };
        mine.under_way = mine.under_way.saturating_sub(1);
        if mine.under_way == 0 && mine.debt == Debt::default() {
            known.remove(&self.key);
        }
    }
}

impl<K: Clone + Eq + Hash> Limiter<K> {
    /// Remembers nobody yet.
    pub fn new(limits: Limits) -> Self {
        Self { limits, capacity: CAPACITY, known: Mutex::new(HashMap::new()) }
    }

    /// What it goes by.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether a try is heard now. For what many ask at once and rightly: nothing is held back for those under way.
    /// A try that came too early is refused and not counted: knocking on the door does not lengthen the wait.
    pub fn check(&self, key: &K, now: Millis) -> Result<(), SlowDown> {
        let debt = self.lock().get(key).map(|k| k.debt).unwrap_or_default();
        self.heard(debt, now)
    }

    /// The same, and the try holds its place among those that may still go wrong.
    pub fn admit(&self, key: &K, now: Millis) -> Result<Try<'_, K>, SlowDown> {
        let mut known = self.lock();
        let mine = known.get(key).copied().unwrap_or_default();
        self.heard(mine.debt, now)?;
        let may_miss = self.limits.free_tries.saturating_sub(mine.debt.misses(&self.limits, now)).max(1);
        if mine.under_way >= may_miss {
            return Err(WHILE_OTHERS_TRY);
        }
        self.make_room(&mut known, key, now);
        known.entry(key.clone()).or_default().under_way += 1;
        Ok(Try { limiter: self, key: key.clone() })
    }

    /// It went wrong.
    pub fn missed(&self, key: &K, now: Millis) {
        let mut known = self.lock();
        self.make_room(&mut known, key, now);
        let mine = known.entry(key.clone()).or_default();
        mine.debt = mine.debt.after_miss(&self.limits, now);
    }

    /// What was remembered elsewhere: whichever says worse counts.
    pub fn learn(&self, key: &K, debt: Debt, now: Millis) {
        let mut known = self.lock();
        self.make_room(&mut known, key, now);
        let mine = known.entry(key.clone()).or_default();
        mine.debt = mine.debt.or_worse(debt);
    }

    /// The right password was given: the login starts afresh. Never for addresses: a guesser would wash the address clean by
    /// signing in to an account of his own now and then.
    pub fn succeeded(&self, key: &K) {
        if let Some(mine) = self.lock().get_mut(key) {
            mine.debt = Debt::default();
        }
    }

    /// One miss was none after all; others still count.
    pub fn take_back(&self, key: &K) {
        if let Some(mine) = self.lock().get_mut(key) {
            mine.debt.even_at -= self.limits.forgive_every();
        }
    }

    /// Keys remembered now.
    pub fn remembered(&self) -> usize {
        self.lock().len()
    }

    fn heard(&self, debt: Debt, now: Millis) -> Result<(), SlowDown> {
        let wait = debt.last_at + self.limits.delay_after(debt.misses(&self.limits, now)) - now;
        if wait > 0 { Err(SlowDown { wait }) } else { Ok(()) }
    }

    /// When full, forgets whom everything is forgiven, then an eighth of the rest with the least against them:
    /// a flood of invented keys must not wash a real guesser's record away.
    fn make_room(&self, known: &mut HashMap<K, Known>, coming: &K, now: Millis) {
        if known.len() < self.capacity || known.contains_key(coming) {
            return;
        }
        known.retain(|_, k| k.under_way > 0 || k.debt.even_at > now);
        if known.len() < self.capacity {
            return;
        }
        let mut order: Vec<_> = known.iter().map(|(key, k)| (k.debt.even_at, k.debt.last_at, key.clone())).collect();
        order.sort_by_key(|(even_at, last_at, _)| (*even_at, *last_at));
        for (_, _, key) in order.into_iter().take(self.capacity.div_ceil(8)) {
            known.remove(&key);
        }
    }
}

impl<K> Limiter<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
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

//! Randomness as an argument: real from the operating system, or seeded so that a test or the demo repeats itself.

use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A source of random bytes. Clones draw from the same stream.
#[derive(Clone)]
pub struct Random(Arc<Mutex<StdRng>>);

/// The operating system gives no randomness; nothing safe can be done without it.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(String);

impl Random {
    /// A cryptographic generator seeded once by the operating system; drawing from it cannot fail afterwards.
    pub fn from_os() -> Result<Self, NoRandomness> {
        let generator = StdRng::try_from_os_rng().map_err(|e| NoRandomness(e.to_string()))?;
        Ok(Self(Arc::new(Mutex::new(generator))))
    }
    /// The same stream for the same seed. Only tests and the demo may use it: whoever knows the seed knows every token.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }
    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        self.lock().fill_bytes(&mut out);
        out
    }
    /// A secret of 256 bits as 64 hexadecimal digits: sessions, API keys, form keys.
    pub fn token(&self) -> String {
        hex::encode(self.bytes::<32>())
    }
    /// `digits` random hexadecimal digits, for names that must differ but are no secret.
    pub fn hex(&self, digits: usize) -> String {
        let mut raw = vec![0; digits.div_ceil(2)];
        self.lock().fill_bytes(&mut raw);
        let mut text = hex::encode(raw);
        text.truncate(digits);
        text
    }
    /// A number from 0 to `limit - 1`, each equally likely; 0 when `limit` is 0.
    pub fn below(&self, limit: u64) -> u64 {
        if limit == 0 {
            return 0;
        }
        self.lock().random_range(0..limit)
    }
    fn lock(&self) -> MutexGuard<'_, StdRng> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Random {
    /// The state is as secret as what was drawn from it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_tokens_and_another_seed_others() {
        let first = Random::seeded(1);
        let token = first.token();
        assert_eq!(token, Random::seeded(1).token());
        assert_ne!(token, Random::seeded(2).token());
        assert_ne!(token, first.token());
    }

    #[test]
    fn the_operating_system_gives_tokens_of_sixty_four_digits_that_differ() {
        let random = Random::from_os().unwrap();
        assert_eq!(random.token().len(), 64);
        assert_ne!(random.token(), random.token());
        assert_eq!(random.hex(7).len(), 7);
    }

    #[test]
    fn a_number_below_a_limit_stays_below_it() {
        let random = Random::seeded(3);
        assert!((0..1000).all(|_| random.below(6) < 6));
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn debug_prints_nothing_of_the_state() {
        assert_eq!(format!("{:?}", Random::seeded(1)), "Random(***)");
    }
}

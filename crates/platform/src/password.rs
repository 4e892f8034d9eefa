//! Passwords: Argon2id in PHC strings, at most two computed at once, and the rule for choosing one.

mod policy;

pub use policy::{LONGEST_PASSWORD, PasswordPolicy, WeakPassword};

use crate::random::Random;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// What one hash costs; OWASP's second choice by default (19 MiB, two passes, one lane).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HashingCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Parallel lanes.
    pub lanes: u32,
}

impl Default for HashingCost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 }
    }
}

/// Hashing did not happen.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    /// Argon2 refuses the cost in the configuration.
    #[error("[sign_in.hashing]: {0}")]
    Cost(argon2::Error),
    /// The stored text is no PHC string; the row is damaged.
    #[error("a stored password hash cannot be read: {0}")]
    Stored(argon2::password_hash::Error),
    /// Argon2 failed, or the process is going down.
    #[error("password hashing failed: {0}")]
    Failed(String),
}

/// What a given password is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Wrong, or no such account; the two take the same time.
    Wrong,
    /// Right.
    Right,
    /// Right, but hashed at another cost than is now configured: hash it again while it is at hand.
    RightButOldCost,
}

/// Hashes and verifies on blocking threads. Two at once: each takes 19 MiB and a core,
/// and a storm of sign-ins must not push the counters' work aside.
#[derive(Clone, Debug)]
pub struct Hasher {
    argon: Argon2<'static>,
    at_once: Arc<Semaphore>,
    random: Random,
    nobody: Arc<str>,
}

impl Hasher {
    /// Fails when Argon2 does not accept the cost.
    pub fn new(cost: HashingCost, random: Random) -> Result<Self, HashingError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None).map_err(HashingError::Cost)?;
        Ok(Self {
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            at_once: Arc::new(Semaphore::new(2)),
            random,
            nobody: nobody_hash(cost).into(),
        })
    }

    /// A PHC string (`$argon2id$v=19$m=…`) with a fresh salt of 16 bytes.
    pub async fn hash(&self, password: String) -> Result<String, HashingError> {
        let salt = self.random.bytes::<16>();
        self.run(move |argon| {
            let salt = SaltString::encode_b64(&salt).map_err(failed)?;
            let hash = argon.hash_password(password.as_bytes(), &salt).map_err(failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Compares with the stored PHC string; `None` when there is no such account. Then the same work is done for nothing,
    /// so that the time of the answer does not tell which logins exist.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<Verdict, HashingError> {
        let nobody = Arc::clone(&self.nobody);
        self.run(move |argon| {
            let text = stored.as_deref().unwrap_or(&nobody);
            let hash = PasswordHash::new(text).map_err(HashingError::Stored)?;
            let right = argon.verify_password(password.as_bytes(), &hash).is_ok();
            if !right || stored.is_none() {
                return Ok(Verdict::Wrong);
            }
            let same_cost = Params::try_from(&hash).is_ok_and(|p| {
                let now = argon.params();
                (p.m_cost(), p.t_cost(), p.p_cost()) == (now.m_cost(), now.t_cost(), now.p_cost())
            });
            Ok(if same_cost { Verdict::Right } else { Verdict::RightButOldCost })
        })
        .await
    }

    /// The permit goes into the thread: a browser that hangs up does not make room for a third.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T, HashingError> + Send + 'static,
    ) -> Result<T, HashingError> {
        let permit =
            Arc::clone(&self.at_once).acquire_owned().await.map_err(|e| HashingError::Failed(e.to_string()))?;
        let argon = self.argon.clone();
        spawn_blocking(move || {
            let _permit = permit;
            work(&argon)
        })
        .await
        .map_err(|e| HashingError::Failed(e.to_string()))?
    }
}

fn failed(error: argon2::password_hash::Error) -> HashingError {
    HashingError::Failed(error.to_string())
}

/// A well-formed hash at the configured cost that no password is known to meet.
fn nobody_hash(cost: HashingCost) -> String {
    let mut text = String::from("$argon2id$v=19$");
    // Writing to a string cannot fail.
    let _ = write!(text, "m={},t={},p={}", cost.memory_kib, cost.passes, cost.lanes);
    text + "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As cheap as Argon2 permits; the tests are about the way, not the cost.
    const CHEAP: HashingCost = HashingCost { memory_kib: 8, passes: 1, lanes: 1 };

    fn hasher(cost: HashingCost) -> Hasher {
        Hasher::new(cost, Random::seeded(1)).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_verified_against_its_own_hash_only() {
        let hasher = hasher(CHEAP);
        let stored = hasher.hash("đúng mật khẩu".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
        assert_ne!(stored, hasher.hash("đúng mật khẩu".into()).await.unwrap(), "salts differ");
        let right = hasher.verify("đúng mật khẩu".into(), Some(stored.clone())).await.unwrap();
        assert_eq!(right, Verdict::Right);
        let wrong = hasher.verify("sai mật khẩu".into(), Some(stored)).await.unwrap();
        assert_eq!(wrong, Verdict::Wrong);
    }

    #[tokio::test]
    async fn an_unknown_login_costs_a_full_hash_and_is_always_wrong() {
        let hasher = hasher(CHEAP);
        assert_eq!(hasher.verify("bất kỳ".into(), None).await.unwrap(), Verdict::Wrong);
        assert!(PasswordHash::new(&hasher.nobody).unwrap().hash.is_some());
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_right_but_asks_to_be_renewed() {
        let old = hasher(CHEAP).hash("mật khẩu cũ".into()).await.unwrap();
        let dearer = hasher(HashingCost { passes: 2, ..CHEAP });
        let verdict = dearer.verify("mật khẩu cũ".into(), Some(old)).await.unwrap();
        assert_eq!(verdict, Verdict::RightButOldCost);
    }

    #[tokio::test]
    async fn a_damaged_row_is_an_error_and_not_a_wrong_password() {
        let error = hasher(CHEAP).verify("x".into(), Some("plain".into())).await.unwrap_err();
        assert!(matches!(error, HashingError::Stored(_)));
    }

    #[test]
    fn a_cost_that_argon_cannot_run_is_named_with_its_section() {
        let error = Hasher::new(HashingCost { memory_kib: 1, ..CHEAP }, Random::seeded(1)).unwrap_err();
        assert!(error.to_string().starts_with("[sign_in.hashing]"));
    }
}

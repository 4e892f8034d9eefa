//! Which passwords may be chosen.

use serde::{Deserialize, Serialize};

/// The rule for choosing a password. Length is what counts (OWASP ASVS 5.0, 6.2): no forced mixture of classes, no forced change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordPolicy {
    /// Characters at least.
    pub min_length: usize,
}

impl Default for PasswordPolicy {
    /// Eight is the least that ASVS allows, beside a second factor; a province may ask for more.
    fn default() -> Self {
        Self { min_length: 8 }
    }
}

/// Nobody types more; it bounds the work that one request can ask for.
pub const LONGEST_PASSWORD: usize = 256;

/// Why a password may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Shorter than the policy asks.
    #[error("shorter than {min} characters")]
    TooShort {
        /// Characters that it should have.
        min: usize,
    },
    /// Longer than [`LONGEST_PASSWORD`] characters.
    #[error("longer than {LONGEST_PASSWORD} characters")]
    TooLong,
    /// It contains the login, the first thing that a guesser tries.
    #[error("contains the login")]
    ContainsLogin,
    /// One or two characters repeated, such as `11111111`.
    #[error("repeats the same characters")]
    Repeats,
}

impl PasswordPolicy {
    /// Checks a password that somebody wants to have from now on.
    pub fn check(self, login: &str, password: &str) -> Result<(), WeakPassword> {
        let length = password.chars().count();
        if length < self.min_length {
            return Err(WeakPassword::TooShort { min: self.min_length });
        }
        if length > LONGEST_PASSWORD {
            return Err(WeakPassword::TooLong);
        }
        // A login of one or two letters is contained in nearly everything.
        let login = login.to_lowercase();
        if login.chars().count() >= 3 && password.to_lowercase().contains(&login) {
            return Err(WeakPassword::ContainsLogin);
        }
        let mut distinct: Vec<char> = password.chars().collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < 3 {
            return Err(WeakPassword::Repeats);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_password_is_refused_with_its_reason() {
        let policy = PasswordPolicy::default();
        assert_eq!(policy.check("lan", "ngắn"), Err(WeakPassword::TooShort { min: 8 }));
        assert_eq!(policy.check("lan.nt", "Lan.NT2025"), Err(WeakPassword::ContainsLogin));
        assert_eq!(policy.check("lan", "12121212"), Err(WeakPassword::Repeats));
        assert_eq!(policy.check("lan", &"dài lắm ".repeat(40)), Err(WeakPassword::TooLong));
        assert_eq!(policy.check("lan", "bốn con trâu"), Ok(()));
        assert_eq!(policy.check("an", "bốn bàn tay"), Ok(()));
    }
}

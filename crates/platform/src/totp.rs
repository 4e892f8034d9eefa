//! The second factor: time-based codes (RFC 6238, SHA-1, six digits, 30 s, what every authenticator app speaks)
//! and the recovery codes for a lost telephone.

use crate::clock::Millis;
use crate::percent;
use crate::random::Random;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, TOTP};

const STEP_SECONDS: u64 = 30;
const STEP_MS: Millis = 30_000;

/// What the server and the officer's telephone share: 160 bits, as RFC 4226 recommends. Stored sealed, shown once.
#[derive(Clone)]
pub struct TotpSecret([u8; 20]);

impl TotpSecret {
    /// A fresh secret.
    pub fn new(random: &Random) -> Self {
        Self(random.bytes())
    }
    /// From the bytes in store; `None` when there are not twenty.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
    /// The bytes for the (sealed) store.
    pub const fn expose(&self) -> &[u8; 20] {
        &self.0
    }
    /// Base32 for typing it into the telephone when the camera fails.
    pub fn base32(&self) -> String {
        self.generator().get_secret_base32()
    }
    /// `otpauth://` address for the QR code; `issuer` and `login` are what the app lists.
    pub fn url(&self, issuer: &str, login: &str) -> String {
        let issuer = percent::encode(issuer);
        format!(
            "otpauth://totp/{issuer}:{}?secret={}&issuer={issuer}&algorithm=SHA1&digits=6&period=30",
            percent::encode(login),
            self.base32()
        )
    }

    /// Checks a typed code (blanks are forgiven) against the present 30 s step and one on either side, for clocks that drift.
    ///
    /// `last_step` is the step of the last code accepted. A code counts once: an older or equal step is refused,
    /// so that a code seen over the shoulder is spent. Returns the step to be stored, or `None` for a wrong code.
    pub fn verify(&self, typed: &str, last_step: Option<i64>, now: Millis) -> Option<i64> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let present = now.div_euclid(STEP_MS);
        (present - 1..=present + 1)
            .filter(|step| last_step.is_none_or(|last| *step > last))
            .find(|step| self.code(*step).as_bytes().ct_eq(typed.as_bytes()).into())
    }

    fn code(&self, step: i64) -> String {
        let step = u64::try_from(step).unwrap_or_default();
        self.generator().generate(step * STEP_SECONDS)
    }
    fn generator(&self) -> TOTP {
        // Unchecked only skips the length checks that the array's type already makes.
        TOTP::new_unchecked(Algorithm::SHA1, 6, 0, STEP_SECONDS, self.0.to_vec())
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(***)")
    }
}

/// Recovery codes given at once; each opens the account a single time.
pub const RECOVERY_CODES: usize = 10;

/// A recovery code as it is printed for the officer: `7k2f-9qxm-4tzd`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

/// No 0/o, 1/l/i: people read these codes from paper. 31 letters × 12 places are 59 bits.
const ALPHABET: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

impl RecoveryCode {
    /// A fresh set, shown once; only the digests are stored.
    pub fn set(random: &Random) -> Vec<Self> {
        (0..RECOVERY_CODES).map(|_| Self::new(random)).collect()
    }
    /// Reads what was typed: case, blanks and hyphens do not matter.
    pub fn parse(typed: &str) -> Self {
        Self(typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect())
    }
    /// SHA-256 in hexadecimal for the store. Fast is good enough: 59 random bits, and the throttle stands before it.
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
    fn new(random: &Random) -> Self {
        let pick = || usize::try_from(random.below(ALPHABET.len() as u64)).unwrap_or_default();
        Self((0..12).map(|_| char::from(ALPHABET[pick()])).collect())
    }
}

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, c) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}
impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc_secret() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = rfc_secret();
        assert_eq!(secret.verify("287082", None, 59_000), Some(1));
        assert_eq!(secret.verify("081 804", None, 1_111_111_109_000), Some(37_037_036));
        assert_eq!(secret.verify("005924", None, 1_234_567_890_000), Some(41_152_263));
    }

    #[test]
    fn a_code_is_good_one_step_early_or_late_but_not_two() {
        let secret = rfc_secret();
        let now = 1_234_567_890_000;
        assert!(secret.verify("005924", None, now + STEP_MS).is_some());
        assert!(secret.verify("005924", None, now - STEP_MS).is_some());
        assert!(secret.verify("005924", None, now + 2 * STEP_MS).is_none());
        assert!(secret.verify("005924", None, now - 2 * STEP_MS).is_none());
        assert!(secret.verify("", None, now).is_none());
    }

    /// ADM-03
    #[test]
    fn a_code_counts_once() {
        let secret = rfc_secret();
        let step = secret.verify("005924", None, 1_234_567_890_000);
        assert!(step.is_some());
        assert_eq!(secret.verify("005924", step, 1_234_567_890_000), None);
    }

    #[test]
    fn the_address_for_the_qr_code_escapes_vietnamese_names() {
        let url = rfc_secret().url("Một Cửa", "lan@h49");
        assert_eq!(
            url,
            "otpauth://totp/M%E1%BB%99t%20C%E1%BB%ADa:lan%40h49?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=M%E1%BB%99t%20C%E1%BB%ADa&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn a_recovery_code_is_read_back_however_it_is_typed() {
        let codes = RecoveryCode::set(&Random::seeded(5));
        assert_eq!(codes.len(), RECOVERY_CODES);
        let printed = codes[0].to_string();
        assert_eq!(printed.len(), 14);
        assert_eq!(RecoveryCode::parse(&printed.to_uppercase()).digest(), codes[0].digest());
        assert_eq!(RecoveryCode::parse(&printed.replace('-', " ")), codes[0]);
        assert_ne!(codes[0].digest(), codes[1].digest());
    }

    #[test]
    fn debug_prints_no_secret() {
        assert_eq!(format!("{:?}", rfc_secret()), "TotpSecret(***)");
    }
}

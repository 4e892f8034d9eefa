//! The name of a file.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// SHA-256 of a file's bytes; prints and parses as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256Hex([u8; 32]);

/// The text is not 64 lower-case hexadecimal digits. Upper case is refused: one file has one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 (64 lower-case hexadecimal digits)")]
pub struct NotASha256;

impl Sha256Hex {
    /// Hashes bytes at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Sha256Hex {
    type Err = NotASha256;
    fn from_str(text: &str) -> Result<Self, NotASha256> {
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err(NotASha256);
        }
        let mut raw = [0; 32];
        hex::decode_to_slice(text, &mut raw).map_err(|_| NotASha256)?;
        Ok(Self(raw))
    }
}
impl fmt::Display for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}
impl fmt::Debug for Sha256Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for Sha256Hex {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Sha256Hex {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Hashing as the bytes pass by.
#[derive(Default)]
pub(super) struct Hash(Sha256);

impl Hash {
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
    pub(super) fn finish(self) -> Sha256Hex {
        Sha256Hex(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_empty_text_is_the_one_that_everybody_knows() {
        let name = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Sha256Hex::of(b"").to_string(), name);
        assert_eq!(name.parse(), Ok(Sha256Hex::of(b"")));
    }

    #[test]
    fn a_path_or_another_spelling_is_no_name() {
        let name = Sha256Hex::of(b"").to_string();
        for wrong in ["", "../../etc/passwd", &name[1..], &name.to_uppercase(), &format!("{name}0")] {
            assert_eq!(wrong.parse::<Sha256Hex>(), Err(NotASha256), "{wrong}");
        }
    }
}

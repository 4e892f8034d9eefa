//! What was typed may name citizens: it lies in the data base only sealed, for one officer, and opens only with the key that
//! stands in that officer's address.

use domain::{id::Id, people::Officer};
use platform::{random::Random, secret_key::SecretKey};

const NONCE: usize = 16;
const TAG: usize = 32;

/// For whom, and by which key of the address, it opens.
pub struct Bound<'a> {
    pub officer: Id<Officer>,
    pub key: &'a str,
}

/// HMAC in counter mode over a fresh nonce hides the text, HMAC over all of it proves that it is untouched.
pub fn seal(secret: &SecretKey, random: &Random, to: &Bound<'_>, text: &str) -> String {
    let nonce: [u8; NONCE] = random.bytes();
    let hidden = mask(secret, to, &nonce, text.as_bytes());
    let tag = secret.derive("lapsed-tag").mac(&[&to.officer.raw().to_be_bytes(), to.key.as_bytes(), &nonce, &hidden]);
    domain::hex(&[nonce.as_slice(), &hidden, &tag].concat())
}

/// `None` when it is another officer's, another key's, or was touched.
pub fn open(secret: &SecretKey, to: &Bound<'_>, sealed: &str) -> Option<String> {
    let bytes = hex::decode(sealed).ok().filter(|b| b.len() >= NONCE + TAG)?;
    let (nonce, rest) = bytes.split_at(NONCE);
    let (hidden, tag) = rest.split_at(rest.len() - TAG);
    let parts: [&[u8]; 4] = [&to.officer.raw().to_be_bytes(), to.key.as_bytes(), nonce, hidden];
    if !secret.derive("lapsed-tag").verifies(&parts, tag) {
        return None;
    }
    String::from_utf8(mask(secret, to, nonce, hidden)).ok()
}

fn mask(secret: &SecretKey, to: &Bound<'_>, nonce: &[u8], text: &[u8]) -> Vec<u8> {
    let key = secret.derive("lapsed-seal");
    let block = |n: u64| key.mac(&[&to.officer.raw().to_be_bytes(), to.key.as_bytes(), nonce, &n.to_be_bytes()]);
    let stream = (0u64..).flat_map(block);
    text.iter().zip(stream).map(|(a, b)| a ^ b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_03_what_was_typed_opens_for_its_officer_and_key_only() {
        let folder = tempfile::tempdir().unwrap();
        let random = Random::seeded(1);
        let secret = SecretKey::open_or_create(folder.path(), &random).unwrap();
        let to = |officer, key| Bound { officer: Id::new(officer), key };
        let text = "Đỗ Thị Ánh Nguyệt, 022190004567, ".repeat(20);
        let sealed = seal(&secret, &random, &to(1, "k"), &text);
        assert_eq!(open(&secret, &to(1, "k"), &sealed).as_deref(), Some(text.as_str()));
        assert_eq!(open(&secret, &to(2, "k"), &sealed), None);
        assert_eq!(open(&secret, &to(1, "l"), &sealed), None);
        let last = if sealed.ends_with('0') { "1" } else { "0" };
        assert_eq!(open(&secret, &to(1, "k"), &format!("{}{last}", &sealed[..sealed.len() - 1])), None);
        assert!(!sealed.contains(&domain::hex("022190004567".as_bytes())));
        assert_ne!(sealed, seal(&secret, &random, &to(1, "k"), &text));
    }
}

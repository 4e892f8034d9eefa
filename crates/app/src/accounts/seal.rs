//! Second-factor secrets are sealed with the installation's secret: a stolen copy of the data base makes no codes.

use domain::{id::Id, people::Officer};
use platform::{random::Random, secret_key::SecretKey, totp::TotpSecret};

const NONCE: usize = 16;
const SECRET: usize = 20;
const TAG: usize = 32;

/// Seals a secret for one officer: HMAC of a fresh nonce as the key stream (one block, used once), then HMAC over
/// everything; both bound to the account, so that a row copied to another officer does not open.
pub fn seal(key: &SecretKey, random: &Random, officer: Id<Officer>, secret: &TotpSecret) -> String {
    let nonce: [u8; NONCE] = random.bytes();
    let hidden = mask(key, officer, &nonce, secret.expose());
    let tag = key.derive("totp-tag").mac(&[&officer.raw().to_be_bytes(), &nonce, &hidden]);
    domain::hex(&[nonce.as_slice(), &hidden, &tag].concat())
}

/// Opens it again; `None` when it was made for another officer or installation, or was touched.
pub fn open(key: &SecretKey, officer: Id<Officer>, sealed: &str) -> Option<TotpSecret> {
    let bytes = hex::decode(sealed).ok().filter(|b| b.len() == NONCE + SECRET + TAG)?;
    let (nonce, rest) = bytes.split_at(NONCE);
    let (hidden, tag) = rest.split_at(SECRET);
    let good = key.derive("totp-tag").verifies(&[&officer.raw().to_be_bytes(), nonce, hidden], tag);
    good.then(|| TotpSecret::from_bytes(&mask(key, officer, nonce, hidden))).flatten()
}

fn mask(key: &SecretKey, officer: Id<Officer>, nonce: &[u8], text: &[u8]) -> Vec<u8> {
    let stream = key.derive("totp-seal").mac(&[&officer.raw().to_be_bytes(), nonce]);
    text.iter().zip(stream).map(|(a, b)| a ^ b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_03_a_sealed_secret_opens_for_its_own_account_only() {
        let folder = tempfile::tempdir().unwrap();
        let random = Random::seeded(1);
        let key = SecretKey::open_or_create(folder.path(), &random).unwrap();
        let secret = TotpSecret::new(&random);
        let sealed = seal(&key, &random, Id::new(1), &secret);
        assert_eq!(open(&key, Id::new(1), &sealed).unwrap().expose(), secret.expose());
        assert!(open(&key, Id::new(2), &sealed).is_none());
        assert!(!sealed.contains(&domain::hex(secret.expose())));
        let touched = sealed.replacen(&sealed[40..41], if &sealed[40..41] == "0" { "1" } else { "0" }, 1);
        assert!(touched == sealed || open(&key, Id::new(1), &touched).is_none());
    }
}

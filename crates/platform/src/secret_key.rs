//! The installation's one secret, `DATA/secret.key`, and the keys derived from it.
//!
//! Every purpose gets its own key by HMAC, so that a signature made for one purpose proves nothing for another,
//! and an installation has one file to keep safe beside its data base.

use crate::random::Random;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

const FILE_NAME: &str = "secret.key";
const LENGTH: usize = 32;

/// 32 random bytes that exist once per installation. Losing them ends all sessions and makes sealed columns unreadable.
pub struct SecretKey([u8; LENGTH]);

/// A key for one purpose.
#[derive(Clone)]
pub struct SubKey([u8; LENGTH]);

/// Why the secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretKeyError {
    /// Somebody else on the machine can read it, so it may be known already.
    #[error("{path} may be read by others (mode {mode:03o}); take those rights away: chmod 600 {path}")]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A cut or foreign file; making a new one silently would make sealed data unreadable.
    #[error("{path} does not hold {LENGTH} bytes; restore it from the backup")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The file system refuses.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl SecretKey {
    /// Reads the secret in the folder `data`, or makes it when there is none. Two processes that start together end with the same one.
    pub fn open_or_create(data: &Path, random: &Random) -> Result<Self, SecretKeyError> {
        let path = data.join(FILE_NAME);
        let io = |source| SecretKeyError::Io { path: path.clone(), source };
        if !path.try_exists().map_err(io)? {
            create(data, &path, random).map_err(io)?;
        }
        Self::open(&path)
    }

    /// The secret that is there already; `None` when there is none.
    pub fn find(data: &Path) -> Result<Option<Self>, SecretKeyError> {
        let path = data.join(FILE_NAME);
        if path.try_exists().map_err(|source| SecretKeyError::Io { path: path.clone(), source })? {
            return Self::open(&path).map(Some);
        }
        Ok(None)
    }

    fn open(path: &Path) -> Result<Self, SecretKeyError> {
        let io = |source| SecretKeyError::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(io)?;
        let mode = file.metadata().map_err(io)?.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(SecretKeyError::TooOpen { path: path.to_owned(), mode });
        }
        let mut bytes = Vec::new();
        file.take(LENGTH as u64 + 1).read_to_end(&mut bytes).map_err(io)?;
        let key = bytes.try_into().map_err(|_| SecretKeyError::Damaged { path: path.to_owned() })?;
        Ok(Self(key))
    }

    /// The key for `purpose`; a short fixed word in the code, such as `dossier-chain`.
    pub fn derive(&self, purpose: &str) -> SubKey {
        SubKey(hmac(&self.0, &[purpose.as_bytes()]))
    }
}

impl SubKey {
    /// HMAC-SHA-256 of the parts. Each part is preceded by its length, so that `ab`,`c` and `a`,`bc` differ.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; LENGTH] {
        let lengths: Vec<_> = parts.iter().map(|p| (p.len() as u64).to_be_bytes()).collect();
        let framed: Vec<&[u8]> =
            lengths.iter().zip(parts).flat_map(|(length, part)| [length.as_slice(), part]).collect();
        hmac(&self.0, &framed)
    }
    /// Whether `mac` belongs to the parts, in a time that tells nothing about where it differs.
    pub fn verifies(&self, parts: &[&[u8]], mac: &[u8]) -> bool {
        subtle::ConstantTimeEq::ct_eq(self.mac(parts).as_slice(), mac).into()
    }
}

/// The same file under its final name only when it is complete and on disk; an existing one is left alone.
fn create(data: &Path, path: &Path, random: &Random) -> io::Result<()> {
    let draft = data.join(format!("{FILE_NAME}.{}", random.hex(16)));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(&random.bytes::<LENGTH>())?;
    file.sync_all()?;
    let linked = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => File::open(data)?.sync_all(),
    }
}

fn hmac(key: &[u8; LENGTH], parts: &[&[u8]]) -> [u8; LENGTH] {
    // 64 bytes is the block of SHA-256; a shorter key is padded with zeros, which HMAC does itself.
    let mut block = [0; 64];
    block[..LENGTH].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(***)")
    }
}
impl fmt::Debug for SubKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SubKey(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_secret_is_made_once_for_the_owner_alone_and_then_found_again() {
        let data = tempfile::tempdir().unwrap();
        let first = SecretKey::open_or_create(data.path(), &Random::seeded(1)).unwrap();
        let again = SecretKey::open_or_create(data.path(), &Random::seeded(2)).unwrap();
        assert_eq!(first.0, again.0);
        let mode = std::fs::metadata(data.path().join(FILE_NAME)).unwrap().mode() & 0o777;
        assert_eq!(mode, 0o600);
        assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn a_secret_that_others_may_read_is_refused_with_the_command_that_mends_it() {
        let data = tempfile::tempdir().unwrap();
        SecretKey::open_or_create(data.path(), &Random::seeded(1)).unwrap();
        let path = data.path().join(FILE_NAME);
        std::fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        let error = SecretKey::open_or_create(data.path(), &Random::seeded(1)).unwrap_err();
        assert!(error.to_string().contains("mode 640") && error.to_string().contains("chmod 600"));
    }

    #[test]
    fn a_cut_secret_is_refused_and_not_replaced() {
        let data = tempfile::tempdir().unwrap();
        let path = data.path().join(FILE_NAME);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).unwrap();
        file.write_all(b"short").unwrap();
        let error = SecretKey::open_or_create(data.path(), &Random::seeded(1)).unwrap_err();
        assert!(matches!(error, SecretKeyError::Damaged { .. }));
        assert_eq!(std::fs::read(&path).unwrap(), b"short");
    }

    #[test]
    fn each_purpose_has_a_key_of_its_own_and_parts_do_not_run_together() {
        let secret = SecretKey([7; LENGTH]);
        let chain = secret.derive("chain");
        let mac = chain.mac(&[b"ab", b"c"]);
        assert!(chain.verifies(&[b"ab", b"c"], &mac));
        assert!(!chain.verifies(&[b"a", b"bc"], &mac));
        assert!(!secret.derive("link").verifies(&[b"ab", b"c"], &mac));
        assert!(!chain.verifies(&[b"ab", b"c"], &mac[..31]));
    }

    /// RFC 4231, test case 1 (its key of 20 bytes padded with zeros is the same HMAC key).
    #[test]
    fn the_hmac_is_the_one_of_rfc_4231() {
        let mut key = [0; LENGTH];
        key[..20].fill(0x0b);
        assert_eq!(
            hex::encode(hmac(&key, &[b"Hi There"])),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }
}

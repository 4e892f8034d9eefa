//! Taking a file in so that a power cut finds it whole or not at all:
//! write a draft, fsync it, rename it to its name, fsync the folder; only then say that it is there.

use super::sha256::Hash;
use super::{Blob, Sha256Hex};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::pin::pin;
use tokio::sync::RwLock;
use tokio::task::spawn_blocking;

/// The file was not taken in; nothing of it remains.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// Longer than allowed.
    #[error("the file is longer than {max_bytes} bytes")]
    TooLong {
        /// The limit.
        max_bytes: u64,
    },
    /// No bytes at all: a dropped connection, or a scanner that failed.
    #[error("the file is empty")]
    Empty,
    /// The sender broke off.
    #[error("the upload broke off: {0}")]
    BrokenOff(Box<dyn std::error::Error + Send + Sync>),
    /// The disk is full: answer 503 with `Retry-After`, and tell the operator.
    #[error("no space left in the file store")]
    NoSpace,
    /// The operating system refuses.
    #[error("file store: {0}")]
    Io(io::Error),
}

impl From<io::Error> for PutError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace,
            _ => Self::Io(error),
        }
    }
}

/// Bytes gathered before a thread is asked to write them. A thousand uploads at once hold a thousand of these.
const CHUNK: usize = 64 * 1024;

pub(super) async fn put<S, E>(
    folder: &Path,
    path: PathBuf,
    naming: &RwLock<()>,
    pieces: S,
    max_bytes: u64,
) -> Result<Blob, PutError>
where
    S: Stream<Item = Result<Bytes, E>> + Send,
    E: std::error::Error + Send + Sync + 'static,
{
    let mut pieces = pin!(pieces);
    let mut draft = blocking(move || Draft::create(path)).await?;
    let mut gathered = Vec::new();
    let mut size = 0_u64;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|e| PutError::BrokenOff(Box::new(e)))?;
        size += piece.len() as u64;
        if size > max_bytes {
            return Err(PutError::TooLong { max_bytes });
        }
        gathered.extend_from_slice(&piece);
        if gathered.len() >= CHUNK {
            draft = append(draft, std::mem::take(&mut gathered)).await?;
        }
    }
    if size == 0 {
        return Err(PutError::Empty);
    }
    let folder = folder.to_owned();
    let draft = append(draft, gathered).await?;
    let _together_with_other_uploads = naming.read().await;
    let sha256 = blocking(move || draft.keep(&folder)).await?;
    Ok(Blob { sha256, size })
}

/// Hashing and writing happen on a blocking thread; the draft travels there and back.
async fn append(mut draft: Draft, bytes: Vec<u8>) -> Result<Draft, PutError> {
    blocking(move || draft.append(&bytes).map(|()| draft)).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, PutError> {
    let done = spawn_blocking(work).await.map_err(io::Error::other)?;
    Ok(done?)
}

/// A file on its way in. Dropped before [`Self::keep`], it removes itself: a refused or broken-off upload leaves nothing.
struct Draft {
    path: PathBuf,
    file: File,
    hash: Hash,
    kept: bool,
}

impl Draft {
    fn create(path: PathBuf) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        Ok(Self { path, file, hash: Hash::default(), kept: false })
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.file.write_all(bytes)
    }

    /// Renaming over an equal file is harmless, and renews its age for the collector of orphans.
    fn keep(mut self, folder: &Path) -> io::Result<Sha256Hex> {
        self.file.sync_all()?;
        let sha256 = std::mem::take(&mut self.hash).finish();
        let name = sha256.to_string();
        let rack = folder.join(&name[..2]);
        if !rack.is_dir() {
            std::fs::create_dir_all(&rack)?;
        }
        std::fs::rename(&self.path, rack.join(&name))?;
        self.kept = true;
        sync_folder(&rack)?;
        // Always, not only when we made the rack: whoever made it a moment ago may not have synced it yet.
        sync_folder(folder)?;
        Ok(sha256)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed now is collected with the orphans.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Makes the names in a folder survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

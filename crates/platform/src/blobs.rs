//! Files by their content: `DATA/blobs/ab/<sha256>`, written once, never changed.
//!
//! The name is the SHA-256 of the bytes, so the same scan sent twice is kept once, a row that names a file also proves it,
//! and a backup copies only what is new. Reading, listing and deleting go through `object_store`, whose other ends speak S3;
//! writing to a local disk is done here, because `object_store` does not call fsync and a row must never name a file
//! that a power cut can take away.

mod sha256;
mod write;

pub use sha256::{NotASha256, Sha256Hex};
pub use write::PutError;

use crate::clock::Millis;
use crate::random::Random;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{GetOptions, GetRange, ObjectMeta, ObjectStore};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::RwLock;

/// Files on their way in; on the same file system, so that the last step is a rename.
const INCOMING: &str = "incoming";

/// The store of one installation.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
    store: Arc<dyn ObjectStore>,
    random: Random,
    /// Uploads name their files together; the collector deletes alone, lest it take a file that is just being sent again.
    naming: Arc<RwLock<()>>,
}

/// A file in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Its name and its proof.
    pub sha256: Sha256Hex,
    /// Its size in bytes.
    pub size: u64,
}

/// The store cannot be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// No such file; a row that names it is broken (`verify` tells).
    #[error("file {0} is missing from the store")]
    Missing(Sha256Hex),
    /// The file's bytes are not those of its name: the disk has rotted, or somebody changed it.
    #[error("file {0} is damaged")]
    Damaged(Sha256Hex),
    /// The store refuses.
    #[error("file store: {0}")]
    Store(#[from] object_store::Error),
    /// The operating system refuses.
    #[error("file store: {0}")]
    Io(#[from] io::Error),
}

/// The bytes of a file, piece by piece.
pub type Pieces = BoxStream<'static, Result<Bytes, BlobError>>;

impl Blobs {
    /// Opens the store under `data`, making its folders when there are none.
    pub fn open(data: &Path, random: Random) -> Result<Self, BlobError> {
        let folder = data.join("blobs");
        std::fs::create_dir_all(folder.join(INCOMING))?;
        // A new folder's name lives in its parent, which must reach the disk as well.
        write::sync_folder(data)?;
        write::sync_folder(&folder)?;
        let store = LocalFileSystem::new_with_prefix(&folder)?;
        Ok(Self { folder, store: Arc::new(store), random, naming: Arc::default() })
    }

    /// Takes in a file of at most `max_bytes`. When it returns, the bytes and the name are on disk.
    /// What breaks off, is empty or too long leaves nothing behind.
    pub async fn put_stream<S, E>(&self, pieces: S, max_bytes: u64) -> Result<Blob, PutError>
    where
        S: Stream<Item = Result<Bytes, E>> + Send,
        E: std::error::Error + Send + Sync + 'static,
    {
        let draft = self.folder.join(INCOMING).join(self.random.hex(32));
        write::put(&self.folder, draft, &self.naming, pieces, max_bytes).await
    }

    /// The same for bytes at hand, such as a rendered slip.
    pub async fn put(&self, bytes: Bytes) -> Result<Blob, PutError> {
        let one = futures_util::stream::iter([Ok::<_, io::Error>(bytes)]);
        self.put_stream(one, u64::MAX).await
    }

    /// The whole file, piece by piece. The bytes are not checked; see [`Self::verify`].
    pub async fn stream(&self, sha256: Sha256Hex) -> Result<Pieces, BlobError> {
        let got = self.store.get(&object_path(sha256)).await.map_err(|e| named(e, sha256))?;
        Ok(got.into_stream().map_err(BlobError::from).boxed())
    }

    /// The bytes in `range` (for a browser that asks for a part, and for looking at a file's head).
    /// A range beyond the end is cut; one that begins there is an error.
    pub async fn get_range(&self, sha256: Sha256Hex, range: Range<u64>) -> Result<Bytes, BlobError> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        let got = self.store.get_opts(&object_path(sha256), options).await.map_err(|e| named(e, sha256))?;
        Ok(got.bytes().await?)
    }

    /// The size, or `None` when there is no such file.
    pub async fn size(&self, sha256: Sha256Hex) -> Result<Option<u64>, BlobError> {
        match self.store.head(&object_path(sha256)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the file is there.
    pub async fn exists(&self, sha256: Sha256Hex) -> Result<bool, BlobError> {
        Ok(self.size(sha256).await?.is_some())
    }

    /// Reads the whole file and compares it with its name; [`BlobError::Damaged`] when they differ.
    pub async fn verify(&self, sha256: Sha256Hex) -> Result<(), BlobError> {
        let mut pieces = self.stream(sha256).await?;
        let mut hash = sha256::Hash::default();
        while let Some(piece) = pieces.try_next().await? {
            hash.update(&piece);
        }
        if hash.finish() == sha256 { Ok(()) } else { Err(BlobError::Damaged(sha256)) }
    }

    /// Every file in the store. What is on its way in, or was put there by hand, is passed over.
    pub fn list(&self) -> BoxStream<'static, Result<Blob, BlobError>> {
        let blobs = self.store.list(None).try_filter_map(|meta| async move {
            Ok(sha256_of(&meta.location).map(|sha256| Blob { sha256, size: meta.size }))
        });
        blobs.map_err(BlobError::from).boxed()
    }

    /// Deletes a file; none to delete is fine.
    pub async fn delete(&self, sha256: Sha256Hex) -> Result<(), BlobError> {
        match self.store.delete(&object_path(sha256)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes the files that no row names, and the drafts of uploads that broke off, when they are older than the moment
    /// `older_than`: a younger one may belong to a unit of work that has yet to commit. Returns what it deleted.
    ///
    /// Taking a file in again renews its age, so a row may name it within that time.
    pub async fn collect_orphans(
        &self,
        known: impl Fn(&str) -> bool + Send,
        older_than: Millis,
    ) -> Result<Vec<Sha256Hex>, BlobError> {
        let mut suspects = Vec::new();
        let mut all = self.store.list(None);
        while let Some(meta) = all.try_next().await? {
            if is_older(&meta, older_than) && is_unwanted(&meta, &known) {
                suspects.push(meta.location);
            }
        }
        let mut gone = Vec::new();
        for path in suspects {
            let _alone = self.naming.write().await;
            // It may have been sent again since the list was read.
            let still = self.store.head(&path).await.is_ok_and(|meta| is_older(&meta, older_than));
            if still {
                self.store.delete(&path).await?;
                gone.extend(sha256_of(&path));
            }
        }
        Ok(gone)
    }
}

/// A file that no row names, or a draft; what was put there by hand is left alone.
fn is_unwanted(meta: &ObjectMeta, known: &impl Fn(&str) -> bool) -> bool {
    match sha256_of(&meta.location) {
        Some(sha256) => !known(&sha256.to_string()),
        None => meta.location.prefix_matches(&ObjectPath::from(INCOMING)),
    }
}

fn is_older(meta: &ObjectMeta, than: Millis) -> bool {
    meta.last_modified.timestamp_millis() < than
}

fn named(error: object_store::Error, sha256: Sha256Hex) -> BlobError {
    match error {
        object_store::Error::NotFound { .. } => BlobError::Missing(sha256),
        other => BlobError::Store(other),
    }
}

fn object_path(sha256: Sha256Hex) -> ObjectPath {
    let name = sha256.to_string();
    ObjectPath::from_iter([&name[..2], &name])
}

/// The file's name when it lies where a file of ours lies.
fn sha256_of(path: &ObjectPath) -> Option<Sha256Hex> {
    let sha256 = path.filename()?.parse().ok()?;
    (object_path(sha256) == *path).then_some(sha256)
}

#[cfg(test)]
mod tests;

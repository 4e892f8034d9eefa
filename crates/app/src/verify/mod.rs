//! Does the history prove the state? Every dossier is replayed; chains, people, slips, files, numbers and
//! what the work lists go by are compared.

mod checkpoints;
mod dossier;
mod files;
mod numbers;
mod places;
mod store;

pub use checkpoints::{Against, check as hold_against_checkpoints};
pub use places::check as hold_against_law;

use crate::error::AppError;
use platform::{blobs::Blobs, db::Db};
use serde::Serialize;
use std::fmt;

/// What was looked at, and what is wrong.
#[derive(Debug, Default, Serialize)]
pub struct Verified {
    pub dossiers: u64,
    pub events: u64,
    pub slips: u64,
    pub files: u64,
    /// Signed check-points that were held against what they cover.
    pub checkpoints: u64,
    /// The newest of them, to be kept by somebody outside and given to a later `verify`.
    pub newest_checkpoint: Option<String>,
    pub faults: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Code or id of the dossier, the SHA-256 of a file, the name of a series of numbers, or the number of a check-point.
    pub subject: String,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.what)
    }
}

/// Dossiers read in one snapshot; each is whole in it.
const CHUNK: i64 = 100;

/// Looks at everything. It only reads, so it may run beside the server; a dossier that moves meanwhile is seen either
/// before or after.
pub async fn all(db: &Db, blobs: &Blobs) -> Result<Verified, AppError> {
    let mut found = Verified::default();
    let mut after = 0;
    let mut named = std::collections::BTreeSet::new();
    let mut numbers = numbers::Numbers::begin(db).await?;
    loop {
        let rows = db.read(move |q| store::dossiers(q, after, CHUNK).map_err(AppError::from)).await?;
        let Some(last) = rows.last() else { break };
        after = last.kept.id.raw();
        for row in &rows {
            dossier::check(row, &mut found);
            numbers.note(row);
            named.extend(row.files.iter().map(|f| f.sha256.clone()));
            named.extend(row.slips.iter().filter_map(|s| s.archived.clone()));
        }
    }
    numbers.check(db, &mut found).await?;
    named.extend(db.read(|q| store::other_files(q).map_err(AppError::from)).await?);
    files::check(blobs, named, &mut found).await?;
    Ok(found)
}

use super::store;
use crate::{app::App, error::AppError};
use std::collections::HashSet;

const DAY_MS: i64 = 86_400_000;

/// Deletes files that no row names and that are older than a day: uploads that never came to belong to a dossier.
pub async fn orphans(app: &App) -> Result<u64, AppError> {
    let younger_than = app.machine.now() - DAY_MS;
    let named = app.db.read(move |q| store::named_files(q, younger_than).map_err(AppError::from)).await?;
    let named: HashSet<String> = named.into_iter().collect();
    let gone = app.blobs.collect_orphans(|sha256| named.contains(sha256), younger_than).await;
    Ok(gone.map_err(AppError::internal)?.len() as u64)
}

use super::store;
use crate::{app::App, error::AppError};
use std::collections::HashSet;

const DAY_MS: i64 = 86_400_000;

/// Rows a unit deletes: some milliseconds of the writer's time.
const CHUNK: i64 = 500;

/// Deletes files that no row names and that are older than a day: uploads that never came to belong to a dossier. The rows of
/// such uploads go with them; nothing is attached by them any more (`dossier::store::UPLOAD_WAITS_MS`).
pub async fn orphans(app: &App) -> Result<u64, AppError> {
    let younger_than = app.machine.now() - DAY_MS;
    while app.db.bulk_unit(move |unit| store::sweep_uploads(unit, younger_than, CHUNK).map_err(AppError::from)).await?
        > 0
    {}
    let named = app.db.read(move |q| store::named_files(q, younger_than).map_err(AppError::from)).await?;
    let named: HashSet<String> = named.into_iter().collect();
    let gone = app.blobs.collect_orphans(|sha256| named.contains(sha256), younger_than).await;
    Ok(gone.map_err(AppError::internal)?.len() as u64)
}

//! What is forgotten: codes and sessions after a day, drafts that nobody touched for a month, files that stopped on their way
//! after the time that the profile sets.

use super::{store, upload::store as uploads};
use crate::{app::App, error::AppError, worker::in_chunks};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Drafts are kept as long as guidance is by default; nobody has to finish in one evening.
const DRAFTS_MS: i64 = 30 * DAY_MS;
/// Rows a unit deletes: some milliseconds of the writer's time.
const CHUNK: i64 = 200;

/// Forgets what has expired; gives how many.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let now = app.machine.now();
    let parts_ms = i64::from(app.profile.online.upload_parts_kept_hours) * HOUR_MS;
    in_chunks(app, move |unit| {
        let mut swept = store::sweep_codes(unit, now - DAY_MS, CHUNK)?;
        swept += store::sweep_sessions(unit, now - DAY_MS, CHUNK)?;
        for id in store::stale_drafts(unit, now - DRAFTS_MS, CHUNK)? {
            store::drop_draft(unit, id)?;
            swept += 1;
        }
        for id in uploads::stale(unit, now - parts_ms, CHUNK)? {
            uploads::drop_upload(unit, id)?;
            swept += 1;
        }
        Ok(swept)
    })
    .await
}

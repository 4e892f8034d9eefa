use super::store;
use crate::{accounts, app::App, error::AppError};
use platform::db::Unit;

const DAY_MS: i64 = 86_400_000;
/// Rows a unit deletes: some milliseconds of the writer's time.
pub const CHUNK: i64 = 500;

/// Deletes chunk by chunk, each in a unit of its own behind everything interactive, until nothing is left; gives how many
/// rows went.
pub async fn in_chunks(
    app: &App,
    chunk: impl Fn(&mut Unit) -> Result<u64, AppError> + Clone + Send + 'static,
) -> Result<u64, AppError> {
    let mut gone = 0;
    loop {
        let swept = app.db.bulk_unit(chunk.clone()).await?;
        gone += swept;
        if swept == 0 {
            return Ok(gone);
        }
    }
}

/// Takes away sessions that have ended for good. A silent one is kept for a day, so that "you were signed out" can be told
/// from "you never signed in".
pub async fn sessions(app: &App) -> Result<u64, AppError> {
    let limits = app.config.sign_in.session;
    let opened_before = app.machine.now() - i64::from(limits.absolute_hours) * 3_600_000;
    let seen_before = app.machine.now() - DAY_MS;
    in_chunks(app, move |unit| Ok(store::sweep_sessions(unit, opened_before, seen_before, CHUNK)?)).await
}

/// Forgets forms that were sent without a session and that nobody came back for.
pub async fn lapsed_forms(app: &App) -> Result<u64, AppError> {
    let now = app.machine.now();
    in_chunks(app, move |unit| accounts::sweep_lapsed(unit, now, CHUNK)).await
}

/// Forgets answers to commands that came with a key, after 30 days.
pub async fn idempotency(app: &App) -> Result<u64, AppError> {
    let older_than = app.machine.now() - 30 * DAY_MS;
    in_chunks(app, move |unit| Ok(platform::db::idempotency::sweep(unit, older_than, CHUNK)?)).await
}

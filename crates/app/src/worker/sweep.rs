use super::store;
use crate::{accounts, app::App, error::AppError};

const DAY_MS: i64 = 86_400_000;
/// Rows a unit deletes: some milliseconds of the writer's time.
const CHUNK: i64 = 500;

/// Takes away sessions that have ended for good. A silent one is kept for a day, so that "you were signed out" can be told
/// from "you never signed in".
pub async fn sessions(app: &App) -> Result<u64, AppError> {
    let limits = app.config.sign_in.session;
    let opened_before = app.machine.now() - i64::from(limits.absolute_hours) * 3_600_000;
    let seen_before = app.machine.now() - DAY_MS;
    let mut gone = 0;
    loop {
        let work = move |unit: &mut platform::db::Unit| store::sweep_sessions(unit, opened_before, seen_before, CHUNK);
        let swept = app.db.bulk_unit(move |unit| work(unit).map_err(AppError::from)).await?;
        gone += swept;
        if swept == 0 {
            return Ok(gone);
        }
    }
}

/// Forgets forms that were sent without a session and that nobody came back for.
pub async fn lapsed_forms(app: &App) -> Result<u64, AppError> {
    let now = app.machine.now();
    let mut gone = 0;
    loop {
        let swept = app.db.bulk_unit(move |unit| accounts::sweep_lapsed(unit, now, CHUNK)).await?;
        gone += swept;
        if swept == 0 {
            return Ok(gone);
        }
    }
}

/// Forgets answers to commands that came with a key, after 30 days.
pub async fn idempotency(app: &App) -> Result<u64, AppError> {
    let older_than = app.machine.now() - 30 * DAY_MS;
    let mut gone = 0;
    loop {
        let work = move |unit: &mut platform::db::Unit| platform::db::idempotency::sweep(unit, older_than, CHUNK);
        let swept = app.db.bulk_unit(move |unit| work(unit).map_err(AppError::from)).await?;
        gone += swept;
        if swept == 0 {
            return Ok(gone);
        }
    }
}

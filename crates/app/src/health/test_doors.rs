//! Doors that exist only with `[test] clock = true`.

use crate::{app::App, error::AppError, http::ApiError, schedule};
use axum::{Json, extract::State};
use domain::time::Instant;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    now: String,
}

/// `PUT /test/clock {"now":"…"}`: moves the legal clock and freezes it there.
pub async fn set_clock(State(app): State<App>, Json(moment): Json<Moment>) -> Result<Json<Value>, ApiError> {
    let at: Instant = moment.now.parse().map_err(|_| {
        AppError::field("now", "invalid", "Thời điểm không đúng, ví dụ 2025-10-06T08:00:00+07:00.", "Not a time.")
    })?;
    app.legal.set(at.millis());
    Ok(Json(json!({ "now": app.now() })))
}

/// `POST /test/settle`: runs everything that is due and says how much it was.
pub async fn settle(State(app): State<App>) -> Result<Json<Value>, ApiError> {
    Ok(Json(schedule::settle(&app).await?))
}

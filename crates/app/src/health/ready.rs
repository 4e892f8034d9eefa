use crate::{app::App, error::AppError};
use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

/// Below this the disk counts as full: group commits, uploads and check-points need room.
const LEAST_FREE: u64 = 256 * 1024 * 1024;
/// A write that takes longer is no service.
const PATIENCE: Duration = Duration::from_secs(5);

/// `GET /health/started`: this port opens only when everything is.
pub async fn started() -> Json<Value> {
    Json(json!({ "started": true }))
}

/// `GET /health/live`: the process answers; it says nothing about the data base, lest a restart follow a full disk.
pub async fn live() -> Json<Value> {
    Json(json!({ "live": true }))
}

/// `GET /health/ready`: a real write went through and the disk has room.
pub async fn ready(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let mut why: Vec<String> = Vec::new();
    why.extend(write(&app).await.err().map(|e| e.to_string()));
    let free = free_bytes(&app);
    if free.is_some_and(|bytes| bytes < LEAST_FREE) {
        why.push("the disk is nearly full".into());
    }
    let status = if why.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": why.is_empty(), "why": why, "free_bytes": free })))
}

async fn write(app: &App) -> Result<(), AppError> {
    let db = app.db.clone();
    let probe = tokio::task::spawn_blocking(move || db.probe_write());
    match tokio::time::timeout(PATIENCE, probe).await {
        Ok(Ok(outcome)) => outcome.map_err(AppError::from),
        Ok(Err(e)) => Err(AppError::internal(e)),
        Err(_) => Err(AppError::Busy("a write took longer than five seconds".into())),
    }
}

/// Bytes that DATA's disk can still take.
pub fn free_bytes(app: &App) -> Option<u64> {
    let disk = rustix::fs::statvfs(&app.config.data).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

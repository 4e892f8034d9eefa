//! Who else has a dossier open: a hint that spares two officers the same work; the version decides (GR-8).

mod store;

use super::store::{self as dossier_store, Key};
use crate::{accounts::SignedIn, app::App, error::AppError, http::ApiError};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};

/// A page says every 20 seconds that it is open; after two silent rounds it is taken for closed.
const OPEN_MS: i64 = 45_000;

/// `GET /can-bo/ho-so/{key}/co-mat`: notes that it is open here, and tells who else has it open and its version.
pub async fn look(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Json<Value>, ApiError> {
    let (scope, key) = (me.who.scope(), Key::parse(&key).ok_or(AppError::NotFound)?);
    let found = app.db.read(move |q| Ok::<_, AppError>(dossier_store::find(q, &scope, &key)?)).await?;
    let dossier = found.ok_or(AppError::NotFound)?;
    let (id, officer, now) = (dossier.id, me.who.officer, app.machine.now());
    let others = app
        .db
        .bulk_unit(move |u| {
            store::here(u, id, officer, now, now - OPEN_MS)?;
            Ok::<_, AppError>(store::others(u, id, officer, now - OPEN_MS)?)
        })
        .await?;
    let reference = app.reference();
    let names: Vec<&str> = others.into_iter().map(|o| reference.officer_name(o)).collect();
    Ok(Json(json!({"names": names, "version": dossier.state.version})))
}

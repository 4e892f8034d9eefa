use super::{download::hand_out, upload::receive};
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::store::{self, FileRow},
    error::{AppError, answered},
    http::{ApiError, IdempotencyKey, Problem, once},
};
use axum::{
    extract::{Multipart, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use platform::db::Answer;
use serde::Serialize;
use utoipa::ToSchema;

/// A file that was taken in, to be named by its hash when a dossier is opened or a result entered.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadView {
    pub id: String,
    pub sha256: String,
    pub size: i64,
    /// Pages of a PDF, when a cheap look finds them.
    pub pages: Option<i64>,
}

/// Takes a file in: the first part of the multipart body that carries one. What it is, its content says and not its name.
#[utoipa::path(
    post, path = "/api/v1/files", tag = "dossier",
    request_body(content_type = "multipart/form-data", content = String, description = "One part with a file name"),
    params(("Idempotency-Key" = String, Header, description = "The same key and file give the first answer again")),
    responses(
        (status = 201, body = UploadView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")
    ),
    security(("key" = []))
)]
pub async fn upload_file(
    State(app): State<App>,
    key: KeyHolder,
    IdempotencyKey(idempotency): IdempotencyKey,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    key.needs_or_portal(KeyScope::DossierWrite)?;
    let missing = || {
        let (vi, en) = ("Xin gửi một tệp dạng multipart/form-data.", "Send one file as multipart/form-data.");
        AppError::field("file", "missing", vi, en)
    };
    let mut parts = parts.map_err(|_| missing())?;
    while let Some(field) = parts.next_field().await.map_err(|_| missing())? {
        if field.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let row = receive(&app, "file", field).await.map_err(AppError::from)?;
        return Ok(note(&app, &key, idempotency, row).await?);
    }
    Err(missing().into())
}

/// Notes the upload once for its key: a client that did not hear the answer asks again and gets the same one.
async fn note(app: &App, key: &KeyHolder, idempotency: String, row: FileRow) -> Result<Response, AppError> {
    let once = once(app, key.principal.clone(), idempotency, &format!("upload {} {}", row.sha256, row.name));
    let (id, who, at) = (app.ids.next()?, key.who.clone(), app.machine.now());
    let noted = app.db.unit_once::<AppError>(once, move |unit| {
        store::insert_upload(unit, id, &row, &who, at)?;
        let view = UploadView { id: id.to_string(), sha256: row.sha256.clone(), size: row.size, pages: row.pages };
        Ok(Answer { status: 201, body: serde_json::to_string(&view).map_err(AppError::internal)? })
    });
    let answer = answered(noted.await?)?;
    Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response())
}

/// A file of a dossier within the key's scope.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{code}/files/{sha256}", tag = "dossier",
    params(("code" = String, Path, description = "Dossier code, or id while it has no code"), ("sha256" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn get_file(
    State(app): State<App>,
    key: KeyHolder,
    Path((code, sha256)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    Ok(hand_out(&app, &key.who, &code, &sha256).await?)
}

use super::{download::hand_out, take_in};
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    error::AppError,
    http::{ApiError, IdempotencyKey, Problem},
};
use axum::{
    Json,
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
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
    params(("Idempotency-Key" = String, Header, description = "The same file twice is kept once, whatever the key")),
    responses(
        (status = 201, body = UploadView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")
    ),
    security(("key" = []))
)]
pub async fn upload_file(
    State(app): State<App>,
    key: KeyHolder,
    _: IdempotencyKey,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierWrite)?;
    let missing = || {
        let (vi, en) = ("Xin gửi một tệp dạng multipart/form-data.", "Send one file as multipart/form-data.");
        AppError::field("file", "missing", vi, en)
    };
    let mut parts = parts.map_err(|_| missing())?;
    while let Some(field) = parts.next_field().await.map_err(|_| missing())? {
        if field.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let (id, row) = take_in(&app, &key.who, "file", field).await.map_err(AppError::from)?;
        let view = UploadView { id: id.to_string(), sha256: row.sha256, size: row.size, pages: row.pages };
        return Ok((StatusCode::CREATED, Json(view)).into_response());
    }
    Err(missing().into())
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
    Ok(hand_out(&app, key.who.scope(), &code, &sha256).await?)
}

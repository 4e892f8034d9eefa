use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    error::AppError,
    http::{ApiError, Problem},
};
use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use documents::{Form, Paper, render};
use domain::accounts::Who;
use serde::Deserialize;

/// `?giay=A4|A5`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PaperQuery {
    giay: String,
}

impl From<String> for PaperQuery {
    fn from(giay: String) -> Self {
        Self { giay }
    }
}

/// A5 when asked for; A4 otherwise.
pub fn paper_of(query: &PaperQuery) -> Paper {
    if query.giay.eq_ignore_ascii_case("a5") { Paper::A5 } else { Paper::A4 }
}

/// The PDF of a slip: the same bytes for the same frozen data, however often it is printed.
pub async fn slip_pdf(app: &App, who: &Who, id: &str, paper: Paper) -> Result<Response, AppError> {
    let (slip, _) = super::find(app, who, id).await?;
    let form: Form =
        serde_json::from_str(&slip.data).map_err(|e| AppError::Internal(format!("slips {}: data: {e}", slip.id)))?;
    pdf(form, paper, &slip.number.replace('/', "-")).await
}

/// Prints a form off the async threads and hands it out to be shown.
pub async fn pdf(form: Form, paper: Paper, name: &str) -> Result<Response, AppError> {
    let printed = tokio::task::spawn_blocking(move || render(&form, paper)).await;
    let bytes = printed.map_err(AppError::internal)?.map_err(AppError::internal)?;
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, format!("inline; filename=\"{plain}.pdf\"")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        // A browser's own viewer is a plug-in to the policy of pages; this paper is ours and runs nothing.
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'none'".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// A slip as PDF within the key's scope.
#[utoipa::path(
    get, path = "/api/v1/slips/{file}", tag = "dossier",
    params(
        ("file" = String, Path, description = "Id of the slip and `.pdf`"),
        ("giay" = Option<String>, Query, description = "`A4` (when not said) or `A5`")
    ),
    responses((status = 200, content_type = "application/pdf"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn get_slip(
    State(app): State<App>,
    key: KeyHolder,
    Path(file): Path<String>,
    Query(query): Query<PaperQuery>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let id = file.strip_suffix(".pdf").ok_or(AppError::NotFound)?;
    Ok(slip_pdf(&app, &key.who, id, paper_of(&query)).await?)
}

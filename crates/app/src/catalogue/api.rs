use super::{
    Question,
    courses::general,
    find,
    view::{ProcedureItem, ProcedureList, ProcedureView},
};
use crate::{app::App, error::AppError, http::ApiError};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use utoipa::IntoParams;

const PAGE: usize = 50;

/// What to look for, and after which code the page begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct Asked {
    /// Words with or without diacritics, or a code.
    pub q: String,
    /// The `after` of the page before.
    pub after: Option<String>,
}

/// Procedures in force: all by code, or those that answer `q`, best first. Open to everybody (CAT-01).
#[utoipa::path(
    get, path = "/api/v1/procedures", tag = "catalogue", params(Asked),
    responses((status = 200, body = ProcedureList))
)]
pub async fn list_procedures(State(app): State<App>, Query(asked): Query<Asked>) -> Json<ProcedureList> {
    let reference = app.reference();
    let found = find(&reference, &Question { text: asked.q.clone(), ..Question::default() });
    let by_code = asked.q.trim().is_empty();
    let begin = asked.after.map_or(0, |after| {
        // The list by code goes on where it was, also when the procedure that ended the page before was abolished since.
        let at = found.iter().position(|p| p.code.as_str() == after).map(|at| at + 1);
        let next = || found.iter().position(|p| by_code && p.code.as_str() > after.as_str());
        at.or_else(next).unwrap_or(found.len())
    });
    let items: Vec<_> = found.iter().skip(begin).take(PAGE).map(|p| ProcedureItem::of(p)).collect();
    let more = begin + items.len() < found.len();
    let after = items.last().filter(|_| more).map(|last| last.code.clone());
    Json(ProcedureList { items, after })
}

/// One procedure in force with its cases and components. Open to everybody (CAT-01).
#[utoipa::path(
    get, path = "/api/v1/procedures/{code}", tag = "catalogue", params(("code" = String, Path)),
    responses((status = 200, body = ProcedureView), (status = 404, body = crate::http::Problem, content_type = "application/problem+json"))
)]
pub async fn get_procedure(State(app): State<App>, Path(code): Path<String>) -> Result<Json<ProcedureView>, ApiError> {
    let listed = app.reference().procedure(&code).cloned().ok_or(AppError::NotFound)?;
    let (app_, version) = (app.clone(), listed.version);
    let read = move |q: &mut platform::db::Reader| {
        Ok::<_, AppError>((app_.versions.get(q, version)?, general(q, &app_, version)?))
    };
    let (governing, process) = app.db.read(read).await?;
    Ok(Json(ProcedureView::of(&listed, &governing, &process, &app.reference().directory)))
}

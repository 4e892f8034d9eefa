use super::reason::reason;
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    deadline::DueAnswer,
    dossier::{store::Key, tracking::load},
    error::AppError,
    http::{ApiError, Problem},
};
use axum::{
    Json,
    extract::{Path, State},
};

/// The due date of a dossier within the key's scope, line by line.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{code}/clock", tag = "dossier",
    params(("code" = String, Path, description = "Dossier code, or id while it has no code")),
    responses((status = 200, body = DueAnswer), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_clock(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
) -> Result<Json<DueAnswer>, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let asked = Key::parse(&code).ok_or(AppError::NotFound)?;
    let (app_, scope) = (app.clone(), key.who.scope());
    let found = app.db.read(move |q| load(q, &app_, &scope, &asked)).await?.ok_or(AppError::NotFound)?;
    let reference = app.reference();
    let calendar = reference.calendar_of(found.state.intake.centre);
    let (rules, cites) = (&reference.clock, &reference.cites);
    let told = reason(&found.state, &found.events, calendar, rules, cites).map_err(AppError::internal)?;
    Ok(Json(DueAnswer { due_at: told.due_at, lines: told.lines }))
}

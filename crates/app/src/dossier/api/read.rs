use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::{
        law::law,
        store::{self, Key},
        view::DossierView,
    },
    error::AppError,
    http::{
        ApiError, Problem,
        after::{After, page},
    },
    reads,
};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{accounts::Reading, dossier::Event};
use serde::Serialize;
use utoipa::ToSchema;

/// One dossier within the key's scope.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{code}", tag = "dossier",
    params(("code" = String, Path, description = "Dossier code, or id while it has no code")),
    responses((status = 200, body = DossierView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_dossier(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
) -> Result<Response, ApiError> {
    key.needs_or_portal(KeyScope::DossierRead)?;
    let asked = Key::parse(&code).ok_or(AppError::NotFound)?;
    let (who, app_) = (key.who.clone(), app.clone());
    let (dossier, view) = app
        .db
        .read(move |q| {
            let row = store::find(q, &who.scope(), &asked)?.ok_or(AppError::NotFound)?;
            let governing = app_.versions.of(q, &row.state.intake)?;
            let reference = app_.reference();
            let law = law(&app_, &reference, &governing, &row.state.intake).ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((row.id, DossierView::of(row.id, &row.state, &law, &who, &reference)))
        })
        .await?;
    reads::note(&app, &key.who, Reading::Api, &[dossier]).await;
    let tag = HeaderValue::from_str(&format!("\"{}\"", view.version)).map_err(AppError::internal)?;
    Ok(([(header::ETAG, tag)], Json(view)).into_response())
}

/// One line of a dossier's history.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    pub seq: u32,
    pub at: String,
    /// Login of the officer.
    pub officer: Option<String>,
    /// Login of the officer for whom they acted.
    pub on_behalf_of: Option<String>,
    /// The decision that delegated the act.
    pub by_decision: Option<String>,
    /// Identifier of the agency.
    pub agency: Option<String>,
    pub kind: &'static str,
    pub text: &'static str,
    pub text_en: &'static str,
    /// The event as it was hashed.
    #[schema(value_type = Object)]
    pub body: Event,
    /// Hash of the chain up to here.
    pub hash: String,
}

/// The history of a dossier.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{code}/events", tag = "dossier",
    params(("code" = String, Path, description = "Dossier code, or id while it has no code"), After),
    responses((status = 200, body = Vec<EventView>), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_events(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
    Query(after): Query<After>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let asked = Key::parse(&code).ok_or(AppError::NotFound)?;
    let (scope, after) = (key.who.scope(), after.key::<u32>()?);
    let (dossier, lines) = app
        .db
        .read(move |q| {
            let row = store::find(q, &scope, &asked)?.ok_or(AppError::NotFound)?;
            Ok::<_, AppError>((row.id, store::events(q, row.id, after.unwrap_or(0))?))
        })
        .await?;
    reads::note(&app, &key.who, Reading::Api, &[dossier]).await;
    let reference = app.reference();
    let views = lines.into_iter().map(|line| {
        let body: Event = serde_json::from_str(&line.body).map_err(AppError::internal)?;
        let (text, text_en) = body.words();
        Ok(EventView {
            seq: line.seq,
            at: line.at.to_string(),
            officer: reference.officer(line.officer).map(|o| o.login.clone()),
            on_behalf_of: line.on_behalf_of().and_then(|o| reference.officer(o)).map(|o| o.login.clone()),
            by_decision: line.by_decision(),
            agency: reference.agency(line.agency).map(|a| a.identifier.clone()),
            kind: body.key(),
            text,
            text_en,
            body,
            hash: line.hash,
        })
    });
    let path = format!("/api/v1/dossiers/{code}/events");
    Ok(page(&path, views.collect::<Result<_, AppError>>()?, |e: &EventView| e.seq, after.as_ref()))
}

use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::{
        answers::{self, Answer},
        store::{self, Kept, Key},
        view::ItemView,
    },
    error::AppError,
    http::{ApiError, Problem},
    interlink, reads,
};
use axum::{
    Json,
    extract::{Path, State},
};
use domain::{accounts::Reading, time::Instant};
use platform::db::{DbError, Reader};
use serde::Serialize;
use utoipa::ToSchema;

/// A dossier in the key's scope with something beside it, read in one snapshot; who looked is written down.
pub(super) async fn look<T: Send + 'static>(
    app: &App,
    key: &KeyHolder,
    code: &str,
    beside: impl FnOnce(&mut Reader, &Kept) -> Result<T, DbError> + Send + 'static,
) -> Result<(Kept, T), AppError> {
    key.needs(KeyScope::DossierRead)?;
    let asked = Key::parse(code).ok_or(AppError::NotFound)?;
    let scope = key.who.scope();
    let read = app.db.read(move |q| {
        let row = store::find(q, &scope, &asked)?.ok_or(AppError::NotFound)?;
        let found = beside(q, &row)?;
        Ok::<_, AppError>((row, found))
    });
    let found = read.await?;
    reads::note(app, &key.who, Reading::Api, &[found.0.id]).await;
    Ok(found)
}

/// An appointed visit with where, with whom and about what.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppointedVisitView {
    pub id: String,
    #[schema(value_type = String)]
    pub at: Instant,
    /// The applicant, or somebody for them, must be there.
    pub applicant: bool,
    pub place: String,
    pub participants: Vec<String>,
    pub content: String,
    /// It lies ahead, or its minutes are not written yet.
    pub open: bool,
    /// Why it was called off.
    pub reason: Option<String>,
}

/// The appointed visits of a dossier, in order.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{code}/visits", tag = "dossier",
    params(("code" = String, Path, description = "Dossier code, or id while it has no code")),
    responses((status = 200, body = Vec<AppointedVisitView>), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_visits(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
) -> Result<Json<Vec<AppointedVisitView>>, ApiError> {
    let (row, visits) = look(&app, &key, &code, |q, row| interlink::store::visits(q, row.id)).await?;
    let view = |v: interlink::Appointed| AppointedVisitView {
        id: v.number.to_string(),
        at: v.at,
        applicant: v.applicant,
        place: v.place,
        participants: v.participants,
        content: v.content,
        open: v.is_open,
        reason: v.reason,
    };
    Ok(Json(interlink::appointed(&row.state.links, &visits).into_iter().map(view).collect()))
}

/// A line of form 02 that names no paper, with what the applicant said to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerView {
    pub asked: ItemView,
    #[schema(value_type = String)]
    pub at: Instant,
    /// Absent when it was answered by file alone, or once it was erased.
    pub text: Option<String>,
    /// SHA-256 of its files.
    pub files: Vec<String>,
}

/// What the applicant answered to requests that named no paper, in order.
#[utoipa::path(
    get, path = "/api/v1/dossiers/{code}/answers", tag = "dossier",
    params(("code" = String, Path, description = "Dossier code, or id while it has no code")),
    responses((status = 200, body = Vec<AnswerView>), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_answers(
    State(app): State<App>,
    key: KeyHolder,
    Path(code): Path<String>,
) -> Result<Json<Vec<AnswerView>>, ApiError> {
    let (_, found) = look(&app, &key, &code, |q, row| answers::of(q, row.id, &row.state.answers)).await?;
    let view = |a: Answer| AnswerView {
        asked: ItemView::of(&a.asked),
        at: a.at,
        text: a.text,
        files: a.files.into_iter().map(|f| f.sha256).collect(),
    };
    Ok(Json(found.into_iter().map(view).collect()))
}

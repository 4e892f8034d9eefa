use super::{enter, listed, seen_by};
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::intake_fields,
    error::AppError,
    http::{
        ApiError, ApiJson, IdempotencyKey, Problem,
        after::{After, page},
        once,
    },
    interlink::input,
};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    accounts::{Reserve, StandIn, StandInKind},
    id::Id,
    time::Instant,
};
use platform::db::Once;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who is away from when to when, and who stands in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AbsenceInput {
    /// Login; the caller when not said.
    pub officer: Option<String>,
    /// Login of the backup.
    pub backup: String,
    pub from: String,
    pub to: String,
    pub reason: String,
    /// It could not be foreseen.
    pub sudden: bool,
    /// Number of the written notice, where the province asks for one (VL 9.3c, QN 6.8b).
    pub notice: String,
    /// Its date.
    pub notified_on: String,
}

/// Approval is delegated by a decision.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DelegationInput {
    /// Login of the leader; the caller when not said.
    pub officer: Option<String>,
    /// Login of the deputy.
    pub backup: String,
    pub from: String,
    pub to: String,
    /// Number of the decision.
    pub decision: String,
    /// Its date.
    pub decided_on: String,
    /// Codes of the procedures that it names; empty for all (DN 16.1c).
    pub procedures: Vec<String>,
}

/// A stand-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandInView {
    pub id: String,
    /// `absence` or `delegation`.
    pub kind: &'static str,
    pub officer: Option<String>,
    pub backup: Option<String>,
    #[schema(value_type = String)]
    pub from: Instant,
    #[schema(value_type = String)]
    pub to: Instant,
    pub reason: String,
    pub decision: Option<String>,
    pub procedures: Vec<String>,
}

/// Stand-ins that hold or are to come, of the caller and, for heads and administrators, of the agency.
#[utoipa::path(
    get, path = "/api/v1/absences", tag = "people", params(After),
    responses((status = 200, body = Vec<StandInView>), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn list_absences(
    State(app): State<App>,
    key: KeyHolder,
    Query(after): Query<After>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let all = seen_by(&app, &key.who).iter().map(|s| view(&app, s)).collect();
    let id = |s: &StandInView| s.id.parse::<i64>().unwrap_or(0);
    Ok(page("/api/v1/absences", all, id, after.key()?.as_ref()))
}

/// Reports an absence with the backup who acts for that time.
#[utoipa::path(
    post, path = "/api/v1/absences", tag = "people", request_body = AbsenceInput,
    params(("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again")),
    responses((status = 201, body = StandInView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn enter_absence(
    State(app): State<App>,
    key: KeyHolder,
    IdempotencyKey(idempotency): IdempotencyKey,
    ApiJson { value: a, text }: ApiJson<AbsenceInput>,
) -> Result<(StatusCode, Json<StandInView>), ApiError> {
    let new = StandIn {
        reason: a.reason,
        sudden: a.sudden,
        decision: paper(&a.notice, &a.notified_on),
        ..parsed(&app, &key, StandInKind::Absence, a.officer.as_deref(), &a.backup, &a.from, &a.to)?
    };
    let once = once(&app, key.principal.clone(), idempotency, &format!("stand-in {text}"));
    entered(&app, &key, new, once).await
}

/// Delegates approval by a decision with dates.
#[utoipa::path(
    post, path = "/api/v1/delegations", tag = "people", request_body = DelegationInput,
    params(("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again")),
    responses((status = 201, body = StandInView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn enter_delegation(
    State(app): State<App>,
    key: KeyHolder,
    IdempotencyKey(idempotency): IdempotencyKey,
    ApiJson { value: d, text }: ApiJson<DelegationInput>,
) -> Result<(StatusCode, Json<StandInView>), ApiError> {
    let new = StandIn {
        decision: paper(&d.decision, &d.decided_on),
        procedures: d.procedures,
        ..parsed(&app, &key, StandInKind::Delegation, d.officer.as_deref(), &d.backup, &d.from, &d.to)?
    };
    let once = once(&app, key.principal.clone(), idempotency, &format!("stand-in {text}"));
    entered(&app, &key, new, once).await
}

/// Number and day of a paper; both or nothing.
fn paper(number: &str, day: &str) -> Option<(String, jiff::civil::Date)> {
    let number = Some(number.trim().to_owned()).filter(|n| !n.is_empty());
    number.zip(intake_fields::day(day))
}

/// Logins and times become an entry, or every fault stands beside its field.
fn parsed(
    app: &App,
    key: &KeyHolder,
    kind: StandInKind,
    officer: Option<&str>,
    backup: &str,
    from: &str,
    to: &str,
) -> Result<StandIn, AppError> {
    key.needs(KeyScope::DossierWrite)?;
    let said = officer.map(str::trim).filter(|o| !o.is_empty());
    let officer = match said {
        Some(login) => input::officer_named(app, "officer", login)?,
        None => key.who.officer,
    };
    stand_in(app, kind, officer, backup, from, to)
}

/// An entry whose reason or decision is still to be filled in.
pub fn stand_in(
    app: &App,
    kind: StandInKind,
    officer: Id<domain::people::Officer>,
    backup: &str,
    from: &str,
    to: &str,
) -> Result<StandIn, AppError> {
    let mut wrong = Vec::new();
    let backup = match input::officer_named(app, "backup", backup) {
        Ok(backup) => Some(backup),
        Err(AppError::Fields(fields)) => {
            wrong.extend(fields);
            None
        }
        Err(other) => return Err(other),
    };
    let (from, to) = (input::moment(app, "from", from, &mut wrong), input::moment(app, "to", to, &mut wrong));
    let (Some(backup), Some(from), Some(to)) = (backup, from, to) else { return Err(AppError::Fields(wrong)) };
    Ok(StandIn {
        id: Id::new(0),
        kind,
        officer,
        backup,
        from,
        to,
        reason: String::new(),
        sudden: false,
        decision: None,
        procedures: Vec::new(),
        ended_at: None,
    })
}

async fn entered(
    app: &App,
    key: &KeyHolder,
    new: StandIn,
    once: Once,
) -> Result<(StatusCode, Json<StandInView>), ApiError> {
    let id = enter(app, &key.who, new.clone(), once).await?;
    Ok((StatusCode::CREATED, Json(view(app, &StandIn { id, ..new }))))
}

fn view(app: &App, s: &StandIn) -> StandInView {
    let reference = app.reference();
    let login = |o| reference.officer(o).map(|o| o.login.clone());
    StandInView {
        id: s.id.to_string(),
        kind: s.kind.key(),
        officer: login(s.officer),
        backup: login(s.backup),
        from: s.from,
        to: s.to,
        reason: s.reason.clone(),
        decision: s.decision.as_ref().map(|(number, _)| number.clone()),
        procedures: s.procedures.clone(),
    }
}

/// A backup for an officer's post at the Centre.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BackupInput {
    /// Login of the officer who has the post.
    pub officer: String,
    /// Login of the backup.
    pub backup: String,
    /// The first day.
    pub from: String,
    /// The last day; open when empty.
    pub to: String,
}

/// A line of the list of backups.
#[derive(Debug, Serialize, ToSchema)]
pub struct BackupView {
    pub id: String,
    pub officer: Option<String>,
    pub backup: Option<String>,
    pub from: String,
    pub to: Option<String>,
}

impl BackupView {
    fn of(app: &App, r: &Reserve) -> Self {
        let reference = app.reference();
        let login = |o| reference.officer(o).map(|o| o.login.clone());
        Self {
            id: r.id.to_string(),
            officer: login(r.officer),
            backup: login(r.backup),
            from: r.from.to_string(),
            to: r.to.map(|d| d.to_string()),
        }
    }
}

/// The list of backups (STF-02): the agency's for its head or administrator, a centre's for whoever heads it, else one's own.
#[utoipa::path(
    get, path = "/api/v1/backups", tag = "people", params(After),
    responses((status = 200, body = Vec<BackupView>), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn list_backups(
    State(app): State<App>,
    key: KeyHolder,
    Query(after): Query<After>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let all = listed::seen_by(&app, &key.who).iter().map(|r| BackupView::of(&app, r)).collect();
    let id = |r: &BackupView| r.id.parse::<i64>().unwrap_or(0);
    Ok(page("/api/v1/backups", all, id, after.key()?.as_ref()))
}

/// Names a backup for an officer's post at the Centre.
#[utoipa::path(
    post, path = "/api/v1/backups", tag = "people", request_body = BackupInput,
    params(("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again")),
    responses((status = 201, body = BackupView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn enter_backup(
    State(app): State<App>,
    key: KeyHolder,
    IdempotencyKey(idempotency): IdempotencyKey,
    ApiJson { value: b, text }: ApiJson<BackupInput>,
) -> Result<(StatusCode, Json<BackupView>), ApiError> {
    key.needs(KeyScope::DossierWrite)?;
    let new = listed::typed(&app, &b.officer, &b.backup, &b.from, &b.to)?;
    let once = once(&app, key.principal.clone(), idempotency, &format!("backup {text}"));
    let id = listed::put(&app, &key.who, new.clone(), once).await?;
    Ok((StatusCode::CREATED, Json(BackupView::of(&app, &Reserve { id, ..new }))))
}

/// Takes a backup off the list.
#[utoipa::path(
    post, path = "/api/v1/backups/{id}/endings", tag = "people",
    params(("id" = String, Path, description = "The line of the list"), ("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again")),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn end_backup(
    State(app): State<App>,
    key: KeyHolder,
    Path(id): Path<String>,
    IdempotencyKey(_): IdempotencyKey,
) -> Result<StatusCode, ApiError> {
    key.needs(KeyScope::DossierWrite)?;
    listed::end(&app, &key.who, id.parse().map_err(|_| AppError::NotFound)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

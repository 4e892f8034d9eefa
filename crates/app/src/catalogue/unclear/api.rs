//! Unclear points by API (`/api/v1/unclear_cases`): the same acts as the pages, under the same rules (INT-12; VL 7.1, 7.2).

use super::{
    Question, carry_on, load, newest, open,
    store::{Kept, Said},
};
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    error::{AppError, FieldError},
    http::{
        ApiError, ApiJson, IdempotencyKey, IfMatch, Problem,
        after::{After, PAGE, page},
        once,
    },
    interlink::input,
    reference::Reference,
};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    catalogue::unclear::{Meeting, UnclearAct, UnclearLine, may_do},
    id::Id,
    people::Agency,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, fmt, str::FromStr};
use utoipa::ToSchema;

/// A question about a procedure, to agencies.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UnclearInput {
    /// Code of the procedure.
    pub procedure: String,
    /// What is not clear.
    pub text: String,
    /// Identifiers of the agencies that are asked.
    pub agencies: Vec<String>,
}

/// One line of a thread.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UnclearLineInput {
    /// `say`, `answer`, `invite`, `meet`, `agree` or `drop`.
    pub line: String,
    /// What is said, answered or concluded, or why it is closed.
    pub text: String,
    /// Identifier of the agency that is invited.
    pub agency: String,
    /// The meeting of which `text` is the conclusion.
    pub meeting: Option<MeetingInput>,
}

/// A meeting that was held.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct MeetingInput {
    pub at: String,
    pub place: String,
    /// Name, and agency or capacity after a comma.
    pub participants: Vec<String>,
}

/// A thread as a list tells of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnclearListed {
    pub id: String,
    pub procedure: String,
    pub question: String,
    /// `open`, `answered`, `agreed` or `dropped`.
    pub stage: &'static str,
    #[schema(value_type = String)]
    pub asked_at: Instant,
}

/// A thread with all that was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnclearView {
    pub id: String,
    /// Send it back as `If-Match: "VERSION"`.
    pub version: i64,
    pub procedure: String,
    pub question: String,
    /// `open`, `answered`, `agreed` or `dropped`.
    pub stage: &'static str,
    pub answer: Option<String>,
    /// Identifier of the agency whose answer it is; absent for what a meeting concluded.
    pub answered_by: Option<String>,
    /// Identifiers of the agencies that are asked.
    pub agencies: Vec<String>,
    /// Login of who asked.
    pub asked_by: Option<String>,
    #[schema(value_type = String)]
    pub asked_at: Instant,
    pub lines: Vec<UnclearLineView>,
    /// The lines that this officer may add now.
    pub next: Vec<&'static str>,
}

/// A line of a thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnclearLineView {
    pub line: &'static str,
    pub text: String,
    pub officer: Option<String>,
    pub agency: Option<String>,
    #[schema(value_type = String)]
    pub at: Instant,
    pub meeting: Option<MeetingView>,
}

/// A meeting as it was recorded.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeetingView {
    #[schema(value_type = String)]
    pub at: Instant,
    pub place: String,
    pub participants: Vec<String>,
}

/// The newest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Newest(Reverse<i64>);

impl fmt::Display for Newest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.0)
    }
}

impl FromStr for Newest {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(|id| Self(Reverse(id)))
    }
}

/// The threads in which the key's officer takes part, newest first.
#[utoipa::path(
    get, path = "/api/v1/unclear_cases", tag = "catalogue", params(After),
    responses((status = 200, body = Vec<UnclearListed>), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn list_unclear(
    State(app): State<App>,
    key: KeyHolder,
    Query(after): Query<After>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let after: Option<Newest> = after.key()?;
    let before = after.map_or(i64::MAX, |at| at.0.0);
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1;
    let line = |k: Kept| UnclearListed {
        id: k.id.to_string(),
        procedure: k.code,
        question: k.question,
        stage: k.case.stage.key(),
        asked_at: k.asked_at,
    };
    let all = newest(&app, &key.who, before, most).await?.into_iter().map(line).collect();
    let id = |l: &UnclearListed| Newest(Reverse(l.id.parse().unwrap_or(0)));
    Ok(page("/api/v1/unclear_cases", all, id, after.as_ref()))
}

/// Asks agencies about a procedure before anything is taken in.
#[utoipa::path(
    post, path = "/api/v1/unclear_cases", tag = "catalogue", request_body = UnclearInput,
    params(("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again")),
    responses((status = 201, body = UnclearView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn ask(
    State(app): State<App>,
    key: KeyHolder,
    IdempotencyKey(idempotency): IdempotencyKey,
    ApiJson { value: input, text }: ApiJson<UnclearInput>,
) -> Result<(StatusCode, Json<UnclearView>), ApiError> {
    key.needs(KeyScope::DossierWrite)?;
    let reference = app.reference();
    let mut wrong = Vec::new();
    let code = input.procedure.trim().to_owned();
    if reference.procedure(&code).is_none() {
        let (vi, en) =
            ("Không có thủ tục mang mã này. Xin tìm lại theo tên.", "No procedure has this code. Search by its name.");
        wrong.push(FieldError::new("procedure", "unknown", vi, en));
    }
    let asked: Vec<_> = input.agencies.iter().filter_map(|a| agency(&reference, "agencies", a, &mut wrong)).collect();
    if !wrong.is_empty() {
        return Err(AppError::Fields(wrong).into());
    }
    let once = once(&app, key.principal.clone(), idempotency, &format!("unclear {text}"));
    let id = open(&app, &key.who, once, Question { code, text: input.text, asked }).await?;
    Ok((StatusCode::CREATED, Json(read(&app, &key, &id).await?)))
}

/// One thread with all that was said.
#[utoipa::path(
    get, path = "/api/v1/unclear_cases/{id}", tag = "catalogue",
    params(("id" = String, Path, description = "The thread")),
    responses((status = 200, body = UnclearView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_unclear(
    State(app): State<App>,
    key: KeyHolder,
    Path(id): Path<String>,
) -> Result<Json<UnclearView>, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    Ok(Json(read(&app, &key, &id).await?))
}

/// Adds a line: a message, an answer, another agency, a meeting, the Centre's word, or its closing.
#[utoipa::path(
    post, path = "/api/v1/unclear_cases/{id}/lines", tag = "catalogue", request_body = UnclearLineInput,
    params(
        ("id" = String, Path, description = "The thread"),
        ("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again"),
        ("If-Match" = String, Header, description = "The version last seen, in quotes")
    ),
    responses((status = 200, body = UnclearView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn say(
    State(app): State<App>,
    key: KeyHolder,
    Path(id): Path<String>,
    IdempotencyKey(idempotency): IdempotencyKey,
    IfMatch(version): IfMatch,
    ApiJson { value: input, text }: ApiJson<UnclearLineInput>,
) -> Result<Json<UnclearView>, ApiError> {
    key.needs(KeyScope::DossierWrite)?;
    // Whoever takes no part learns nothing of the thread, nor of what would be wrong with the line.
    read(&app, &key, &id).await?;
    let known: Id<Kept> = id.parse().map_err(|_| AppError::NotFound)?;
    let act = act(&app, input)?;
    let once = once(&app, key.principal.clone(), idempotency, &format!("unclear {known} {version} {text}"));
    carry_on(&app, &key.who, once, known, i64::from(version), act).await?;
    Ok(Json(read(&app, &key, &id).await?))
}

fn agency(reference: &Reference, field: &str, text: &str, wrong: &mut Vec<FieldError>) -> Option<Id<Agency>> {
    let found = reference.agency_by_identifier(text.trim()).map(|a| a.id);
    if found.is_none() {
        let (vi, en) = ("Không có cơ quan mang mã này.", "No agency has this identifier.");
        wrong.push(FieldError::new(field, "unknown", vi, en));
    }
    found
}

fn act(app: &App, input: UnclearLineInput) -> Result<UnclearAct, AppError> {
    let mut wrong = Vec::new();
    let text = input.text.trim().to_owned();
    let act = match UnclearLine::from_key(input.line.trim()) {
        Some(UnclearLine::Say) => Some(UnclearAct::Say(text)),
        Some(UnclearLine::Answer) => Some(UnclearAct::Answer(text)),
        Some(UnclearLine::Agree) => Some(UnclearAct::Agree),
        Some(UnclearLine::Drop) => Some(UnclearAct::Drop(text)),
        Some(UnclearLine::Invite) => {
            agency(&app.reference(), "agency", &input.agency, &mut wrong).map(UnclearAct::Invite)
        }
        Some(UnclearLine::Meet) => {
            let meeting = input.meeting.unwrap_or_default();
            let at = input::moment(app, "meeting.at", &meeting.at, &mut wrong);
            let MeetingInput { place, participants, .. } = meeting;
            at.map(|at| UnclearAct::Meet(Meeting { at, place, participants }, text))
        }
        None => {
            let (vi, en) = (
                "Xin chọn say, answer, invite, meet, agree hoặc drop.",
                "Choose say, answer, invite, meet, agree or drop.",
            );
            wrong.push(FieldError::new("line", "unknown", vi, en));
            None
        }
    };
    act.ok_or(AppError::Fields(wrong))
}

async fn read(app: &App, key: &KeyHolder, id: &str) -> Result<UnclearView, AppError> {
    let id: Id<Kept> = id.parse().map_err(|_| AppError::NotFound)?;
    let (kept, lines) = load(app, &key.who, id).await?;
    let reference = app.reference();
    let identifier = |id: Id<Agency>| reference.agency(id).map(|a| a.identifier.clone());
    let login = |id| reference.officer(id).map(|o| o.login.clone());
    let line = |s: Said| UnclearLineView {
        line: s.line.key(),
        text: s.text,
        officer: login(s.officer),
        agency: identifier(s.agency),
        at: s.at,
        meeting: s.meeting.map(|m| MeetingView { at: m.at, place: m.place, participants: m.participants }),
    };
    Ok(UnclearView {
        id: kept.id.to_string(),
        version: kept.version,
        next: UnclearLine::ALL.iter().filter(|l| may_do(&key.who, &kept.case, **l)).map(|l| l.key()).collect(),
        procedure: kept.code,
        question: kept.question,
        stage: kept.case.stage.key(),
        answer: kept.answer,
        answered_by: kept.answered_by.and_then(identifier),
        agencies: kept.case.asked.iter().filter_map(|a| identifier(*a)).collect(),
        asked_by: login(kept.asked_by),
        asked_at: kept.asked_at,
        lines: lines.into_iter().map(line).collect(),
    })
}

use super::json_answer;
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::{Order, Target, execute, intake_fields, store::Key, view::DossierView},
    error::{AppError, FieldError},
    http::{ApiError, ApiJson, IdempotencyKey, IfMatch, Problem, once},
};
use axum::{extract::Path, response::Response};
use domain::dossier::{ApplicantKind, Command, Decision, Handover, ResultBy, ResultRecord};
use platform::db::Answer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everything that advances a dossier by API: who, which dossier, as last seen, under which key.
pub struct Step {
    app: App,
    key: KeyHolder,
    code: String,
    version: u32,
    idempotency: String,
}

impl axum::extract::FromRequestParts<App> for Step {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut axum::http::request::Parts, app: &App) -> Result<Self, ApiError> {
        let key = KeyHolder::from_request_parts(parts, app).await?;
        key.needs(KeyScope::DossierWrite)?;
        let Path(code) = Path::<String>::from_request_parts(parts, app).await.map_err(|_| AppError::NotFound)?;
        let IdempotencyKey(idempotency) = IdempotencyKey::from_request_parts(parts, app).await?;
        let IfMatch(version) = IfMatch::from_request_parts(parts, app).await?;
        Ok(Self { app: app.clone(), key, code, version, idempotency })
    }
}

impl Step {
    async fn give(self, what: &str, text: &str, command: Command) -> Result<Response, ApiError> {
        let key = Key::parse(&self.code).ok_or(AppError::NotFound)?;
        let said = format!("{what} {} {} {text}", self.code, self.version);
        let once = once(&self.app, self.key.principal.clone(), self.idempotency, &said);
        let order = Order { target: Target::Known { key, version: self.version }, command };
        let who = self.key.who.clone();
        let answer = execute(&self.app, &self.key.who, once, order, move |done, reference| {
            let view = DossierView::of_done(done, &who, reference);
            Answer { status: 200, body: serde_json::to_string(&view).unwrap_or_default() }
        })
        .await?;
        Ok(json_answer(answer))
    }
}

/// A reason in words.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct ReasonInput {
    pub reason: String,
}

/// Nothing more needs saying.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct NothingInput {}

/// To whom.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct AssignInput {
    pub to: AssigneeInput,
}

/// The assignee: login or id of the officer, and the code of the unit if it must be checked.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct AssigneeInput {
    pub unit: Option<String>,
    pub officer: String,
}

/// The appraisal.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct AppraisalInput {
    /// `grant` or `decline`; `grant` when not said.
    pub opinion: Option<String>,
    pub text: String,
}

/// The approval.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct ApprovalInput {
    /// `grant` or `decline`.
    pub decision: String,
    pub reason: Option<String>,
}

/// Back to which step, and why.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct ReturnInput {
    /// Key of the step; the one before when not said.
    pub step: Option<String>,
    pub reason: String,
}

/// The result.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct ResultInput {
    pub number: String,
    /// `2025-10-06` or `06/10/2025`.
    pub date: String,
    pub signer: String,
    /// SHA-256 of uploaded files.
    pub files: Vec<String>,
}

/// The handover.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct HandoverInput {
    /// A name, or `applicant`, `owner`, `proxy`.
    pub to: String,
    pub identity: Option<String>,
    /// The authorisation shown by somebody who is not on the dossier.
    pub authorisation: Option<String>,
    /// `counter`, `post` or `online`; `counter` when not said.
    pub how: Option<String>,
    pub tracking: Option<String>,
}

macro_rules! command {
    ($(#[doc = $doc:literal])+ $name:ident, $input:ty, $path:literal, |$app:ident, $value:ident| $make:expr) => {
        $(#[doc = $doc])+
        #[utoipa::path(
            post, path = $path, tag = "dossier", request_body = $input,
            params(
                ("code" = String, Path, description = "Dossier code, or id while it has no code"),
                ("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again"),
                ("If-Match" = String, Header, description = "The version last seen, in quotes")
            ),
            responses(
                (status = 200, body = DossierView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"),
                (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"),
                (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json"), (status = 503, body = Problem, content_type = "application/problem+json")
            ),
            security(("key" = []))
        )]
        pub async fn $name(step: Step, body: ApiJson<$input>) -> Result<Response, ApiError> {
            let $app = &step.app;
            let $value = body.value;
            let command: Command = $make?;
            let _ = $app;
            step.give(stringify!($name), &body.text, command).await
        }
    };
}

command!(
    /// Takes a draft or a submitted dossier in.
    acceptances, NothingInput, "/api/v1/dossiers/{code}/acceptances",
    |app, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::Accept) }
);
command!(
    /// Refuses with reason, form 03.
    refusals, ReasonInput, "/api/v1/dossiers/{code}/refusals",
    |app, input| Ok::<_, AppError>(Command::Refuse { reason: input.reason })
);
command!(
    /// Gives to an officer, or takes.
    assignments, AssignInput, "/api/v1/dossiers/{code}/assignments",
    |app, input| assign(app, &input.to)
);
command!(
    /// Records the appraisal's opinion.
    appraisals, AppraisalInput, "/api/v1/dossiers/{code}/appraisals",
    |app, input| decision("opinion", input.opinion.as_deref().unwrap_or("grant"))
        .map(|opinion| Command::Appraise { opinion, text: input.text })
);
command!(
    /// Submits for approval.
    submissions, NothingInput, "/api/v1/dossiers/{code}/submissions",
    |app, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::SubmitForApproval) }
);
command!(
    /// Approves or declines.
    approvals, ApprovalInput, "/api/v1/dossiers/{code}/approvals",
    |app, input| decision("decision", &input.decision)
        .map(|decision| Command::Approve { decision, reason: input.reason })
);
command!(
    /// Sends back to an earlier step with a reason.
    returns_to_step, ReturnInput, "/api/v1/dossiers/{code}/returns_to_step",
    |app, input| Ok::<_, AppError>(Command::ReturnToStep { step: input.step, reason: input.reason })
);
command!(
    /// Enters the result.
    results, ResultInput, "/api/v1/dossiers/{code}/results",
    |app, input| result(&input)
);
command!(
    /// Hands the result over to the applicant.
    handovers, HandoverInput, "/api/v1/dossiers/{code}/handovers",
    |app, input| handover(&input)
);

fn assign(app: &App, to: &AssigneeInput) -> Result<Command, AppError> {
    let reference = app.reference();
    let asked = to.officer.trim();
    let found = reference.officers().find(|o| o.login == asked || o.id.to_string() == asked);
    let Some(officer) = found.filter(|o| o.active) else {
        let (vi, en) = ("Không có cán bộ mang tên đăng nhập này.", "No officer has this login.");
        return Err(AppError::field("to.officer", "unknown", vi, en));
    };
    let unit = match to.unit.as_deref().map(str::trim).filter(|u| !u.is_empty()) {
        None => None,
        Some(code) => {
            let unit = reference.units_of(officer.who.agency).find(|u| u.code == code || u.id.to_string() == code);
            let (vi, en) =
                ("Cơ quan của cán bộ không có phòng mang mã này.", "The officer's agency has no unit of this code.");
            Some(unit.ok_or_else(|| AppError::field("to.unit", "unknown", vi, en))?.id)
        }
    };
    Ok(Command::Assign { unit, officer: officer.id })
}

/// `grant` or `decline`.
pub fn decision(field: &str, key: &str) -> Result<Decision, AppError> {
    match key.trim() {
        "grant" => Ok(Decision::Grant),
        "decline" => Ok(Decision::Decline),
        _ => Err(AppError::field(field, "unknown", "Xin chọn đồng ý hoặc không đồng ý.", "Choose grant or decline.")),
    }
}

/// The result with every field checked.
pub fn result(input: &ResultInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let number = intake_fields::line(&input.number);
    let signer = intake_fields::line(&input.signer);
    if number.is_empty() {
        wrong.push(FieldError::missing(
            "number",
            "Xin ghi số của kết quả, ví dụ 123/GPXD.",
            "Give the number of the result.",
        ));
    }
    if signer.is_empty() {
        wrong.push(FieldError::missing("signer", "Xin ghi người ký.", "Give the signer."));
    }
    let date = intake_fields::day(&input.date);
    if date.is_none() {
        let (vi, en) = ("Ngày chưa đúng, ví dụ 06/10/2025.", "Not a date, for example 06/10/2025.");
        wrong.push(FieldError::new("date", "invalid", vi, en));
    }
    match date.filter(|_| wrong.is_empty()) {
        Some(date) => Ok(Command::RecordResult(ResultRecord { number, date, signer, files: input.files.clone() })),
        None => Err(AppError::Fields(wrong)),
    }
}

/// The handover with every field checked.
pub fn handover(input: &HandoverInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let to = intake_fields::line(&input.to);
    if to.is_empty() {
        wrong.push(FieldError::missing("to", "Xin ghi người nhận kết quả.", "Say who receives the result."));
    }
    let identity = intake_fields::identity(input.identity.as_deref(), ApplicantKind::Organisation, "", &mut wrong);
    for e in &mut wrong {
        if e.field == ".identity" {
            *e = FieldError { field: "identity".into(), ..e.clone() };
        }
    }
    let how = input.how.as_deref().map(str::trim).filter(|h| !h.is_empty()).unwrap_or("counter");
    let Some(how) = ResultBy::from_key(how) else {
        let (vi, en) = ("Xin chọn cách trả kết quả.", "Choose how the result is handed over.");
        wrong.push(FieldError::new("how", "unknown", vi, en));
        return Err(AppError::Fields(wrong));
    };
    if !wrong.is_empty() {
        return Err(AppError::Fields(wrong));
    }
    let said = |t: &Option<String>| t.as_deref().map(intake_fields::line).filter(|t| !t.is_empty());
    Ok(Command::HandOver(Handover {
        to,
        identity,
        authorisation: said(&input.authorisation),
        how,
        tracking: said(&input.tracking),
    }))
}

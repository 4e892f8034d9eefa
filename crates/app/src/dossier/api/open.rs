use super::json_answer;
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::{Order, Target, execute, intake_fields, view::DossierView},
    error::AppError,
    http::{ApiError, ApiJson, IdempotencyKey, Problem, once, replayed},
};
use axum::{extract::State, response::Response};
use domain::{catalogue::Channel, dossier::Command};
use platform::db::Answer;

/// Opens a dossier: taken in at once at the counter and by post, submitted when online, kept when a draft.
#[utoipa::path(
    post, path = "/api/v1/dossiers", tag = "dossier", request_body = intake_fields::IntakeInput,
    params(("Idempotency-Key" = String, Header, description = "The same key and body give the first answer again")),
    responses(
        (status = 201, body = DossierView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")
    ),
    security(("key" = []))
)]
pub async fn open_dossier(
    State(app): State<App>,
    key: KeyHolder,
    IdempotencyKey(idempotency): IdempotencyKey,
    body: ApiJson<intake_fields::IntakeInput>,
) -> Result<Response, ApiError> {
    key.needs_or_portal(KeyScope::DossierWrite)?;
    let once = once(&app, key.principal.clone(), idempotency, &format!("open {}", body.text));
    let order = match understood(&app, &key, body.value).await {
        Ok(order) => order,
        Err(fault) => return Ok(json_answer(replayed(&app, once, fault).await?)),
    };
    let (app_, who) = (app.clone(), key.who.clone());
    let answer = execute(&app, &key.who, once, order, move |done| Answer {
        status: 201,
        body: serde_json::to_string(&done.view(&app_, &who)).unwrap_or_default(),
    })
    .await?;
    Ok(json_answer(answer))
}

/// What was sent, by today's procedures, agencies and centres.
async fn understood(app: &App, key: &KeyHolder, input: intake_fields::IntakeInput) -> Result<Order, AppError> {
    let governing = intake_fields::governing(app, &input.procedure).await?;
    let parsed = intake_fields::intake(&input, &key.who, &app.reference(), &app.profile, &governing)?;
    let command = match parsed.intake.channel {
        _ if input.draft => Command::Draft { intake: parsed.intake, received_at: parsed.received_at },
        Channel::Online => Command::Submit(parsed.intake),
        Channel::Counter | Channel::Post | Channel::PostEmployee => {
            Command::TakeIn { intake: parsed.intake, received_at: parsed.received_at, fees: parsed.fees }
        }
    };
    Ok(Order { target: Target::New(Box::new(parsed.people)), command })
}

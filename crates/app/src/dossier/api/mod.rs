//! The dossier by API (`/api/v1/dossiers`): the same commands as the pages, under the same rules.

mod advance;
mod inbox;
mod look;
mod open;
mod proposals;
mod read;

pub use advance::*;
pub use inbox::*;
pub use look::*;
pub use open::*;
pub use proposals::*;
pub use read::*;

use crate::app::App;
use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use platform::db::Answer;
use serde::Deserialize;

/// The routes under `/api/v1`.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/inbox", get(read_inbox))
        .route("/api/v1/dossiers", post(open_dossier))
        .route("/api/v1/dossiers/{code}", get(read_dossier))
        .route("/api/v1/dossiers/{code}/events", get(read_events))
        .route("/api/v1/dossiers/{code}/proposals", get(read_proposals))
        .route("/api/v1/dossiers/{code}/answers", get(read_answers))
        .route("/api/v1/dossiers/{code}/acceptances", post(acceptances))
        .route("/api/v1/dossiers/{code}/refusals", post(refusals))
        .route("/api/v1/dossiers/{code}/guidance_requests", post(guidance_requests))
        .route("/api/v1/dossiers/{code}/supplement_requests", post(supplement_requests))
        .route("/api/v1/dossiers/{code}/supplements", post(supplements))
        .route("/api/v1/dossiers/{code}/suspensions", post(suspensions))
        .route("/api/v1/dossiers/{code}/resumptions", post(resumptions))
        .route("/api/v1/dossiers/{code}/fee_requests", post(fee_requests))
        .route("/api/v1/dossiers/{code}/payments", post(payments))
        .route("/api/v1/dossiers/{code}/fee_cancellations", post(fee_cancellations))
        .route("/api/v1/dossiers/{code}/urgings", post(urgings))
        .route("/api/v1/dossiers/{code}/urging_answers", post(urging_answers))
        .route("/api/v1/dossiers/{code}/stops", post(stops))
        .route("/api/v1/dossiers/{code}/withdrawals", post(withdrawals))
        .route("/api/v1/dossiers/{code}/apologies", post(apologies))
        .route("/api/v1/dossiers/{code}/explanations", post(explanations))
        .route("/api/v1/dossiers/{code}/date_adjustments", post(date_adjustments))
        .route("/api/v1/dossiers/{code}/overdue_causes", post(overdue_causes))
        .route("/api/v1/dossiers/{code}/assignments", post(assignments))
        .route("/api/v1/dossiers/{code}/appraisals", post(appraisals))
        .route("/api/v1/dossiers/{code}/submissions", post(submissions))
        .route("/api/v1/dossiers/{code}/approvals", post(approvals))
        .route("/api/v1/dossiers/{code}/returns_to_step", post(returns_to_step))
        .route("/api/v1/dossiers/{code}/undos", post(undos))
        .route("/api/v1/dossiers/{code}/results", post(results))
        .route("/api/v1/dossiers/{code}/handovers", post(handovers))
        .route("/api/v1/dossiers/{code}/late_confirmations", post(late_confirmations))
        .route("/api/v1/dossiers/{code}/consultations", post(consultations))
        .route("/api/v1/dossiers/{code}/consultations/{id}/replies", post(consultation_replies))
        .route("/api/v1/dossiers/{code}/consultations/{id}/reports", post(consultation_reports))
        .route("/api/v1/dossiers/{code}/verifications", post(verifications))
        .route("/api/v1/dossiers/{code}/visits", get(read_visits).post(visits))
        .route("/api/v1/dossiers/{code}/visits/{id}/postponements", post(visit_postponements))
        .route("/api/v1/dossiers/{code}/visits/{id}/cancellations", post(visit_cancellations))
        .route("/api/v1/dossiers/{code}/children", post(children))
        .route("/api/v1/dossiers/{code}/children/{id}/transfers", post(child_transfers))
        .route("/api/v1/dossiers/{code}/children/{id}/assignments", post(child_assignments))
        .route("/api/v1/dossiers/{code}/children/{id}/results", post(child_results))
        .route("/api/v1/dossiers/{code}/children/{id}/recalls", post(child_recalls))
        .route("/api/v1/dossiers/{code}/children/{id}/due_dates", post(child_due_dates))
        .route("/api/v1/dossiers/{code}/consultations/{id}/recalls", post(consultation_recalls))
        .route("/api/v1/dossiers/{code}/consultations/{id}/due_dates", post(consultation_due_dates))
}

/// All that is read again of an answer.
#[derive(Deserialize)]
struct Versioned {
    version: Option<u64>,
}

/// An answer that was kept beside its key, as JSON with its version as `ETag`.
fn json_answer(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let version = serde_json::from_str::<Versioned>(&answer.body).ok().and_then(|v| v.version);
    let mut response = (status, [(header::CONTENT_TYPE, "application/json")], answer.body).into_response();
    if let Some(tag) = version.and_then(|v| HeaderValue::from_str(&format!("\"{v}\"")).ok()) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

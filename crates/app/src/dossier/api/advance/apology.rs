//! Lateness: the agency's explanation, the apology with its new date, the cause.

use super::{NothingInput, Step};
use crate::{
    app::App,
    dossier::{intake_fields, view::DossierView},
    error::AppError,
    http::{ApiError, ApiJson, Problem},
};
use axum::response::Response;
use domain::dossier::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An apology with its new date.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ApologyInput {
    /// Why; the agency's explanation stands in where the Centre apologises.
    pub reason: String,
    /// A day (its closing time) or a moment; the explanation's stands in.
    pub new_due_at: Option<String>,
    /// SHA-256 of the signed letter as it was scanned and uploaded; needed where the province says so.
    pub files: Vec<String>,
    /// Known to come too late: it goes to the Centre for confirmation and is recorded as a breach.
    pub late: bool,
}

/// The agency's explanation to the Centre.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ExplanationInput {
    pub reason: String,
    /// A day (its closing time) or a moment that the agency can keep.
    pub new_due_at: String,
}

/// An urging.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UrgingInput {
    pub text: String,
    /// A day (its closing time) or a moment until which the agency answers in writing.
    pub answer_by: String,
}

/// The agency's answer to an urging.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UrgingAnswerInput {
    /// Number of the urging within the dossier.
    pub id: String,
    /// Why it is late, and by when it will be done.
    pub text: String,
}

/// Why a dossier is overdue.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CauseInput {
    pub cause: String,
    /// The law knows the reason; without one the dossier is published.
    pub justified: bool,
}

command!(
    /// Apologises and appoints a new date, form 04.
    apologies, ApologyInput, "/api/v1/dossiers/{code}/apologies",
    |app, input| apology(app, input)
);
command!(
    /// Explains lateness to the Centre, which will apologise.
    explanations, ExplanationInput, "/api/v1/dossiers/{code}/explanations",
    |app, input| explanation(app, input)
);
command!(
    /// Adjusts the date by the agency's apology, where the Centre does so.
    date_adjustments, NothingInput, "/api/v1/dossiers/{code}/date_adjustments",
    |app, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::AdjustDate) }
);
command!(
    /// Urges whoever has the dossier, for the Centre or a leader.
    urgings, UrgingInput, "/api/v1/dossiers/{code}/urgings",
    |app, input| urging(app, input)
);
command!(
    /// Answers an urging for the agency that has the dossier.
    urging_answers, UrgingAnswerInput, "/api/v1/dossiers/{code}/urging_answers",
    |app, input| urging_answer(input)
);
command!(
    /// Records why the dossier is overdue.
    overdue_causes, CauseInput, "/api/v1/dossiers/{code}/overdue_causes",
    |app, input| Ok::<_, AppError>(Command::ExplainOverdue { cause: input.cause, justified: input.justified })
);

fn apology(app: &App, input: ApologyInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let said = input.new_due_at.as_deref().filter(|t| !t.trim().is_empty());
    let new_due_at = said.and_then(|text| intake_fields::day_or_moment(app, "new_due_at", text, &mut wrong));
    if !wrong.is_empty() {
        return Err(AppError::Fields(wrong));
    }
    Ok(Command::Apologise { reason: input.reason, new_due_at, files: input.files, late: input.late })
}

fn urging(app: &App, input: UrgingInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let date = intake_fields::day_or_moment(app, "answer_by", &input.answer_by, &mut wrong);
    date.map(|answer_by| Command::Urge { text: input.text, answer_by }).ok_or(AppError::Fields(wrong))
}

fn urging_answer(input: UrgingAnswerInput) -> Result<Command, AppError> {
    let id = input.id.trim().parse().map_err(|_| {
        let (vi, en) = ("Xin ghi số của lần đôn đốc, ví dụ 1.", "Give the number of the urging, for example 1.");
        AppError::field("id", "invalid", vi, en)
    })?;
    Ok(Command::AnswerUrging { id, text: input.text })
}

fn explanation(app: &App, input: ExplanationInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let date = intake_fields::day_or_moment(app, "new_due_at", &input.new_due_at, &mut wrong);
    date.map(|new_due_at| Command::Explain { reason: input.reason, new_due_at }).ok_or(AppError::Fields(wrong))
}

//! Assigning, appraising, approving, sending back.

use super::{NothingInput, Step};
use crate::{
    app::App,
    dossier::view::DossierView,
    error::AppError,
    http::{ApiError, ApiJson, Problem},
};
use axum::response::Response;
use domain::dossier::{Command, Decision};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// To whom.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AssignInput {
    pub to: AssigneeInput,
}

/// The assignee: login or id of the officer, and the code of the unit if it must be checked.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AssigneeInput {
    pub unit: Option<String>,
    pub officer: String,
}

/// The appraisal.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AppraisalInput {
    /// `grant` or `decline`; it must be said.
    pub opinion: String,
    pub text: String,
}

/// The approval.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ApprovalInput {
    /// `grant` or `decline`.
    pub decision: String,
    pub reason: Option<String>,
}

/// Back to which step, and why.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReturnInput {
    /// Key of the step; the one before when not said.
    pub step: Option<String>,
    pub reason: String,
}

command!(
    /// Gives to an officer, or takes.
    assignments, AssignInput, "/api/v1/dossiers/{code}/assignments",
    |app, input| assign(app, &input.to)
);
command!(
    /// Records the appraisal's opinion.
    appraisals, AppraisalInput, "/api/v1/dossiers/{code}/appraisals",
    |app, input| decision("opinion", &input.opinion)
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
    /// Takes back the own last act while nothing has left the agency.
    undos, NothingInput, "/api/v1/dossiers/{code}/undos",
    |app, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::Undo) }
);

fn assign(app: &App, to: &AssigneeInput) -> Result<Command, AppError> {
    let reference = app.reference();
    let asked = to.officer.trim();
    let by_id = asked.parse().ok().and_then(|id| reference.officer(id));
    let found = by_id.or_else(|| reference.officers().find(|o| o.login == asked));
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

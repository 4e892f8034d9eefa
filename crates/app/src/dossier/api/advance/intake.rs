//! Taking in and refusing.

use super::{NothingInput, Step};
use crate::{
    dossier::{
        intake_fields::{FeeInput, asked},
        view::DossierView,
    },
    error::AppError,
    http::{ApiError, ApiJson, Problem},
};
use axum::response::Response;
use domain::dossier::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked for with an acceptance; nothing in the everyday case.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AcceptanceInput {
    /// Lines of the published schedule (FEE-01).
    pub fees: Vec<FeeInput>,
    /// When they are paid: `at_return`, or `now`, before the work goes on; `at_return` when not said.
    pub fees_when: Option<String>,
    /// Number of the receipt, where they are paid already.
    pub fees_proof: Option<String>,
}

/// A refusal.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RefusalInput {
    pub reason: String,
    /// The competent agency and how to reach it, printed as a line of its own; what the catalogue says when not said.
    pub directions: Option<String>,
    /// SHA-256 of the signed notice as it was scanned and uploaded; needed after acceptance where the province says so.
    pub files: Vec<String>,
}

command!(
    /// A second officer confirms that a dossier entered after an outage was taken in as it says (INT-13).
    late_confirmations, NothingInput, "/api/v1/dossiers/{code}/late_confirmations",
    |app, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::ConfirmLate) }
);
command!(
    /// Takes a draft or a submitted dossier in.
    acceptances, AcceptanceInput, "/api/v1/dossiers/{code}/acceptances",
    |app, input| {
        let AcceptanceInput { fees, fees_when, fees_proof } = input;
        let mut wrong = Vec::new();
        let fees = asked((&fees, fees_when.as_deref(), fees_proof.as_deref()), &mut wrong);
        if wrong.is_empty() { Ok(Command::Accept { fees }) } else { Err(AppError::Fields(wrong)) }
    }
);
command!(
    /// Refuses with reason, form 03.
    refusals, RefusalInput, "/api/v1/dossiers/{code}/refusals",
    |app, input| {
        let RefusalInput { reason, directions, files } = input;
        Ok::<_, AppError>(Command::Refuse { reason, directions, files })
    }
);

//! Taking in and refusing.

use super::{NothingInput, Step};
use crate::{
    dossier::view::DossierView,
    error::AppError,
    http::{ApiError, ApiJson, Problem},
};
use axum::response::Response;
use domain::dossier::Command;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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
    acceptances, NothingInput, "/api/v1/dossiers/{code}/acceptances",
    |app, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::Accept) }
);
command!(
    /// Refuses with reason, form 03.
    refusals, RefusalInput, "/api/v1/dossiers/{code}/refusals",
    |app, input| {
        let RefusalInput { reason, directions, files } = input;
        Ok::<_, AppError>(Command::Refuse { reason, directions, files })
    }
);

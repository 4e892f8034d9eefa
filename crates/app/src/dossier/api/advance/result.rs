//! The result and its handover.

use super::Step;
use crate::{
    dossier::{intake_fields, view::DossierView},
    error::{AppError, FieldError},
    http::{ApiError, ApiJson, Problem},
};
use axum::response::Response;
use domain::dossier::{ApplicantKind, Command, Handover, ResultBy, ResultRecord};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The result.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
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
#[serde(default, deny_unknown_fields)]
pub struct HandoverInput {
    /// A name, or `applicant`, `owner`, `proxy`.
    pub to: String,
    pub identity: Option<String>,
    /// The authorisation shown by somebody who is not on the dossier.
    pub authorisation: Option<String>,
    /// `counter`, `post` or `online`; `counter` when not said.
    pub how: Option<String>,
    pub tracking: Option<String>,
    /// Why the receiver cannot show the receipt; leave it out when it was shown.
    pub without_slip: Option<String>,
    /// The originals were compared: needed for a partly online dossier where the province says so.
    pub originals_compared: bool,
}

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
        without_slip: input.without_slip.as_deref().map(intake_fields::line),
        originals_compared: input.originals_compared,
        signature: None,
    }))
}

//! What makes the clock stand or ends it: fees, suspension, stop, withdrawal.

use super::{NothingInput, ReasonInput, RefusalInput, Step};
use crate::{
    app::App,
    dossier::{intake_fields, view::DossierView},
    error::{AppError, FieldError},
    http::{ApiError, ApiJson, Problem},
};
use axum::response::Response;
use domain::dossier::{Command, FeeMoment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A suspension.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SuspensionInput {
    pub reason: String,
    /// The day or moment at which it goes on at the latest.
    pub until: String,
}

/// A fee to be paid.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FeeInput {
    /// In đồng.
    pub amount: i64,
    pub reason: String,
    /// `now` (the dossier waits for it) or `at_return`; `now` when not said.
    pub when: Option<String>,
}

/// The proof of payment.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PaymentInput {
    /// In đồng.
    pub amount: i64,
    /// The time of the success notice, when that is earlier than now.
    pub paid_at: Option<String>,
    /// Number of the receipt or of the transfer.
    pub proof: String,
}

command!(
    /// Suspends with reason and end.
    suspensions, SuspensionInput, "/api/v1/dossiers/{code}/suspensions",
    |app, input| suspension(app, input)
);
command!(
    /// Goes on after a suspension.
    resumptions, NothingInput, "/api/v1/dossiers/{code}/resumptions",
    |app, nothing| { let _: NothingInput = nothing; Ok::<_, AppError>(Command::Resume) }
);
command!(
    /// Asks for a fee.
    fee_requests, FeeInput, "/api/v1/dossiers/{code}/fee_requests",
    |app, input| fee(input)
);
command!(
    /// Records the proof of payment.
    payments, PaymentInput, "/api/v1/dossiers/{code}/payments",
    |app, input| payment(input)
);
command!(
    /// Takes back a fee that was asked by mistake; the right one is asked anew.
    fee_cancellations, ReasonInput, "/api/v1/dossiers/{code}/fee_cancellations",
    |app, input| Ok::<_, AppError>(Command::CancelFee { reason: input.reason })
);
command!(
    /// Stops with a written notice.
    stops, RefusalInput, "/api/v1/dossiers/{code}/stops",
    |app, input| Ok::<_, AppError>(Command::Stop { reason: input.reason, files: input.files })
);
command!(
    /// The applicant withdraws.
    withdrawals, ReasonInput, "/api/v1/dossiers/{code}/withdrawals",
    |app, input| Ok::<_, AppError>(Command::Withdraw { reason: input.reason })
);

fn suspension(app: &App, input: SuspensionInput) -> Result<Command, AppError> {
    let mut wrong = Vec::new();
    let until = intake_fields::day_or_moment(app, "until", &input.until, &mut wrong);
    until.map(|until| Command::Suspend { reason: input.reason, until }).ok_or(AppError::Fields(wrong))
}

fn fee(input: FeeInput) -> Result<Command, AppError> {
    let when = match input.when.as_deref().map(str::trim).unwrap_or_default() {
        "" | "now" => FeeMoment::Now,
        "at_return" => FeeMoment::AtReturn,
        _ => {
            let (vi, en) = ("Xin chọn nộp ngay hoặc nộp khi trả kết quả.", "Choose now or at_return.");
            return Err(AppError::field("when", "unknown", vi, en));
        }
    };
    Ok(Command::RequireFee { amount: input.amount, reason: input.reason, when })
}

fn payment(input: PaymentInput) -> Result<Command, AppError> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let paid_at = intake_fields::moment("paid_at", input.paid_at.as_deref(), &mut wrong);
    if !wrong.is_empty() {
        return Err(AppError::Fields(wrong));
    }
    Ok(Command::RecordPayment { amount: input.amount, paid_at, proof: input.proof })
}

use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// When a fee must be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeMoment {
    /// Before the work goes on: the dossier waits (FEE-03).
    Now,
    /// Before the result is handed over (RES-02).
    AtReturn,
}

/// A fee that the applicant owes or has paid: a plain record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeOwed {
    /// In đồng.
    pub amount: i64,
    /// What it is for.
    pub reason: String,
    /// When it must be paid.
    pub when: FeeMoment,
    /// When it was asked.
    pub asked_at: Instant,
    /// When it was paid: the time of the success notice (FEE-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Instant>,
    /// The proof: number of the receipt or of the transfer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// When it was taken back: asked by mistake, nobody owes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<Instant>,
}

impl FeeOwed {
    /// Neither paid nor taken back.
    pub const fn is_open(&self) -> bool {
        self.paid_at.is_none() && self.cancelled_at.is_none()
    }
}

use crate::{
    catalogue::{FeeKind, FeeLine, fee_case},
    time::Instant,
};
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

/// Fees of the published schedule that the counter asks for when it takes a dossier in (FEE-01, FEE-02).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeFees {
    /// The lines that fit the dossier.
    pub lines: Vec<ChosenFee>,
    /// When they must be paid.
    pub when: FeeMoment,
    /// Number of the receipt, where they were paid at the counter just now.
    pub proof: Option<String>,
}

impl IntakeFees {
    /// Each line as a fee: its amount in đồng where somebody could pay it, and what it is for.
    pub fn each(&self) -> Vec<(Option<i64>, String)> {
        self.lines.iter().map(|line| (line.sum(), line.words())).collect()
    }
    /// All lines as one fee; none where there is no line.
    pub fn together(&self) -> Option<(Option<i64>, String)> {
        let words: Vec<String> = self.lines.iter().map(ChosenFee::words).collect();
        let sum = self.lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.sum()?));
        (!words.is_empty()).then(|| (sum, words.join("; ")))
    }
}

/// One line of the published schedule, so many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenFee {
    /// What it is in law.
    pub kind: FeeKind,
    /// Text beside it, as published.
    pub text: String,
    /// For one, in đồng, as published.
    pub amount: i64,
    /// How many: sheets, copies, persons; at least 1.
    pub quantity: u32,
}

impl ChosenFee {
    /// Whether this is the published line.
    pub fn is(&self, line: &FeeLine) -> bool {
        (self.kind, Some(self.amount), self.text.trim()) == (line.kind, line.amount, line.text.trim())
    }
    /// What it makes, in đồng; `None` when that is no amount that anybody could pay.
    pub fn sum(&self) -> Option<i64> {
        self.amount.checked_mul(i64::from(self.quantity)).filter(|sum| *sum > 0)
    }
    /// What it is for, as the dossier keeps it: "Lệ phí: cấp bản sao trích lục × 3".
    pub fn words(&self) -> String {
        let (kind, text) = (self.kind.words().0, fee_case(&self.text));
        let named = if text.is_empty() { kind.to_owned() } else { format!("{kind}: {text}") };
        if self.quantity > 1 { format!("{named} × {}", self.quantity) } else { named }
    }
}

//! The fees asked for with a dossier, from what was typed or sent.

use super::IntakeInput;
use crate::error::FieldError;
use domain::{
    catalogue::{Channel, FeeKind},
    dossier::{ChosenFee, FeeMoment, IntakeFees},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A line of the published schedule, so many times.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FeeInput {
    /// `fee` (phí), `charge` (lệ phí) or `price` (giá dịch vụ).
    pub kind: String,
    /// The text beside it, as the catalogue has it.
    pub text: String,
    /// For one, in đồng, as the catalogue has it.
    pub amount: i64,
    /// How many, 1 to 999; 1 when not said.
    pub quantity: u32,
}

impl Default for FeeInput {
    fn default() -> Self {
        Self { kind: String::new(), text: String::new(), amount: 0, quantity: 1 }
    }
}

pub(super) fn read(input: &IntakeInput, wrong: &mut Vec<FieldError>) -> Option<IntakeFees> {
    if !input.fees.is_empty() && (input.draft || input.channel == Channel::Online.as_str()) {
        let (vi, en) = (
            "Phí được chọn khi tiếp nhận hồ sơ; hồ sơ này chưa được tiếp nhận.",
            "Fees are chosen when a dossier is taken in; this one is not yet.",
        );
        wrong.push(FieldError::new("fees", "not_here", vi, en));
    }
    asked((&input.fees, input.fees_when.as_deref(), input.fees_proof.as_deref()), wrong)
}

/// What is asked for, from the lines that were chosen, when they are paid, and the number of the receipt.
pub fn asked(
    (fees, when, proof): (&[FeeInput], Option<&str>, Option<&str>),
    wrong: &mut Vec<FieldError>,
) -> Option<IntakeFees> {
    if fees.is_empty() {
        return None;
    }
    let lines = fees.iter().enumerate().filter_map(|(nth, fee)| line(nth, fee, wrong)).collect();
    let when = match when.map(str::trim) {
        None | Some("" | "at_return") => FeeMoment::AtReturn,
        Some("now") => FeeMoment::Now,
        Some(_) => {
            let (vi, en) = ("Xin chọn khi nào nộp phí, lệ phí.", "Choose when the fees are paid.");
            wrong.push(FieldError::new("fees_when", "unknown", vi, en));
            FeeMoment::AtReturn
        }
    };
    let proof = proof.map(super::line);
    if proof.as_deref().is_some_and(str::is_empty) {
        let (vi, en) = ("Xin ghi số biên lai của khoản đã thu.", "Give the number of the receipt.");
        wrong.push(FieldError::missing("fees_proof", vi, en));
    }
    Some(IntakeFees { lines, when, proof })
}

fn line(nth: usize, fee: &FeeInput, wrong: &mut Vec<FieldError>) -> Option<ChosenFee> {
    let kind = FeeKind::from_key(fee.kind.trim());
    if kind.is_none() {
        let (vi, en) =
            ("Loại khoản thu chưa đúng: phí, lệ phí hoặc giá dịch vụ.", "Not a kind of fee: fee, charge or price.");
        wrong.push(FieldError::new(format!("fees.{nth}.kind"), "unknown", vi, en));
    }
    let quantity = times(Some(fee.quantity), format!("fees.{nth}.quantity"), wrong);
    Some(ChosenFee { kind: kind?, text: fee.text.trim().to_owned(), amount: fee.amount, quantity })
}

/// How many times a line is asked for, 1 to 999; 1 beside the fault where it is no such number.
pub fn times(said: Option<u32>, field: String, wrong: &mut Vec<FieldError>) -> u32 {
    let quantity = said.filter(|n| (1..=999).contains(n));
    if quantity.is_none() {
        let (vi, en) = ("Số lượng là số từ 1 đến 999.", "The number is between 1 and 999.");
        wrong.push(FieldError::new(field, "invalid", vi, en));
    }
    quantity.unwrap_or(1)
}

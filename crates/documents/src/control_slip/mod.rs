//! Form 05 (06 under Thông tư 03/2025): Phiếu kiểm soát quá trình giải quyết hồ sơ (FLW-02).

use crate::form_set::FormSet;
use crate::parts::{BookEntry, Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The slip that follows the dossier from hand to hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlSlip {
    /// The circular that numbers the form.
    pub form_set: FormSet,
    /// Who issues the slip.
    pub letterhead: Letterhead,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// Entry in the register, where the centre keeps one.
    pub book_entry: Option<BookEntry>,
    /// Whose dossier it is.
    pub owner: String,
    /// What is asked for.
    pub request: String,
    /// When the dossier was taken in, local time.
    pub received_at: DateTime,
    /// When the result is due, local time.
    pub due_at: Option<DateTime>,
    /// The agency (unit) that handles the dossier.
    pub agency: String,
    /// The agencies that take part.
    pub participants: Vec<String>,
    /// The hand-overs in order, those to come included.
    pub steps: Vec<ControlStep>,
}

impl Slip for ControlSlip {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("control_slip.typ")
    }
}

/// One passing on of the dossier. What has not happened yet prints as dotted lines to be filled in by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlStep {
    /// The agency or unit that gives.
    pub from: String,
    /// The agency or unit that receives.
    pub to: String,
    /// When the dossier passed, local time.
    pub at: Option<DateTime>,
    /// The officer who gave.
    pub giver: Option<String>,
    /// The officer who received.
    pub receiver: Option<String>,
    /// How the giver's part of the work ended.
    pub outcome: Option<Outcome>,
    /// Ghi chú.
    pub note: Option<String>,
}

/// How a step ended against its own time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Trước hạn.
    Early,
    /// Đúng hạn.
    OnTime,
    /// Quá hạn.
    Overdue,
}

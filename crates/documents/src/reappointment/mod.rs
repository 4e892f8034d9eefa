//! Thông báo điều chỉnh thời gian trả kết quả: the due date moved, and why: the clock began again, ran on, or the calendar changed.

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead, Party};
use crate::receipt::Lookup;
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The notice of a new appointment. An apology has a form of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reappointment {
    /// The circular in force; it has no number for this notice.
    pub form_set: FormSet,
    /// Who issues the notice.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/TBHL-tinh`.
    pub number: Option<String>,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// The centre that took the dossier in.
    pub centre: String,
    /// Whose dossier it is.
    pub owner: Party,
    /// What is asked for.
    pub request: String,
    /// When the dossier was taken in, local time.
    pub received_at: DateTime,
    /// The date that stood on the receipt or on the last notice, local time.
    pub old_due_at: Option<DateTime>,
    /// The date that holds now, local time.
    pub new_due_at: DateTime,
    /// Why, in one sentence.
    pub reason: String,
    /// How the date was counted, line by line.
    pub lines: Vec<ClockLine>,
    /// How to follow the dossier.
    pub lookup: Lookup,
    /// Who else gets the notice (Nơi nhận).
    pub recipients: Vec<String>,
    /// The officer who issues it.
    pub officer: String,
}

/// A line of the dossier's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockLine {
    /// When it happened, local time.
    pub at: DateTime,
    /// What happened, in words.
    pub text: String,
    /// The rule, such as `Điều 16.1e`.
    pub article: Option<String>,
    /// The due date from then on, local time; `None` while the clock stands.
    pub due_at: Option<DateTime>,
}

impl Slip for Reappointment {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("reappointment.typ")
    }
}

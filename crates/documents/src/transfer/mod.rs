//! Phiếu chuyển xử lý hồ sơ: what each agency does and until when, as the dossier goes along (ILK-01, ILK-02).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The slip that passes an interlinked dossier on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The circular in force; it has no number for this slip.
    pub form_set: FormSet,
    /// Who passes on.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/PC-STC`.
    pub number: Option<String>,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// Whose dossier it is.
    pub owner: String,
    /// What is asked for.
    pub request: String,
    /// When the dossier was taken in, local time.
    pub received_at: DateTime,
    /// When the whole result is due, local time.
    pub due_at: Option<DateTime>,
    /// One agency after the other, or all at once.
    pub travel: Travel,
    /// Who gives: agency or unit.
    pub from: String,
    /// Who receives: agency or unit.
    pub to: String,
    /// The agencies in the order set at intake (seed 002, Điều 6.4đ).
    pub legs: Vec<Leg>,
    /// The papers that go along, in words; empty when only data goes.
    pub enclosed: Vec<String>,
    /// Ghi chú.
    pub note: Option<String>,
    /// When it was passed on, local time; `None` prints as a line to fill in.
    pub passed_at: Option<DateTime>,
    /// The officer who gives.
    pub giver: Option<String>,
    /// The officer who receives.
    pub receiver: Option<String>,
}

/// How an interlinked dossier goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Travel {
    /// Paper: each agency passes on to the next.
    Serial,
    /// Electronic: all agencies have it at once.
    Parallel,
}

/// The part of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The agency.
    pub agency: String,
    /// Whether it leads (chủ trì).
    pub lead: bool,
    /// What it does.
    pub work: String,
    /// Until when, local time.
    pub due_at: Option<DateTime>,
}

impl Slip for Transfer {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("transfer.typ")
    }
}

//! Thông báo dừng giải quyết hồ sơ (FLW-08): form 05 under Thông tư 03/2025, a plain notice under the older circular.

use crate::form_set::FormSet;
use crate::parts::{Codes, Contact, Letterhead, Party, Signer};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// The notice that a dossier is no longer handled, and what becomes of its papers and fees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The circular that numbers the form.
    pub form_set: FormSet,
    /// Who issues the notice.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/TBD-STC`.
    pub number: Option<String>,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// Whose dossier it is.
    pub owner: Party,
    /// What was asked for.
    pub request: String,
    /// When the dossier was taken in, local time; `None` when it never was.
    pub received_at: Option<DateTime>,
    /// When the result was due, local time.
    pub due_at: Option<DateTime>,
    /// The applicant's wish, when that is why (withdrawal).
    pub request_to_stop: Option<StopRequest>,
    /// How far the dossier had come, in words.
    pub reached: String,
    /// From when it is no longer handled, local time.
    pub stopped_at: DateTime,
    /// Why; several reasons are several items.
    pub reasons: Vec<String>,
    /// What becomes of fees that were paid or are owed.
    pub money: Option<String>,
    /// What becomes of the papers.
    pub papers: Option<String>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who else gets the notice (Nơi nhận).
    pub recipients: Vec<String>,
    /// Who signs.
    pub signer: Signer,
}

/// The applicant's written wish that the dossier be stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopRequest {
    /// Who asked.
    pub by: String,
    /// On which day.
    pub day: Date,
}

impl Slip for Stop {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("stop.typ")
    }
}

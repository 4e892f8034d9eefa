//! Biên bản xác minh: what was looked into, where, with whom, and what was found (FLW-03).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The minutes of a verification, at a desk or on the spot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// The circular in force; it has no number for this paper.
    pub form_set: FormSet,
    /// Who verifies.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/BBXM-STC`.
    pub number: Option<String>,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// Whose dossier it is.
    pub owner: String,
    /// What is asked for.
    pub request: String,
    /// Whether officers went there (kiểm tra thực địa).
    pub site_visit: bool,
    /// When it began, local time.
    pub began_at: DateTime,
    /// When it ended, local time; `None` prints as a line to fill in.
    pub ended_at: Option<DateTime>,
    /// Where.
    pub place: String,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// What was looked into.
    pub content: String,
    /// What was found, a paragraph each.
    pub findings: Vec<String>,
    /// What participants said.
    pub opinions: Option<String>,
    /// What follows for the dossier.
    pub conclusion: Option<String>,
    /// The officer who recorded it.
    pub officer: String,
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Full name.
    pub name: String,
    /// Title and agency, or `chủ hồ sơ`.
    pub capacity: String,
}

impl Slip for Verification {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("verification.typ")
    }
}

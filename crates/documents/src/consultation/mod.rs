//! Văn bản lấy ý kiến: the question to other agencies, with its own deadline (ILK-05; seed 002, Điều 6.4d).

use crate::form_set::FormSet;
use crate::parts::{Codes, Contact, Letterhead, Signer};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The letter that asks agencies or units for their opinion on a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// The circular in force; it has no number for this letter.
    pub form_set: FormSet,
    /// Who asks.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/LYK-STC`.
    pub number: Option<String>,
    /// Dossier code, bar code and QR.
    pub codes: Codes,
    /// Who is asked.
    pub asked: Vec<String>,
    /// The agency that leads (cơ quan chủ trì).
    pub lead: String,
    /// Whose dossier it is.
    pub owner: String,
    /// What is asked for in the dossier.
    pub request: String,
    /// When the dossier was taken in, local time.
    pub received_at: DateTime,
    /// When its result is due, local time.
    pub due_at: Option<DateTime>,
    /// The questions, a paragraph each.
    pub content: Vec<String>,
    /// Until when an answer is asked for, local time.
    pub answer_by: DateTime,
    /// What goes along with the letter, in words.
    pub enclosed: Vec<String>,
    /// Whom to ask.
    pub contact: Contact,
    /// Who else gets the letter (Nơi nhận).
    pub recipients: Vec<String>,
    /// Who signs.
    pub signer: Signer,
}

impl Slip for Consultation {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("consultation.typ")
    }
}

//! Xác nhận nộp hồ sơ trực tuyến: what arrived from home, what happens next and by when (INT-07).

use crate::form_set::FormSet;
use crate::parts::{Codes, Contact, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The confirmation that a dossier was sent; it promises no result and replaces no receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The circular in force; it has no number for this paper.
    pub form_set: FormSet,
    /// The centre to which it was sent; its day is that of the sending.
    pub letterhead: Letterhead,
    /// Codes of the dossier.
    pub codes: Codes,
    /// Who sent it.
    pub applicant: String,
    /// The procedure.
    pub request: String,
    /// The centre or agency whose officers look at it.
    pub centre: String,
    /// When it was sent, local time.
    pub submitted_at: DateTime,
    /// Until when it is looked at, local time; `None` where the regulation sets no term.
    pub checked_by: Option<DateTime>,
    /// Whom to ask.
    pub contact: Contact,
    /// Where the dossier is followed.
    pub follow: String,
    /// What arrived.
    pub files: Vec<SentFile>,
}

/// One file that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    /// The paper of the checklist for which it was sent.
    pub paper: String,
    /// Its name.
    pub name: String,
    /// Its pages, where they can be counted.
    pub pages: Option<u32>,
    /// Its size in words, such as `1,2 MB`.
    pub size: String,
    /// SHA-256 of its bytes, in hexadecimal: whoever has the file can prove that it is the one.
    pub sha256: String,
}

impl Slip for Submission {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        Some(&self.codes)
    }
    fn template(&self) -> &'static Template {
        template!("submission.typ")
    }
    fn wording(&self) -> Value {
        json!({ "pages": self.files.iter().filter_map(|f| f.pages).fold(0_u64, |sum, n| sum + u64::from(n)) })
    }
}

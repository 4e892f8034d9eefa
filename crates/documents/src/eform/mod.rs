//! Tờ khai điện tử: an e-form on paper, in the order and the words of the paper form (CAT-06; seed 003, Điều 16).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use serde::{Deserialize, Serialize};

/// A filled or an empty form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EForm {
    /// The circular in force; it has no number for this paper.
    pub form_set: FormSet,
    /// Place and day above the signature, and what the PDF is about; a citizen's paper has no issuer's head.
    pub letterhead: Letterhead,
    /// Dossier code, bar code and QR; `None` before there is a dossier.
    pub codes: Option<Codes>,
    /// Title as the paper form has it.
    pub title: String,
    /// Code of the e-form.
    pub code: String,
    /// The paper form that it equals.
    pub basis: Option<String>,
    /// Kính gửi.
    pub addressed_to: Option<String>,
    /// What was asked.
    pub parts: Vec<EFormPart>,
    /// What the signer declares.
    pub declaration: Option<String>,
    /// As what they sign, such as `Người yêu cầu`.
    pub capacity: String,
    /// Full name; `None` prints as room for a signature alone.
    pub signer: Option<String>,
    /// How it was declared without a signature by hand.
    pub filed: Option<String>,
}

/// A part under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EFormPart {
    /// Heading.
    pub title: String,
    /// Questions and answers.
    pub lines: Vec<EFormLine>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EFormLine {
    /// The question.
    pub label: String,
    /// The answer; `None` prints as a line to fill in.
    pub value: Option<String>,
    /// Only heads what follows: the row of a group.
    pub heads: bool,
}

impl Slip for EForm {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        self.codes.as_ref()
    }
    fn template(&self) -> &'static Template {
        template!("eform.typ")
    }
}

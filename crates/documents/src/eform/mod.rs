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
    /// How the paper form counts.
    #[serde(default)]
    pub layout: EFormLayout,
    /// What was asked.
    pub parts: Vec<EFormPart>,
    /// What the signer declares.
    pub declaration: Option<String>,
    /// Who else signs, such as `Ý kiến của chủ hộ`.
    #[serde(default)]
    pub also_sign: Vec<String>,
    /// As what they sign, such as `Người yêu cầu`.
    pub capacity: String,
    /// Full name; `None` prints as room for a signature alone.
    pub signer: Option<String>,
    /// How it was declared without a signature by hand.
    pub filed: Option<String>,
}

/// How a paper form counts its parts and questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EFormLayout {
    /// Both.
    #[default]
    Parts,
    /// Questions; parts have no headings.
    Questions,
    /// Parts; questions stand after a dash.
    PartsOnly,
    /// Neither; parts have no headings.
    Plain,
}

/// A part under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EFormPart {
    /// Heading.
    pub title: String,
    /// Words in its place; empty: nothing.
    #[serde(default)]
    pub lead: Option<String>,
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
    #[serde(default)]
    pub heads: bool,
    /// Where it stands.
    #[serde(default)]
    pub place: EFormPlace,
    /// Twelve digits, each in its box where the layout counts questions.
    #[serde(default)]
    pub boxes: bool,
    /// Boxes to tick by hand; none where there is an answer.
    #[serde(default)]
    pub options: Vec<String>,
    /// Rows below the question.
    #[serde(default)]
    pub table: Option<EFormTable>,
}

/// Where a question stands on paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EFormPlace {
    /// On a line of its own.
    #[default]
    Own,
    /// On the line of the one before it.
    Beside,
    /// On a line of its own that is not counted.
    Below,
}

/// Rows of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EFormTable {
    /// Heads of the columns; a first one that counts is added.
    pub columns: Vec<String>,
    /// Cells, as many in a row as there are columns.
    pub rows: Vec<Vec<String>>,
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

//! Cases of a procedure and the papers that each needs.

use super::CaseAnswer;
use crate::deadline::TimeLimit;
use serde::{Deserialize, Serialize};

/// A case (trường hợp) of a procedure. A procedure without cases has one, with an empty name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Stable between imports: derived from the source.
    pub id: String,
    /// What the case is; empty when there is only one.
    pub name: String,
    /// The limit of this case on every channel; absent where the way to submit sets it.
    pub limit: Option<TimeLimit>,
    /// Papers, in order.
    pub components: Vec<Component>,
    /// The answers that lead to this case; set by the Centre, never by a national source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<CaseAnswer>,
}

impl Variant {
    /// The component with this id.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.iter().find(|c| c.id == id)
    }
}

/// A required component (thành phần hồ sơ). Only what is listed here can be demanded (guard rail 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Stable between imports and unique within its case: derived from the source's id, so one paper has one id in every case.
    pub id: String,
    /// Name of the paper.
    pub name: String,
    /// Heading under which the catalogue lists it ("Giấy tờ phải xuất trình"); empty when none.
    pub section: String,
    /// Number of originals per set.
    pub originals: u32,
    /// Number of copies per set.
    pub copies: u32,
    /// Whether a complete dossier must have it; the others depend on the applicant's situation, or are remarks.
    pub required: bool,
    /// File name of the form to fill in, where one is attached.
    pub form: Option<String>,
    /// SHA-256 of that blank form in the file store, when the Centre keeps it for downloading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_file: Option<String>,
    /// Whether an interactive e-form exists.
    pub e_form: bool,
}

impl Component {
    /// Whether it is a paper at all: catalogues list remarks as components with 0 originals and 0 copies.
    pub fn is_paper(&self) -> bool {
        self.originals > 0 || self.copies > 0 || self.form.is_some() || self.e_form
    }
}

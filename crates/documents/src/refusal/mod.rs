//! Form 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ (INT-05, CLK-10).

use crate::form_set::FormSet;
use crate::parts::{Codes, Letterhead, Party};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The slip that says why a dossier is not taken or not handled, and where to go instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The circular that numbers the form.
    pub form_set: FormSet,
    /// Who issues the slip.
    pub letterhead: Letterhead,
    /// Number and symbol of the slip, such as `15/TTPVHCC`.
    pub number: Option<String>,
    /// Codes of the dossier; a dossier refused at the counter has none yet.
    pub codes: Option<Codes>,
    /// The centre that refuses (Bộ phận tiếp nhận và trả kết quả).
    pub centre: String,
    /// Whose dossier it is.
    pub owner: Party,
    /// Who handed it in, when that is not the owner.
    #[serde(default)]
    pub submitter: Option<String>,
    /// When an online dossier was submitted, local time.
    pub submitted_at: Option<DateTime>,
    /// What was asked for.
    pub request: String,
    /// Why it is refused; several reasons are several items.
    pub reasons: Vec<String>,
    /// The competent agency and how to reach it, for a dossier out of scope.
    pub directions: Option<String>,
    /// The officer who refuses.
    pub officer: String,
    /// Submitted online: only the officer signs.
    pub online: bool,
}

impl Slip for Refusal {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        self.codes.as_ref()
    }
    fn template(&self) -> &'static Template {
        template!("refusal.typ")
    }
}

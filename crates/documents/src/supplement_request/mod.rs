//! Form 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (INT-04, CLK-04): everything that is missing, said at once.

use crate::form_set::FormSet;
use crate::parts::{Codes, Contact, Letterhead, Party};
use crate::slip::{Slip, template};
use crate::typesetter::Template;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The slip that asks the applicant to complete the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementRequest {
    /// The circular that numbers the form.
    pub form_set: FormSet,
    /// Who issues the slip.
    pub letterhead: Letterhead,
    /// Number and symbol, such as `15/2026/HDHS-STC`.
    pub number: Option<String>,
    /// Codes of the dossier; one guided at the counter before intake has none yet.
    pub codes: Option<Codes>,
    /// Guidance before acceptance, or supplement during appraisal.
    pub stage: Stage,
    /// Who guides: the centre, or the agency that appraises.
    pub guide: String,
    /// Whose dossier it is.
    pub owner: Party,
    /// What is asked for: the procedure and, if need be, its case.
    pub request: String,
    /// Everything that is missing or wrong, each in a row.
    pub items: Vec<SupplementItem>,
    /// Why it is asked for (Lý do).
    pub reason: Option<String>,
    /// How and until when the applicant answers.
    pub answer: Answer,
    /// Whom to ask.
    pub contact: Contact,
    /// Who allowed the request, where the profile asks for it (seed 000, Điều 9.2i).
    pub approval: Option<Approval>,
    /// Who else gets the slip (Nơi nhận); empty at the counter.
    pub recipients: Vec<String>,
    /// The officer who guides.
    pub officer: String,
}

/// When in the dossier's life the slip is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Before acceptance: the time limit has not begun.
    Guidance,
    /// During appraisal: the time limit begins again from zero (seed 001, Điều 4.3d).
    Supplement,
}

/// One paper that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementItem {
    /// The component's name in the catalogue.
    pub component: String,
    /// What is wrong with it, in words: `Thiếu`, `Chưa đúng mẫu`.
    pub problem: String,
    /// How to mend it.
    pub note: Option<String>,
}

/// How the applicant answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Until when, local time; `None` where no term is set.
    pub until: Option<DateTime>,
    /// Where: a counter, by post, online, in words.
    pub place: String,
}

/// The leave of the Centre's deputy director.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Title and name, such as `Phó Giám đốc Trung tâm Nguyễn Văn An`.
    pub by: String,
    /// When it was given, local time.
    pub approved_at: DateTime,
}

impl Slip for SupplementRequest {
    fn form_set(&self) -> FormSet {
        self.form_set
    }
    fn codes(&self) -> Option<&Codes> {
        self.codes.as_ref()
    }
    fn template(&self) -> &'static Template {
        template!("supplement_request.typ")
    }
}

use super::{Body, Branch, PartResult, Travel};
use crate::{
    dossier::SlipRef,
    id::Id,
    people::{Agency, Centre, Officer, Unit},
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// What happened to the branches of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "branch", rename_all = "snake_case")]
pub enum Linked {
    /// Others were asked for their opinion.
    Consulted {
        /// Its number.
        id: u32,
        /// Who is asked.
        asked: Vec<(Id<Agency>, Option<Id<Unit>>)>,
        /// What.
        content: String,
        /// Until when.
        due_at: Instant,
        /// The letter.
        slip: SlipRef,
    },
    /// One of them answered.
    Replied {
        /// Which consultation.
        id: u32,
        /// The place among those who were asked, from 0.
        place: u32,
        /// In words.
        text: String,
        /// SHA-256 of attached files.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    /// The lead told the Centre that an answer is overdue.
    Reported {
        /// Which consultation.
        id: u32,
    },
    /// A verification was recorded.
    Verified {
        /// Its number.
        id: u32,
        /// When officers went there. Where and with whom stands in the minutes, which can be erased.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        visited_at: Option<Instant>,
        /// What was found.
        findings: String,
        /// What follows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conclusion: Option<String>,
        /// The appointed visit whose minutes these are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointed: Option<u32>,
        /// The minutes.
        slip: SlipRef,
    },
    /// A visit on the spot was appointed. Where, with whom and about what stands in a row that can be erased.
    VisitAppointed {
        /// Its number.
        id: u32,
        /// When it begins.
        at: Instant,
        /// The applicant, or somebody for them, must be there.
        applicant: bool,
    },
    /// An appointed visit was moved.
    VisitMoved {
        /// Which.
        id: u32,
        /// When it was to begin.
        from: Instant,
        /// When it begins now.
        at: Instant,
        /// Why.
        reason: String,
    },
    /// An appointed visit was called off.
    VisitCalledOff {
        /// Which.
        id: u32,
        /// When it was to begin.
        at: Instant,
        /// Why.
        reason: String,
    },
    /// Other agencies got their parts.
    Opened {
        /// How it goes along.
        travel: Travel,
        /// The parts in order.
        parts: Vec<PartOpened>,
        /// The transfer slip.
        slip: SlipRef,
    },
    /// The one-stop unit of the upper level has passed a part on to its agency (ILK-03).
    PassedOn {
        /// Which part.
        id: u32,
    },
    /// A part was given to an officer, or taken.
    Given {
        /// Which part.
        id: u32,
        /// The officer.
        officer: Id<Officer>,
    },
    /// The lead took it back: nobody is asked for it any more.
    Recalled {
        /// A question or a part.
        what: Branch,
        /// Which.
        id: u32,
        /// Why.
        reason: String,
        /// The paper that says so.
        slip: SlipRef,
    },
    /// The lead gave it another date.
    Redated {
        /// A question or a part.
        what: Branch,
        /// Which.
        id: u32,
        /// The date it had.
        from: Instant,
        /// Until when.
        due_at: Instant,
        /// Why.
        reason: String,
        /// The paper that says so.
        slip: SlipRef,
    },
    /// The result of a part is there; on paper it goes on to the next agency, or back to the lead.
    Finished {
        /// Which part.
        id: u32,
        /// What the agency gives back.
        result: PartResult,
        /// The transfer slip with which paper goes on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slip: Option<SlipRef>,
    },
}

/// A part as it was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOpened {
    /// Its number.
    pub id: u32,
    /// Who does it.
    pub body: Body,
    /// The unit, when only one must do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Id<Unit>>,
    /// What is to be done.
    pub work: String,
    /// Until when.
    pub due_at: Instant,
    /// Parts whose result it needs first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<u32>,
    /// The one-stop unit of the upper level, when it goes through one (ILK-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Id<Centre>>,
}

impl Linked {
    /// The key shown by the API.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Consulted { .. } => "consulted",
            Self::Replied { .. } => "consultation_replied",
            Self::Reported { .. } => "consultation_reported",
            Self::Verified { .. } => "verified",
            Self::VisitAppointed { .. } => "visit_appointed",
            Self::VisitMoved { .. } => "visit_moved",
            Self::VisitCalledOff { .. } => "visit_called_off",
            Self::Opened { .. } => "parts_opened",
            Self::PassedOn { .. } => "part_passed_on",
            Self::Given { .. } => "part_given",
            Self::Recalled { what: Branch::Consultation, .. } => "consultation_recalled",
            Self::Recalled { what: Branch::Part, .. } => "part_recalled",
            Self::Redated { what: Branch::Consultation, .. } => "consultation_redated",
            Self::Redated { what: Branch::Part, .. } => "part_redated",
            Self::Finished { .. } => "part_finished",
        }
    }
    /// Vietnamese, English: the line of the time line.
    pub const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Consulted { .. } => ("Lấy ý kiến", "Opinions asked"),
            Self::Replied { .. } => ("Trả lời ý kiến", "Opinion given"),
            Self::Reported { .. } => ("Báo Trung tâm: quá hạn trả lời ý kiến", "Centre told of an overdue opinion"),
            Self::Verified { visited_at: Some(_), .. } => ("Kiểm tra thực địa", "Site visit"),
            Self::Verified { visited_at: None, .. } => ("Xác minh", "Verified"),
            Self::VisitAppointed { .. } => ("Hẹn kiểm tra thực địa", "Site visit appointed"),
            Self::VisitMoved { .. } => ("Dời lịch kiểm tra thực địa", "Site visit moved"),
            Self::VisitCalledOff { .. } => ("Hủy lịch kiểm tra thực địa", "Site visit called off"),
            Self::Opened { .. } => ("Chuyển các cơ quan phối hợp", "Passed to participating agencies"),
            Self::PassedOn { .. } => ("Bộ phận một cửa chuyển cơ quan giải quyết", "One-stop unit passed it on"),
            Self::Given { .. } => ("Phân công phần việc phối hợp", "Part assigned"),
            Self::Recalled { what: Branch::Consultation, .. } => {
                ("Thu hồi yêu cầu lấy ý kiến", "Request for an opinion recalled")
            }
            Self::Recalled { what: Branch::Part, .. } => ("Thu hồi phần việc phối hợp", "Part recalled"),
            Self::Redated { what: Branch::Consultation, .. } => {
                ("Đổi hạn trả lời ý kiến", "Date of the opinion changed")
            }
            Self::Redated { what: Branch::Part, .. } => ("Đổi hạn phần việc phối hợp", "Date of the part changed"),
            Self::Finished { .. } => ("Cơ quan phối hợp trả kết quả", "Part finished"),
        }
    }
    /// The slip that it issued, with the key of its form.
    pub const fn slip(&self) -> Option<(&SlipRef, &'static str)> {
        match self {
            Self::Consulted { slip, .. }
            | Self::Recalled { what: Branch::Consultation, slip, .. }
            | Self::Redated { what: Branch::Consultation, slip, .. } => Some((slip, "consultation")),
            Self::Verified { slip, .. } => Some((slip, "verification")),
            Self::Recalled { slip, .. }
            | Self::Redated { slip, .. }
            | Self::Opened { slip, .. }
            | Self::Finished { slip: Some(slip), .. } => Some((slip, "transfer")),
            _ => None,
        }
    }
    /// Files that came with it.
    pub fn files(&self) -> &[String] {
        match self {
            Self::Replied { files, .. } | Self::Finished { result: PartResult { files, .. }, .. } => files,
            _ => &[],
        }
    }
}

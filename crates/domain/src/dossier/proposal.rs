use super::{Holder, RequestItem};
use crate::{id::Id, people::Officer, time::Instant};
use serde::{Deserialize, Serialize};

/// The step at which a proposal waits for the Centre's deputy director, or without a centre for the agency's leader. It is no step of a process: it comes in between.
pub const CONFIRM: &str = "confirm";

/// What is proposed and must be confirmed before it takes effect: by the Centre (CLK-06; guard rail 2 for a late apology), or by
/// the leader of the agency whose name is on the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Proposed {
    /// Form 02 in appraisal (DN 9.2i).
    Supplement {
        /// All that is missing or wrong.
        items: Vec<RequestItem>,
        /// Why.
        reason: Option<String>,
        /// SHA-256 of the signed request as it was scanned.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    /// A suspension (DN 9.2i).
    Suspension {
        /// Why.
        reason: String,
        /// Until when.
        until: Instant,
    },
    /// A refusal after acceptance: no resolution (DN 9.2i).
    Refusal {
        /// Why.
        reason: String,
        /// Where to hand it in instead (INT-05).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        directions: Option<String>,
        /// SHA-256 of the signed notice as it was scanned.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    /// A stop: no resolution either (DN 9.2i).
    Stop {
        /// Why.
        reason: String,
        /// SHA-256 of the signed notice as it was scanned.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    /// An apology: one that comes too late and is recorded as a breach, or a timely one that the agency's leader signs.
    Apology {
        /// Why the result is late.
        reason: String,
        /// The new date.
        new_due_at: Instant,
        /// SHA-256 of the signed letter as it was scanned.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
        /// It comes too late.
        #[serde(default = "yes", skip_serializing_if = "is_true")]
        late: bool,
    },
}

const fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
const fn is_true(late: &bool) -> bool {
    *late
}

impl Proposed {
    /// The key used by the API.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Supplement { .. } => "supplement",
            Self::Suspension { .. } => "suspension",
            Self::Refusal { .. } => "refusal",
            Self::Stop { .. } => "stop",
            Self::Apology { .. } => "apology",
        }
    }
    /// Vietnamese, English: what is to be confirmed.
    pub const fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Supplement { .. } => ("Yêu cầu bổ sung hồ sơ", "Supplement request"),
            Self::Suspension { .. } => ("Tạm dừng giải quyết", "Suspension"),
            Self::Refusal { .. } => ("Từ chối giải quyết", "Refusal"),
            Self::Stop { .. } => ("Dừng giải quyết", "Stop"),
            Self::Apology { late: true, .. } => ("Xin lỗi và hẹn lại khi đã muộn", "Late apology and new date"),
            Self::Apology { late: false, .. } => ("Xin lỗi và hẹn lại ngày trả", "Apology and new date"),
        }
    }
}

/// An open proposal: the clock runs on while it waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// What is proposed.
    pub what: Proposed,
    /// Who proposes.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
    /// Who has the dossier again afterwards.
    pub back: Holder,
}

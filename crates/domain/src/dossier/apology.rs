use super::SlipRef;
use crate::{id::Id, people::Officer, time::Instant};
use serde::{Deserialize, Serialize};

/// One apology with its new date (form 04; CLK-05).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApologyMade {
    /// The slip.
    pub slip: SlipRef,
    /// When it was issued.
    pub at: Instant,
    /// The date that could not be kept.
    pub from: Instant,
    /// The new date.
    pub to: Instant,
    /// SHA-256 of the signed letter as it was scanned (DN 16.1e).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// It came too late: a breach, confirmed by the Centre.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

/// A new date that the agency has appointed and the Centre has not adjusted yet (VL 4.3e, QN 6.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The apology.
    pub slip: SlipRef,
    /// When it was issued.
    pub at: Instant,
    /// The new date.
    pub to: Instant,
    /// Why the result is late, as the applicant is told with the date.
    pub reason: String,
}

/// The agency's explanation in writing, on which the Centre writes the apology (HUE 3.3b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Why the result is late.
    pub reason: String,
    /// The date that the agency can keep.
    pub new_due_at: Instant,
    /// Who explained.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
}

/// Why a dossier is overdue (CLK-08).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueCause {
    /// In words.
    pub cause: String,
    /// The law knows the reason: force majeure, another body's delay. Without one the dossier is published.
    pub justified: bool,
    /// Who recorded it.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
}

/// An urging, and what the agency said to it (CLK-11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urging {
    /// 1, 2, 3 … within the dossier.
    pub id: u32,
    /// What was asked.
    pub text: String,
    /// Who urged.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
    /// Until when an answer in writing is asked for.
    pub answer_by: Instant,
    /// The answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<UrgingAnswer>,
}

/// The agency's answer to an urging: why it is late, and by when it will be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgingAnswer {
    /// In words.
    pub text: String,
    /// Who answered.
    pub by: Id<Officer>,
    /// When.
    pub at: Instant,
}

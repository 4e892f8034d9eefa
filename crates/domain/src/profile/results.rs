//! Who returns results, and against what (RES-02 … RES-04).

use crate::dossier::ResultBy;
use serde::Deserialize;

/// Return of results.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own in the profile")]
pub struct ReturnRules {
    /// Ways in which a result reaches the applicant (seed 001, Điều 4.4).
    pub channels: Vec<ResultBy>,
    /// Whether a central return desk hands over, apart from intake (seed 002, Điều 6.5b).
    pub central_desk: bool,
    /// Whether the police return their own results (seed 002, Điều 6.5b).
    pub police_themselves: bool,
    /// Whether special procedures may be returned by the agency as agreed with the Centre (seed 000, Điều 16.1đ).
    pub special_by_agency: bool,
    /// Whether the slip must be shown (seed 002, Điều 8.1).
    pub slip_required: bool,
    /// Whether an identity paper must be shown as well (seed 000, Điều 11.4).
    pub identity_required: bool,
    /// Whether originals are compared before a partly online dossier is returned (seed 003, Điều 13.3a).
    pub originals_compared_when_partial: bool,
    /// Working days after which an unclaimed result is reminded, in order. No seed fixes it: 5, 15, 30.
    #[serde(default = "unclaimed")]
    pub unclaimed_reminders: Vec<u32>,
}

fn unclaimed() -> Vec<u32> {
    vec![5, 15, 30]
}

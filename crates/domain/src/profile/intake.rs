//! How dossiers come in: channels, the online check, guidance, supplements, post employees.

use crate::catalogue::Channel;
use crate::deadline::TimeLimit;
use serde::Deserialize;

/// Intake in general.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// Channels that are open (seed 002, Điều 6.1; INT-01).
    pub channels: Vec<Channel>,
    /// Whether a same-day procedure gets a receipt all the same (seed 004, IV.3.2a says no).
    pub same_day_receipt: bool,
}

/// Online submission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Online {
    /// Where citizens submit, look up and pay (seed 003, Điều 13.4a: the national portal alone).
    pub submission_through: Vec<Portal>,
    /// How soon an online dossier must be checked; absent where the regulation names no limit (seed 003, Điều 13.2a: 8 working hours).
    #[serde(default)]
    pub check_limit: Option<TimeLimit>,
    /// Who takes online dossiers in (seed 003, Điều 13.2a; seed 002, Điều 6.1c).
    pub taken_in_by: OnlineTaker,
    /// Whether a procedure's service opens only after a recorded end-to-end test that passed (seed 003, Điều 11.3, 19.2e–g;
    /// CAT-10).
    #[serde(default)]
    pub opens_only_tested: bool,
    /// Hours for which the parts of a file whose sending broke off are kept. No seed fixes it: 72, so that a week-end passes.
    #[serde(default = "three_days")]
    pub upload_parts_kept_hours: u32,
}

const fn three_days() -> u32 {
    72
}

impl Online {
    /// How soon whatever was handed in and not taken in yet must be looked at: eight working hours where the regulation is
    /// silent, as the decrees on online procedures have it (NĐ 107/2021; seed 003, Điều 13.2a).
    pub fn checked_within(&self) -> TimeLimit {
        self.check_limit.unwrap_or(TimeLimit::WorkingHours(8))
    }
}

/// A place where citizens submit online.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Portal {
    /// Cổng Dịch vụ công quốc gia.
    National,
    /// The province's own portal, this product.
    Province,
}

/// Who takes an online dossier in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnlineTaker {
    /// Officers posted to the Centre.
    Centre,
    /// The competent agency's assigned officer.
    Agency,
}

/// Guidance at intake: form 02 before acceptance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    /// How many times it may be asked (INT-04).
    pub max: u32,
    /// Calendar days after which an uncompleted dossier lapses. No seed fixes it: 30.
    #[serde(default = "thirty")]
    pub expires_after_days: u32,
}

const fn thirty() -> u32 {
    30
}

/// Supplement requests during appraisal: form 02 after acceptance. The limit counts again from zero when what was asked for has
/// reached the Centre (CLK-04, INT-08); no province has it otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// How many times it may be asked (INT-04).
    pub max: u32,
    /// Guidance and supplements together; absent where they are counted apart (seed 004, IV.4.1: one in all).
    #[serde(default)]
    pub total_max: Option<u32>,
    /// Working days from intake within which it must be sent; absent where none is set (seed 001, Điều 4.3d: 3).
    #[serde(default)]
    pub window_working_days: Option<u32>,
    /// Calendar days after which an unanswered request lapses. No seed fixes it: 30.
    #[serde(default = "thirty")]
    pub expires_after_days: u32,
    /// Which way the slip travels (INT-09).
    pub route: SupplementRoute,
    /// Whether the signed request must be scanned and attached (seed 000, Điều 16.1e).
    #[serde(default)]
    pub scan_required: bool,
}

/// How a supplement slip reaches the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupplementRoute {
    /// The agency sends it, the system tells the Centre.
    Agency,
    /// It goes back through the Centre (seed 001, Điều 4.3d).
    ThroughCentre,
    /// The agency sends it with a copy to the Centre (seed 002, Điều 6.4c).
    CopyToCentre,
}

/// What employees of the public post do at the Centre.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostEmployees {
    /// Their duties; none where the post is only a channel (seed 003, Điều 7.13).
    pub duties: Vec<PostDuty>,
    /// Whether each has a named stand-in (seed 002, Điều 9.3).
    pub main_and_backup: bool,
    /// Whether hired enterprises may do stages of intake (seed 003, Điều 2).
    pub hired_enterprises: bool,
}

/// One duty of post employees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostDuty {
    /// Guide, take in and return (seed 000, Điều 9.6; seed 002, Điều 9).
    Intake,
    /// Carry paper between the Centre and agencies (seed 001, Điều 4.2).
    Courier,
    /// Collect fees (seed 002, Điều 6.9).
    Fees,
}

/// Agencies whose intake Centre staff may do (INT-11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LowFrequency {
    /// Whether Centre staff take in for agencies with few dossiers (seed 000, Điều 13.4; seed 004, IV.3.5).
    pub intake_by_centre: bool,
    /// Also for agencies with more than this share of online dossiers, in percent (seed 000, Điều 13.4: 90).
    #[serde(default)]
    pub online_share_over_percent: Option<u8>,
}

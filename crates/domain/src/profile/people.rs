//! Officers' terms and absence, their evaluation, their sessions (PER, EVA).

use serde::Deserialize;

/// Officers posted to the Centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officers {
    /// Shortest posting in months, where one is set (seed 000, Điều 16.2a: 12).
    #[serde(default)]
    pub term_months_min: Option<u32>,
    /// Longest posting in months, where one is set (seed 000, Điều 16.2a: 24).
    #[serde(default)]
    pub term_months_max: Option<u32>,
    /// Backups that each agency must name.
    pub backups_per_agency: u32,
    /// Whether an absence is announced in writing (seed 001, Điều 5; seed 002, Điều 6.8b).
    pub absence_in_writing: bool,
    /// Working days by which an absence is announced ahead (seed 000, Điều 4.4: 3).
    #[serde(default)]
    pub absence_notice_working_days: Option<u32>,
    /// Whether each agency administers its own accounts (seed 003, Điều 12).
    pub agency_account_admins: bool,
}

/// Staff evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evaluation {
    /// How often (EVA-02).
    pub periods: Vec<EvaluationPeriod>,
    /// Last day before which self-reports come in (seed 002: 5 December).
    #[serde(default)]
    pub self_report_before: Option<MonthDay>,
    /// Last day before which the agency gets its copy (seed 000, Điều 16.2e: 30 December).
    #[serde(default)]
    pub copy_before: Option<MonthDay>,
    /// Days by which the Centre's view precedes the agency's own date (seed 002: 5).
    #[serde(default)]
    pub days_before_agency_date: Option<u32>,
    /// Whether agencies may ask for one at any time (seed 002).
    pub ad_hoc: bool,
    /// Whether officers are ranked (seed 004, 6.2).
    pub ranking: bool,
}

/// How often staff are evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationPeriod {
    /// Monthly notice to the home agency.
    Monthly,
    /// Quarterly.
    Quarterly,
    /// Every six months.
    HalfYearly,
    /// Yearly.
    Yearly,
    /// At the end of a posting.
    Posting,
}

/// A day of any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthDay {
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
}

/// Sign-in sessions of staff. No seed fixes these; the defaults are ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StaffSessions {
    /// Minutes without an act after which a session ends.
    pub idle_minutes: u32,
}

impl Default for StaffSessions {
    fn default() -> Self {
        Self { idle_minutes: 30 }
    }
}

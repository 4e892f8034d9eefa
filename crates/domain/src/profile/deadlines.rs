//! Working time, apologies and what happens to overdue dossiers.

use crate::deadline::{ClockRules, DayCounting, Session, default_sessions};
use jiff::civil::{Time, time};
use serde::Deserialize;

/// Apology and re-appointment (form 04; CLK-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apology {
    /// Who writes it.
    pub written_by: ApologyWriter,
    /// Who sets the new date in the system.
    pub date_adjusted_by: DateAdjuster,
    /// When it is due.
    pub moment: ApologyMoment,
    /// Calendar days before the due date by which it must be issued, where `moment` is `before_due` (seed 000, Điều 16.1e: 1).
    #[serde(default)]
    pub min_days_before: Option<u32>,
    /// Working days before the due date at which a draft is put before the agency. No seed fixes it: 2.
    #[serde(default = "two")]
    pub drafted_days_before: u32,
    /// How many new appointments a dossier may get; absent where none is set (seed 000, Điều 16.1e: 1).
    #[serde(default)]
    pub max_reappointments: Option<u32>,
    /// Whether the agency must tell the Centre in writing (seed 001, Điều 4.3e; seed 002, Điều 6.3).
    pub centre_told: bool,
    /// Whether the signed paper must be scanned and attached (seed 000, Điều 16.1e).
    pub scan_required: bool,
}

const fn one() -> u32 {
    1
}

const fn two() -> u32 {
    2
}

/// Who writes the apology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApologyWriter {
    /// The agency that is late.
    Agency,
    /// The Centre, after the agency's written explanation (seed 004, IV.3.3b).
    Centre,
}

/// Who enters the new date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateAdjuster {
    /// The agency that writes the apology.
    Agency,
    /// The Centre (seed 001, Điều 4.3e).
    Centre,
    /// The counter officer (seed 002, Điều 6.3).
    CounterOfficer,
}

/// When the apology is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApologyMoment {
    /// Before the due date, by `min_days_before`.
    BeforeDue,
    /// Once the dossier is overdue (seed 004, IV.3.3b).
    OnceOverdue,
}

/// What happens to dossiers overdue without reason (CLK-08, CLK-11).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overdue {
    /// Whether the cause must be recorded (seed 000, Điều 7.2; seed 004, II.3).
    pub cause_recorded: bool,
    /// Working days after the due date within which the cause must be recorded before it is reported without one. No seed
    /// fixes it: 1.
    #[serde(default = "one")]
    pub cause_within_working_days: u32,
    /// Whether it is shown on the public page (seed 000, Điều 13.3b).
    pub published: bool,
    /// Whether the Centre urges the agency (seed 001, Điều 8.6).
    pub urged: bool,
    /// To whom it is reported.
    pub reported_to: Vec<ReportedTo>,
}

/// Who receives a report on overdue dossiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportedTo {
    /// The Chairman of the provincial People's Committee.
    Chairman,
    /// The Office of the provincial People's Committee.
    Office,
    /// The head of the late agency.
    AgencyHead,
}

/// Working time and warnings. No seed fixes these; the defaults are ours.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    /// Working sessions of an ordinary day, in order.
    pub sessions: Vec<Session>,
    /// How working days are counted.
    pub day_counting: DayCounting,
    /// After this time a same-day procedure is due on the next working day.
    pub same_day_cutoff: Time,
    /// Working hours that make one working day.
    pub hours_per_day: u32,
    /// When a deadline counts as near.
    pub near_due: NearDue,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            sessions: default_sessions(),
            day_counting: DayCounting::EndOfDay,
            same_day_cutoff: time(15, 0, 0, 0),
            hours_per_day: 8,
            near_due: NearDue::default(),
        }
    }
}

impl Calendar {
    /// The part that the clock counts by.
    pub const fn clock_rules(&self) -> ClockRules {
        ClockRules {
            counting: self.day_counting,
            same_day_cutoff: self.same_day_cutoff,
            hours_per_day: self.hours_per_day,
        }
    }
}

/// A deadline is near when either is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NearDue {
    /// Share of the limit that is left, in percent.
    pub percent: u8,
    /// Working days that are left.
    pub working_days: u32,
}

impl Default for NearDue {
    fn default() -> Self {
        Self { percent: 25, working_days: 1 }
    }
}

//! How paper moves between the Centre and the agencies (FLW-09).

use jiff::civil::Time;
use serde::Deserialize;

/// Movement of paper.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Courier {
    /// Who carries it.
    pub carried_by: Carrier,
    /// Times of the daily runs, in order; empty where paper moves as needed (seed 001, Điều 4.2: 08, 10, 14, 16 h).
    #[serde(default)]
    pub runs: Vec<Time>,
    /// Whether both sides sign handover minutes with counts (seed 001, Điều 4.2b).
    pub handover_minutes: bool,
    /// Whether agencies name a receiving officer of the day (seed 000, Điều 12.2c).
    pub duty_officer_named: bool,
}

/// Who carries paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// The agency's duty officer of the day (seed 000, Điều 12.2c).
    AgencyDutyOfficer,
    /// The public post's courier (seed 001, Điều 4.2).
    PostCourier,
    /// The officers, with the control slip (seed 002, Điều 6.4đ; seed 004, IV.3.2b).
    Officers,
}

//! Which reports are drawn up (RPT-01).

use serde::Deserialize;

/// Reports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    /// The periods (seed 000, Điều 9.2l).
    pub periods: Vec<ReportPeriod>,
    /// Periods of the post's own report (seed 002, Điều 9.5).
    #[serde(default)]
    pub post_periods: Vec<ReportPeriod>,
    /// Whether the monthly report is due on the last working day (seed 000, Điều 14.1).
    pub monthly_on_last_working_day: bool,
}

/// A period of reporting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportPeriod {
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Every six months.
    HalfYearly,
    /// Every year.
    Yearly,
    /// With the periodic report on procedure control.
    WithProcedureControl,
    /// When asked for.
    OnDemand,
}

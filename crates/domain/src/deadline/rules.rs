//! The choices a profile makes about counting.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// At which time of the last day a limit in working days ends. (Calendar days and months always end at closing.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayCounting {
    /// At closing time of the last day: the whole day belongs to the limit (BLDS 2015, Điều 148).
    #[default]
    EndOfDay,
    /// At the clock time of the event, as some provinces' older systems count.
    ClockTime,
}

/// How a profile counts. Every field is a setting, none is a constant of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClockRules {
    /// `day_counting` of the profile.
    #[serde(rename = "day_counting")]
    pub counting: DayCounting,
    /// A same-day procedure received later than this is due on the next working day.
    pub same_day_cutoff: Time,
    /// Under [`DayCounting::ClockTime`], so many working hours are one working day.
    pub hours_per_day: u32,
}

impl Default for ClockRules {
    /// What holds where no seed fixes a value: end of day, 15:00, 8 hours.
    fn default() -> Self {
        Self { counting: DayCounting::EndOfDay, same_day_cutoff: jiff::civil::time(15, 0, 0, 0), hours_per_day: 8 }
    }
}

/// When an open dossier is said to be near its due date: at whichever of the two comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NearDue {
    /// At most this share of the limit's working time is left.
    pub percent: u32,
    /// At most so many working days are left.
    pub working_days: u32,
}

impl Default for NearDue {
    fn default() -> Self {
        Self { percent: 25, working_days: 1 }
    }
}

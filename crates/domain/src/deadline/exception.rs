//! Days that differ from the ordinary week: the table an administrator keeps.

use super::week::Session;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How one day differs from the ordinary week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Exception {
    /// Not worked: a holiday, a day in lieu, a day swapped away.
    Off {
        /// The Vietnamese name that "why this date" prints.
        name: String,
    },
    /// Worked: a swapped Saturday, an extra shift, a holiday that is worked after all.
    Working {
        /// The Vietnamese reason.
        name: String,
        /// The sessions of that day; `None` for the ordinary ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sessions: Option<Vec<Session>>,
    },
}

impl Exception {
    /// A day off of that name.
    pub fn off(name: impl Into<String>) -> Self {
        Self::Off { name: name.into() }
    }
    /// A day worked in the ordinary sessions.
    pub fn working(name: impl Into<String>) -> Self {
        Self::Working { name: name.into(), sessions: None }
    }
}

/// One row of the calendar's table; it overrides what the holiday rules compute for its day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRow {
    /// The day.
    pub day: Date,
    /// What it is.
    #[serde(flatten)]
    pub exception: Exception,
}

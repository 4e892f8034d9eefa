//! The clock chip: how much working time is left, or by how much it is late.

use super::{calendar::Calendar, limit::plural, rules::NearDue};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// The colour of the clock chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Time enough.
    Running,
    /// Little time: see [`NearDue`].
    NearDue,
    /// The due date has passed.
    Overdue,
}

/// Working time between now and the due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Remaining {
    /// How urgent.
    pub level: Level,
    /// Whole ordinary working days left or late.
    pub days: u32,
    /// Working minutes beyond those days.
    pub minutes: u32,
}

/// What is left at `now` of a limit that began to count at `start`. At the due moment itself nothing is late yet.
pub fn remaining(now: Instant, start: Instant, due: Instant, calendar: &Calendar, near: &NearDue) -> Remaining {
    let day = calendar.ordinary_day_minutes();
    if now > due {
        return Remaining::of(Level::Overdue, calendar.working_minutes_between(due, now), day);
    }
    let left = calendar.working_minutes_between(now, due);
    let whole = calendar.working_minutes_between(start, due);
    let near_due = left * 100 <= whole * i64::from(near.percent) || left <= i64::from(near.working_days) * day;
    Remaining::of(if near_due { Level::NearDue } else { Level::Running }, left, day)
}

/// The same for a time inside a dossier's own: a step's, an agency's share, an opinion, a part (CLK-07). One that is no longer
/// than the days of the threshold is near by its share alone: else it would be near from its first minute.
pub fn remaining_of_part(now: Instant, start: Instant, due: Instant, calendar: &Calendar, near: &NearDue) -> Remaining {
    let days = i64::from(near.working_days) * calendar.ordinary_day_minutes();
    let is_short = calendar.working_minutes_between(start, due) <= days;
    let near = NearDue { working_days: if is_short { 0 } else { near.working_days }, ..*near };
    remaining(now, start, due, calendar, &near)
}

impl Remaining {
    fn of(level: Level, minutes: i64, day: i64) -> Self {
        let part = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Self { level, days: part(minutes / day), minutes: part(minutes % day) }
    }

    /// `còn 2 ngày 3 giờ làm việc`, `quá hạn 3 giờ làm việc`.
    pub fn text_vi(self) -> String {
        let amount = self.amount(|n| format!("{n} ngày"), |n| format!("{n} giờ"), |n| format!("{n} phút"));
        match (self.level, amount) {
            (Level::Overdue, None) => "vừa quá hạn".to_owned(),
            (Level::Overdue, Some(amount)) => format!("quá hạn {amount} làm việc"),
            (_, None) => "đến hạn".to_owned(),
            (_, Some(amount)) => format!("còn {amount} làm việc"),
        }
    }

    /// `2 working days 3 hours left`, `3 working hours overdue`.
    pub fn text_en(self) -> String {
        let days = |n| plural(n, "working day");
        let hours = |n| plural(n, if self.days > 0 { "hour" } else { "working hour" });
        let minutes = |n| plural(n, if self.minutes < 60 { "working minute" } else { "minute" });
        match (self.level, self.amount(days, hours, minutes)) {
            (Level::Overdue, None) => "just overdue".to_owned(),
            (Level::Overdue, Some(amount)) => format!("{amount} overdue"),
            (_, None) => "due now".to_owned(),
            (_, Some(amount)) => format!("{amount} left"),
        }
    }

    /// The two largest units; minutes only within the last working day.
    fn amount(
        self,
        days: impl Fn(u32) -> String,
        hours: impl Fn(u32) -> String,
        minutes: impl Fn(u32) -> String,
    ) -> Option<String> {
        let (h, m) = (self.minutes / 60, self.minutes % 60);
        let mut parts = Vec::new();
        if self.days > 0 {
            parts.push(days(self.days));
        }
        if h > 0 {
            parts.push(hours(h));
        }
        if m > 0 && self.days == 0 {
            parts.push(minutes(m));
        }
        // Some minutes beyond whole days and no hour: the days alone say it.
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

#[cfg(test)]
#[path = "tests/remaining.rs"]
mod tests;

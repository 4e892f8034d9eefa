//! CLK-01, CLK-02, CLK-03: the calendar and the due date, against tables, history and a slow walker.
mod counting;
mod history;
mod walker;
mod wording;

use super::*;
use crate::time::Instant;
use jiff::civil::{Date, date};

/// Monday–Friday, 07:30–11:30 and 13:30–17:00, Vietnamese holidays, 2015–2035, with the swapped Saturdays of the table.
pub fn calendar() -> Calendar {
    Calendar::from_rules(1, WorkingWeek::default(), default_sessions(), &HolidayRules::default(), table(), 2015..=2035)
        .unwrap()
}

/// What the government decided, 2015–2026.
pub fn table() -> Vec<CalendarRow> {
    let saturdays = swapped_saturdays().into_iter();
    let worked = saturdays.map(|day| CalendarRow { day, exception: Exception::working("Làm bù") });
    let off = days_off().into_iter();
    off.map(|(day, name)| CalendarRow { day, exception: Exception::off(name) }).chain(worked).collect()
}

pub fn days_off() -> Vec<(Date, String)> {
    let rows = include_str!("../testdata/days_off.csv").lines().skip(1);
    rows.map(|row| row.split_once(',').unwrap()).map(|(day, name)| (day.parse().unwrap(), name.to_owned())).collect()
}

pub fn swapped_saturdays() -> Vec<Date> {
    let rows = include_str!("../testdata/swapped_saturdays.csv").lines().skip(1);
    rows.map(|day| day.parse().unwrap()).collect()
}

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// `2025-10-07T17:00`, in local time.
pub fn local(at: Instant) -> String {
    at.to_string().chars().take(16).collect()
}

pub const CLOCK_TIME: ClockRules =
    ClockRules { counting: DayCounting::ClockTime, same_day_cutoff: jiff::civil::time(15, 0, 0, 0), hours_per_day: 8 };

//! From the moment of the event and the time limit to the due date: one reckoning for the whole product.

use super::{
    calendar::{Calendar, OutsideCalendar},
    explain,
    limit::TimeLimit,
    line::Line,
    rules::{ClockRules, DayCounting},
    walk::{Minute, split},
};
use crate::time::Instant;
use serde::Serialize;

/// A due date and the lines that say why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reckoning {
    /// When the result is due; `None` for a procedure without a due date.
    pub due_at: Option<Instant>,
    /// "Vì sao có ngày này", in order.
    pub lines: Vec<Line>,
}

/// The due date of an event at `start`, with its reasons. [`due_at`] is the same without the words.
pub fn due(
    start: Instant,
    limit: TimeLimit,
    calendar: &Calendar,
    rules: &ClockRules,
) -> Result<Reckoning, OutsideCalendar> {
    let steps = steps(calendar.minute(start)?, limit, calendar, rules)?;
    let lines = explain::lines(start, limit, &steps, calendar, rules)?;
    Ok(Reckoning { due_at: steps.due.map(|due| calendar.instant(due)), lines })
}

/// The due date alone, without allocation: for lists, imports and recomputing.
pub fn due_at(
    start: Instant,
    limit: TimeLimit,
    calendar: &Calendar,
    rules: &ClockRules,
) -> Result<Option<Instant>, OutsideCalendar> {
    let steps = steps(calendar.minute(start)?, limit, calendar, rules)?;
    Ok(steps.due.map(|due| calendar.instant(due)))
}

/// The stations of a reckoning, from which the lines are told.
pub(super) struct Steps {
    /// When the event counts.
    pub counts_at: Minute,
    /// The last day counted, before any move off a rest day.
    pub last_day: i64,
    /// The day the due date falls on.
    pub due_day: i64,
    /// Same-day only: it came before the cut-off.
    pub in_time: bool,
    pub due: Option<Minute>,
}

fn steps(start: Minute, limit: TimeLimit, calendar: &Calendar, rules: &ClockRules) -> Result<Steps, OutsideCalendar> {
    let counts_at = calendar.counts_at(start)?;
    // The day of the event moves with the event: what came on Friday evening is Monday's.
    let (event_day, _) = split(counts_at);
    // Calendar days and months end at closing whatever the profile: the law ends them with the day (BLDS 2015, Điều 148),
    // and a kept clock time would make Thursday 16:00 + 2 days later than Friday 09:00 + 2 days (both move to Monday).
    let until = |last_day: i64| -> Result<Steps, OutsideCalendar> {
        let due_day = calendar.working_day_from(last_day)?;
        let due = Some(calendar.closing(due_day)?);
        Ok(Steps { counts_at, last_day, due_day, in_time: true, due })
    };
    match limit {
        TimeLimit::None => Ok(Steps { counts_at, last_day: event_day, due_day: event_day, in_time: true, due: None }),
        TimeLimit::SameDay => {
            let in_time = before_cutoff(start, event_day, rules);
            let due_day = calendar.nth_working_day(event_day, u32::from(!in_time))?;
            // "In the day" means by its closing, whatever the profile counts elsewhere.
            let due = Some(calendar.closing(due_day)?);
            Ok(Steps { counts_at, last_day: due_day, due_day, in_time, due })
        }
        TimeLimit::WorkingHours(n) => {
            let due = hours_after(counts_at, n, calendar, rules)?;
            let (due_day, _) = split(due);
            Ok(Steps { counts_at, last_day: due_day, due_day, in_time: true, due: Some(due) })
        }
        TimeLimit::WorkingDays(n) => {
            let last = calendar.nth_working_day(event_day, n)?;
            let due = Some(end_of(last, counts_at, calendar, rules)?);
            Ok(Steps { counts_at, last_day: last, due_day: last, in_time: true, due })
        }
        TimeLimit::CalendarDays(n) => until(event_day + i64::from(n)),
        TimeLimit::Months(n) => {
            // A month that lacks the day ends on its last one (BLDS 2015, Điều 148).
            let span = jiff::Span::new().try_months(n).map_err(|_| calendar.outside())?;
            let day = calendar.date(event_day).checked_add(span);
            until(calendar.day_index(day.map_err(|_| calendar.outside())?))
        }
    }
}

/// Received on the event's own day and after the cut-off: the next working day. Whatever came outside hours counts at an
/// opening and is in time; the time of receipt decides, not the afternoon opening to which a lunch-break event moves.
fn before_cutoff(start: Minute, event_day: i64, rules: &ClockRules) -> bool {
    let (day, time) = split(start);
    day != event_day || time <= super::week::minute_of_day(rules.same_day_cutoff)
}

fn hours_after(from: Minute, hours: u32, calendar: &Calendar, rules: &ClockRules) -> Result<Minute, OutsideCalendar> {
    if rules.counting == DayCounting::EndOfDay || rules.hours_per_day == 0 {
        // Real working time: with 7½ hours a day, 8 working hours end half an hour into the next day.
        return calendar.after(from, i64::from(hours) * 60);
    }
    let (day, time) = split(from);
    let whole_days = calendar.nth_working_day(day, hours / rules.hours_per_day)?;
    let moved = if whole_days == day { from } else { calendar.at_clock_time(whole_days, time)? };
    calendar.after(moved, i64::from(hours % rules.hours_per_day) * 60)
}

/// When a limit in working days ends on its last day.
fn end_of(day: i64, counts_at: Minute, calendar: &Calendar, rules: &ClockRules) -> Result<Minute, OutsideCalendar> {
    match rules.counting {
        DayCounting::EndOfDay => calendar.closing(day),
        DayCounting::ClockTime => calendar.at_clock_time(day, split(counts_at).1),
    }
}

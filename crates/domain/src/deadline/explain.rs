//! Tells a reckoning line by line.

use super::{
    calendar::{Calendar, OutsideCalendar},
    cites,
    due::Steps,
    exception::Exception,
    limit::TimeLimit,
    line::{Fact, Line, Skipped},
    rules::{ClockRules, DayCounting},
    walk::split,
    words,
};
use crate::time::Instant;

/// The lines of one reckoning, in the order in which a person would explain it.
pub(super) fn lines(
    start: Instant,
    limit: TimeLimit,
    steps: &Steps,
    calendar: &Calendar,
    rules: &ClockRules,
) -> Result<Vec<Line>, OutsideCalendar> {
    let mut lines = vec![line(Fact::Received, start)];
    let counts_at = calendar.instant(steps.counts_at);
    let (received_day, _) = split(calendar.minute(start)?);
    let (event_day, _) = split(steps.counts_at);
    let Some(due) = steps.due.map(|due| calendar.instant(due)) else {
        lines.push(line(Fact::NoDueDate, start));
        return Ok(lines);
    };
    if calendar.minute(start)? != steps.counts_at {
        let skipped = calendar.rest_days(received_day, event_day);
        lines.push(Line { skipped, ..line(Fact::Begins, counts_at) });
    }
    if limit == TimeLimit::SameDay {
        let fact = Fact::SameDay { cutoff: rules.same_day_cutoff, in_time: steps.in_time };
        let skipped = calendar.rest_days(event_day, steps.due_day);
        lines.push(Line { skipped, ..line(fact, counts_at) });
    } else {
        lines.push(counted(limit, steps, calendar, rules));
    }
    if steps.last_day != steps.due_day {
        let fact = Fact::Moved { from: calendar.date(steps.last_day), to: calendar.date(steps.due_day) };
        let skipped = calendar.rest_days(steps.last_day, steps.due_day);
        lines.push(Line { skipped, ..line(fact, due) });
    }
    lines.push(Line { due_at: Some(due), ..line(Fact::Due, due) });
    Ok(lines)
}

fn counted(limit: TimeLimit, steps: &Steps, calendar: &Calendar, rules: &ClockRules) -> Line {
    let (event_day, _) = split(steps.counts_at);
    let works = matches!(limit, TimeLimit::WorkingHours(_) | TimeLimit::WorkingDays(_));
    let first = match limit {
        TimeLimit::WorkingHours(_) => event_day,
        TimeLimit::WorkingDays(_) => {
            calendar.nth_working_day(event_day, 1).map_or(steps.last_day, |first| first.min(steps.last_day))
        }
        _ => (event_day + 1).min(steps.last_day),
    };
    let in_days = match limit {
        TimeLimit::WorkingHours(n) => n >= rules.hours_per_day,
        _ => false,
    } && rules.counting == DayCounting::ClockTime;
    let fact = Fact::Counted {
        limit,
        first: calendar.date(first),
        last: calendar.date(steps.last_day),
        hours_per_day: in_days.then_some(rules.hours_per_day),
    };
    // Calendar days and months pass over nothing.
    let skipped = if works { calendar.rest_days(event_day, steps.last_day) } else { Vec::new() };
    Line { skipped, ..line(fact, calendar.instant(steps.counts_at)) }
}

/// A line that sets no date and passes over no day.
pub(super) fn line(fact: Fact, at: Instant) -> Line {
    let article = cites::everywhere(&fact).to_owned();
    Line { fact, at, due_at: None, skipped: Vec::new(), article }
}

impl Calendar {
    /// The days not worked from one day to another, both included, each with its reason.
    fn rest_days(&self, from: i64, to: i64) -> Vec<Skipped> {
        (from..=to)
            .filter(|day| matches!(self.shift(*day), Ok(None)))
            .map(|day| self.rest_day(self.date(day)))
            .collect()
    }

    fn rest_day(&self, day: jiff::civil::Date) -> Skipped {
        if let Some(Exception::Off { name }) = self.plan().exceptions.get(&day) {
            return Skipped { day, name: name.clone(), weekly: false };
        }
        let name = words::weekday_vi(day.weekday()).replace("thứ", "Thứ");
        Skipped { day, name, weekly: true }
    }
}

use crate::{deadline::Calendar, time::Instant};

/// How a step ended against its own time, as the control slip states it (FLW-02, CLK-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Trước hạn: on an earlier day than the step's deadline.
    Early,
    /// Đúng hạn: on the day of the deadline, not after it.
    OnTime,
    /// Quá hạn.
    Overdue,
}

/// How a step that began at `since` and ended at `done` stands to the working minutes allotted to it; `None` where the
/// process allots none, or the calendar does not reach so far.
pub fn pace(since: Instant, done: Instant, minutes: Option<u32>, calendar: &Calendar) -> Option<Pace> {
    let due = calendar.plus_working_minutes(since, i64::from(minutes?)).ok()?;
    Some(kept(done, due))
}

/// How something that was due at `due` and ended at `done` kept its time.
pub fn kept(done: Instant, due: Instant) -> Pace {
    match done {
        done if done > due => Pace::Overdue,
        done if done.day() < due.day() => Pace::Early,
        _ => Pace::OnTime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::{CalendarPlan, HolidayRules, WorkingWeek, default_sessions};

    fn calendar() -> Calendar {
        let (week, rules) = (WorkingWeek::MONDAY_TO_FRIDAY, HolidayRules::default());
        let plan = CalendarPlan::from_rules(1, week, default_sessions(), &rules, [], 2025..=2026);
        Calendar::new(plan, &(2025..=2026)).unwrap()
    }

    /// FLW-02
    #[test]
    fn flw_02_a_step_is_early_on_an_earlier_day_on_time_on_its_day_and_overdue_after_it() {
        let (calendar, at) = (calendar(), |t: &str| t.parse::<Instant>().unwrap());
        let monday = at("2025-10-06T08:00");
        // 480 minutes from Monday 08:00 end on Tuesday at 08:30: a day has 450.
        let pace_at = |done: &str| pace(monday, at(done), Some(480), &calendar);
        assert_eq!(pace_at("2025-10-06T16:59"), Some(Pace::Early));
        assert_eq!(pace_at("2025-10-07T08:30"), Some(Pace::OnTime));
        assert_eq!(pace_at("2025-10-07T08:31"), Some(Pace::Overdue));
        assert_eq!(pace(monday, at("2025-10-07T08:31"), None, &calendar), None);
    }
}

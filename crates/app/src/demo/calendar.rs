use domain::{
    deadline::{Calendar, Session},
    time::Instant,
};
use jiff::civil::{Date, Time};
use std::sync::Arc;

/// Working time, in which made-up people work as real ones do.
pub struct Pace {
    pub calendar: Arc<Calendar>,
    pub sessions: Vec<Session>,
}

/// No limit of the catalogue is as long.
const MOST_DAYS: usize = 4_000;

impl Pace {
    /// So many working minutes later.
    pub fn after(&self, from: Instant, minutes: i64) -> Instant {
        let (mut day, mut at, mut left) = (from.day(), minute_of(from.local().time()), minutes.max(0));
        for _ in 0..MOST_DAYS {
            if self.works(day) {
                for session in &self.sessions {
                    let begin = at.max(minute_of(session.from));
                    let room = minute_of(session.to) - begin;
                    if room > left {
                        return moment(day, begin + left);
                    }
                    left -= room.max(0);
                }
            }
            (day, at) = (day.tomorrow().unwrap_or(day), 0);
        }
        from
    }

    /// The opening of the working day that lies so many working days before the day of `now`.
    pub fn days_before(&self, now: Instant, days: usize) -> Instant {
        let (mut day, mut left) = (now.day(), days);
        while left > 0 {
            day = day.yesterday().unwrap_or(day);
            left -= usize::from(self.works(day) || self.calendar.is_working(day).is_none());
        }
        moment(day, self.sessions.first().map_or(0, |s| minute_of(s.from)))
    }

    fn works(&self, day: Date) -> bool {
        self.calendar.is_working(day) == Some(true)
    }
}

fn minute_of(time: Time) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

fn moment(day: Date, minute: i64) -> Instant {
    Instant::from_local(day.to_datetime(Time::midnight())).plus_millis(minute * 60_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{deadline::HolidayRules, deadline::WorkingWeek, deadline::default_sessions};

    fn pace() -> Pace {
        let sessions = default_sessions();
        let (week, rules) = (WorkingWeek::MONDAY_TO_FRIDAY, HolidayRules::default());
        let plan = domain::deadline::CalendarPlan::from_rules(1, week, sessions.clone(), &rules, [], 2025..=2025);
        Pace { calendar: Arc::new(Calendar::new(plan, &(2025..=2025)).unwrap()), sessions }
    }

    #[test]
    fn friday_afternoon_runs_on_into_monday_and_lunch_is_not_worked() {
        let friday: Instant = "2025-10-10T16:30".parse().unwrap();
        assert_eq!(pace().after(friday, 60).to_string(), "2025-10-13T08:00:00+07:00");
        let morning: Instant = "2025-10-13T11:00".parse().unwrap();
        assert_eq!(pace().after(morning, 45).to_string(), "2025-10-13T13:45:00+07:00");
    }

    #[test]
    fn five_working_days_before_a_monday_lie_behind_one_weekend() {
        let monday: Instant = "2025-10-13T10:00".parse().unwrap();
        assert_eq!(pace().days_before(monday, 5).to_string(), "2025-10-06T07:30:00+07:00");
    }
}

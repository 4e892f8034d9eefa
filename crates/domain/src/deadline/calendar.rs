//! The working calendar of a centre (CLK-01): built once per version, then only looked up.

use super::{
    exception::{CalendarRow, Exception},
    holidays::{self, HolidayRules},
    week::{Session, WorkingWeek},
};
use crate::time::Instant;
use jiff::civil::Date;
use std::{collections::BTreeMap, ops::RangeInclusive};

/// What an administrator decides; a [`Calendar`] is built from it.
#[derive(Clone, Debug)]
pub struct CalendarPlan {
    /// Counts up with every change, so that a dossier can say which calendar set its date.
    pub version: i64,
    /// Days of the week that are worked.
    pub week: WorkingWeek,
    /// The ordinary sessions of a working day.
    pub sessions: Vec<Session>,
    /// Days that differ.
    pub exceptions: BTreeMap<Date, Exception>,
}

impl CalendarPlan {
    /// The public holidays of the years as the rules compute them, overridden day by day by the table.
    pub fn from_rules(
        version: i64,
        week: WorkingWeek,
        sessions: Vec<Session>,
        rules: &HolidayRules,
        table: impl IntoIterator<Item = CalendarRow>,
        years: RangeInclusive<i16>,
    ) -> Self {
        let mut exceptions = BTreeMap::new();
        for year in years {
            let days = rules.of_year(year, week);
            exceptions.extend(days.into_iter().map(|(day, name)| (day, Exception::Off { name })));
        }
        exceptions.extend(table.into_iter().map(|row| (row.day, row.exception)));
        Self { version, week, sessions, exceptions }
    }
}

/// Why a calendar cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A working day without a session would be worked for no time at all.
    #[error("a working day has no session ({day:?})")]
    NoSession {
        /// The exception's day; `None` for the ordinary week.
        day: Option<Date>,
    },
    /// Sessions overlap, touch, or stand in the wrong order.
    #[error("sessions overlap or are not in order ({day:?})")]
    SessionsOverlap {
        /// The exception's day; `None` for the ordinary week.
        day: Option<Date>,
    },
}

/// The date lies outside the years the calendar was built for; guessing past them would ignore holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the calendar covers {first} to {last} only")]
pub struct OutsideCalendar {
    /// First day covered.
    pub first: Date,
    /// Last day covered.
    pub last: Date,
}

/// The sessions of a working day, in minutes since midnight.
#[derive(Clone, Debug)]
pub(super) struct Shift {
    pub sessions: Vec<(i64, i64)>,
    pub minutes: i64,
}

/// One day in the calendar's index. Sums run up to its midnight, so any span is a subtraction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    pub minutes_before: i64,
    pub working_days_before: u32,
    /// Place in `shifts`; `None` when the day is not worked.
    pub shift: Option<u32>,
}

/// The working calendar: which minutes of which days are worked.
///
/// Moments count by the minute, because form 01 prints hours and minutes: whoever reads 15:00 on the slip came at 15:00.
#[derive(Clone, Debug)]
pub struct Calendar {
    plan: CalendarPlan,
    pub(super) first: Date,
    pub(super) origin: Instant,
    pub(super) shifts: Vec<Shift>,
    pub(super) days: Vec<Day>,
    /// Indexes of the working days, so that the n-th one is a look-up.
    pub(super) working: Vec<u32>,
}

impl Calendar {
    /// Builds the index for the years; about 20 bytes a day.
    pub fn new(plan: CalendarPlan, years: &RangeInclusive<i16>) -> Result<Self, CalendarError> {
        let (first, last) = holidays::bounds(years);
        let mut calendar = Self {
            first,
            origin: Instant::from_local(first.to_datetime(jiff::civil::Time::midnight())),
            shifts: vec![shift_of(&plan.sessions, None)?],
            days: Vec::new(),
            working: Vec::new(),
            plan,
        };
        let mut minutes_before = 0;
        let mut day = first;
        while day <= last {
            let shift = calendar.shift_for(day)?;
            let index = u32::try_from(calendar.days.len()).unwrap_or(u32::MAX);
            let working_days_before = u32::try_from(calendar.working.len()).unwrap_or(u32::MAX);
            calendar.days.push(Day { minutes_before, working_days_before, shift });
            if let Some(shift) = shift {
                minutes_before += calendar.shifts[shift as usize].minutes;
                calendar.working.push(index);
            }
            day = day.saturating_add(jiff::Span::new().days(1));
        }
        Ok(calendar)
    }

    /// The holidays of the rules, the rows of the table, the ordinary week: a calendar for the years.
    pub fn from_rules(
        version: i64,
        week: WorkingWeek,
        sessions: Vec<Session>,
        rules: &HolidayRules,
        table: impl IntoIterator<Item = CalendarRow>,
        years: RangeInclusive<i16>,
    ) -> Result<Self, CalendarError> {
        let plan = CalendarPlan::from_rules(version, week, sessions, rules, table, years.clone());
        Self::new(plan, &years)
    }

    fn shift_for(&mut self, day: Date) -> Result<Option<u32>, CalendarError> {
        Ok(match self.plan.exceptions.get(&day) {
            Some(Exception::Off { .. }) => None,
            Some(Exception::Working { sessions: None, .. }) => Some(0),
            Some(Exception::Working { sessions: Some(own), .. }) => {
                self.shifts.push(shift_of(own, Some(day))?);
                Some(u32::try_from(self.shifts.len() - 1).unwrap_or(u32::MAX))
            }
            None => self.plan.week.contains(day.weekday()).then_some(0),
        })
    }

    /// The number of this state of the calendar.
    pub fn version(&self) -> i64 {
        self.plan.version
    }
    /// What it was built from.
    pub fn plan(&self) -> &CalendarPlan {
        &self.plan
    }
    /// Whether the day is worked; `None` outside the calendar's years.
    pub fn is_working(&self, day: Date) -> Option<bool> {
        let index = usize::try_from((day - self.first).get_days()).ok()?;
        self.days.get(index).map(|day| day.shift.is_some())
    }
    /// Minutes worked in an ordinary day, the measure of "còn 2 ngày".
    pub fn ordinary_day_minutes(&self) -> i64 {
        self.shifts[0].minutes
    }
}

fn shift_of(sessions: &[Session], day: Option<Date>) -> Result<Shift, CalendarError> {
    let sessions: Vec<_> = sessions.iter().map(|session| session.minutes()).collect();
    if sessions.is_empty() {
        return Err(CalendarError::NoSession { day });
    }
    let ordered = sessions.iter().all(|(from, to)| from < to) && sessions.windows(2).all(|pair| pair[0].1 < pair[1].0);
    if !ordered {
        return Err(CalendarError::SessionsOverlap { day });
    }
    let minutes = sessions.iter().map(|(from, to)| to - from).sum();
    Ok(Shift { sessions, minutes })
}

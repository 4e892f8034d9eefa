use crate::error::AppError;
use domain::{
    deadline::{Calendar, CalendarPlan, CalendarRow, HolidayRules, Session, WorkingWeek},
    profile::Profile,
};
use platform::db::{DbError, Query, Unit, params, sql};

/// The calendar as decided, before a centre's own hours are put in.
pub struct Plan {
    version: i64,
    sessions: Vec<Session>,
    rows: Vec<CalendarRow>,
}

/// The years the calendar spans: those for which the lunar calendar is reckoned.
pub const YEARS: std::ops::RangeInclusive<i16> = domain::deadline::lunar::YEARS;

/// Reads the days that differ from the computed holidays.
pub fn plan(q: &mut impl Query, profile: &Profile) -> Result<Plan, AppError> {
    let version = crate::settings::get(q, crate::settings::CALENDAR)?.and_then(|v| v.parse().ok()).unwrap_or(1);
    Ok(Plan { version, sessions: profile.calendar.sessions.clone(), rows: days(q)? })
}

/// The days entered by an administrator or imported from a year's official decision.
pub fn days(q: &mut impl Query) -> Result<Vec<CalendarRow>, DbError> {
    let st = sql!("SELECT day, body FROM calendar_days ORDER BY day");
    q.rows(st, params![], |r| {
        let body: String = r.get(1)?;
        serde_json::from_str(&body).map_err(|e| r.impossible(1, e))
    })
}

/// Enters or replaces a day; the caller bumps the calendar's version in the same unit.
pub fn put_day(unit: &mut Unit, row: &CalendarRow, officer: Option<i64>, at_ms: i64) -> Result<(), DbError> {
    let st = sql!(
        "INSERT INTO calendar_days (day, body, officer_id, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (day) DO UPDATE SET body = $2, officer_id = $3, changed_at = $4"
    );
    let body = serde_json::to_string(row).unwrap_or_default();
    unit.execute(st, params![row.day.to_string(), body, officer, at_ms]).map(drop)
}

/// Takes a day off the table; false when it was not there.
pub fn remove_day(unit: &mut Unit, day: jiff::civil::Date) -> Result<bool, DbError> {
    Ok(unit.execute(sql!("DELETE FROM calendar_days WHERE day = $1"), params![day.to_string()])? > 0)
}

impl Plan {
    /// The same plan with another table of days.
    #[must_use]
    pub fn with(self, change: impl Fn(&[CalendarRow]) -> Vec<CalendarRow>) -> Self {
        Self { rows: change(&self.rows), ..self }
    }
    /// The calendar with the profile's hours, or a centre's own.
    pub fn calendar(&self, sessions: Option<Vec<Session>>) -> Result<Calendar, AppError> {
        let sessions = sessions.unwrap_or_else(|| self.sessions.clone());
        let week = WorkingWeek::MONDAY_TO_FRIDAY;
        let rules = HolidayRules::default();
        let plan = CalendarPlan::from_rules(self.version, week, sessions, &rules, self.rows.iter().cloned(), YEARS);
        Calendar::new(plan, &YEARS).map_err(AppError::internal)
    }
}

//! A change of the calendar: the day, its trace, and the two versions that tell everybody.

use super::store;
use crate::{accounts::audit, app::App, error::AppError, settings};
use domain::{accounts::Who, deadline::CalendarRow};
use jiff::civil::Date;
use platform::db::Unit;

/// Enters or replaces a day; `by` is absent for the command line.
pub fn put(unit: &mut Unit, app: &App, row: &CalendarRow, by: Option<&Who>) -> Result<(), AppError> {
    store::put_day(unit, row, by.map(|w| w.officer.raw()), app.now().millis())?;
    let detail = serde_json::to_string(row).unwrap_or_default();
    audit(unit, app, by, "calendar.put", &row.day.to_string(), &detail)
}

/// Takes a day off the table, so that the rules and the ordinary week hold again; false when it was not there.
pub fn remove(unit: &mut Unit, app: &App, day: Date, by: Option<&Who>) -> Result<bool, AppError> {
    let there = store::remove_day(unit, day)?;
    if there {
        audit(unit, app, by, "calendar.remove", &day.to_string(), "")?;
    }
    Ok(there)
}

/// Says that the calendar changed: a new version of it, and of the reference data. Due dates that were already promised
/// keep the version by which they were counted, until they are counted again. The new version.
pub fn bump(unit: &mut Unit) -> Result<i64, AppError> {
    let version: i64 = settings::get(unit, settings::CALENDAR)?.and_then(|v| v.parse().ok()).unwrap_or(1);
    settings::set(unit, settings::CALENDAR, &(version + 1).to_string())?;
    settings::bump_reference(unit)?;
    Ok(version + 1)
}

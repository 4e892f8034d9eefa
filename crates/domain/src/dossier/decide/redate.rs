//! A new date by a new calendar (CLK-01).

use super::{Facts, not_now};
use crate::{
    accounts::Role,
    deadline::LedgerError,
    dossier::{Dossier, Event, Refusal, new_date},
};

/// Only for those who keep the calendar, and only where it gives another date than the one promised.
pub(super) fn redate(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    if !f.who.any(Role::keeps_the_calendar) {
        return Err(Refusal::NotTheHolder);
    }
    let date = new_date(d, f.calendar, f.clock).map_err(|e| match e {
        LedgerError::Outside(e) => Refusal::CalendarEnds { last: e.last },
        LedgerError::OutOfOrder { .. } => not_now(d),
    })?;
    let due_at = Some(date.ok_or_else(|| not_now(d))?);
    // A date that stands still holds for nobody: no paper and no notice before the clock runs again.
    let silent = !d.status.clock_runs();
    let receipt = f.numbers.slip.clone().filter(|_| !silent);
    Ok(vec![Event::Redated { calendar_version: f.calendar.version(), due_at, receipt, silent }])
}

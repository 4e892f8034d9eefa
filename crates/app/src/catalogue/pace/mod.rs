//! How long a procedure really takes here, counted when a dossier is decided; shown only when enough were.

mod store;

pub use store::add;

use crate::{error::AppError, messages::Lang, reference::Reference, settings};
use domain::{
    dossier::{Dossier, Event, Status},
    time::Instant,
};
use jiff::{ToSpan, civil::Date};
use platform::db::{Query, Unit};

/// The setting that says how many decided dossiers make a figure.
pub const LEAST: &str = "pace_least";
/// Fewer than this tell more about the cases than about the procedure.
const USUAL_LEAST: i64 = 10;

/// What twelve months came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    pub decided: i64,
    pub on_time: i64,
    /// Working minutes from acceptance to decision, all together.
    pub minutes: i64,
}

/// Counts a dossier that these events decided; in the unit that decides it.
pub fn note(unit: &mut Unit, reference: &Reference, state: &Dossier, events: &[Event]) -> Result<(), AppError> {
    let decided = events.iter().any(|e| matches!(e, Event::Decided { .. }));
    let (Status::Decided { at, .. }, Some(from), true) = (&state.status, state.accepted_at, decided) else {
        return Ok(());
    };
    let calendar = reference.calendar_of(state.intake.centre);
    let one = Pace {
        decided: 1,
        on_time: i64::from(state.lawful_due(calendar, &reference.clock).is_none_or(|due| *at <= due)),
        minutes: calendar.working_minutes_between(from, *at),
    };
    Ok(store::add(unit, &state.intake.procedure_code, &month(at.day()), &one)?)
}

/// The figure of the last twelve months; `None` while too few were decided.
pub fn of(q: &mut impl Query, code: &str, now: Instant) -> Result<Option<Pace>, AppError> {
    // This month and the eleven before it.
    let since = now.day().checked_sub(11.months()).unwrap_or_else(|_| now.day());
    let pace = store::since(q, code, &month(since))?;
    let least = least(q)?.max(1);
    Ok(Some(pace).filter(|p| p.decided >= least))
}

/// How many decided dossiers make a figure.
pub fn least(q: &mut impl Query) -> Result<i64, AppError> {
    let kept = settings::get(q, LEAST)?.and_then(|v| v.parse().ok());
    Ok(kept.unwrap_or(USUAL_LEAST))
}

fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

impl Pace {
    /// The mean in working days: `9,4`, in English `9.4`.
    pub fn days(&self, day_minutes: i64, lang: Lang) -> String {
        let tenths = (self.minutes * 10 + self.decided * day_minutes / 2) / (self.decided * day_minutes).max(1);
        let point = if lang == Lang::En { '.' } else { ',' };
        format!("{}{point}{}", tenths / 10, tenths % 10)
    }
    /// The share on time in whole percent; 100 only when all were.
    pub fn on_time_percent(&self) -> i64 {
        self.on_time * 100 / self.decided.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_rounded_and_one_late_dossier_is_not_hidden() {
        let pace = Pace { decided: 300, on_time: 299, minutes: 300 * 480 * 94 / 10 };
        assert_eq!((pace.days(480, Lang::Vi), pace.on_time_percent()), ("9,4".into(), 99));
        let one = Pace { decided: 1, on_time: 1, minutes: 30 };
        assert_eq!((one.days(480, Lang::En), one.on_time_percent()), ("0.1".into(), 100));
    }
}

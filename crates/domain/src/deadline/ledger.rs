//! The clock ledger of a dossier: append-only entries, from which the due date follows.

use super::{
    calendar::{Calendar, OutsideCalendar},
    due::{Reckoning, due},
    explain::line,
    limit::TimeLimit,
    line::{Fact, Line},
    pause::{Pause, PauseCause},
    rules::ClockRules,
};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// One entry of the ledger. Entries are never changed or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LedgerEntry {
    /// The complete dossier was accepted (CLK-03).
    Start {
        /// When.
        at: Instant,
        /// The limit that runs from here.
        limit: TimeLimit,
    },
    /// The clock stops for a while.
    Pause(Pause),
    /// It runs again.
    Resume {
        /// When.
        at: Instant,
    },
    /// The supplement is complete: the limit runs again from zero (CLK-04).
    Restart {
        /// When.
        at: Instant,
    },
    /// An apology slip appoints a new date (CLK-05).
    Reappoint {
        /// When.
        at: Instant,
        /// The new date.
        due_at: Instant,
        /// Number of the slip.
        slip: String,
    },
    /// The calendar changed; the entry keeps the date it led to, so a replay never changes afterwards (CLK-01).
    Recompute {
        /// When.
        at: Instant,
        /// Version of the calendar.
        calendar_version: i64,
        /// The date under it.
        due_at: Option<Instant>,
    },
    /// Decided, stopped or withdrawn.
    End {
        /// When.
        at: Instant,
    },
}

/// Where a clock stands after its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ClockState {
    /// The dossier is not accepted yet.
    NotStarted,
    /// It runs.
    Running,
    /// It stands; `due_at` is then the date as it stood, and moves on resumption.
    Paused {
        /// Since when.
        since: Instant,
    },
    /// It ended.
    Ended {
        /// When.
        at: Instant,
    },
}

/// The due date of a ledger, its clock's state and the lines that say why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerReckoning {
    /// When the result is due; `None` before the start and for a procedure without a due date.
    pub due_at: Option<Instant>,
    /// Where the clock stands.
    #[serde(flatten)]
    pub state: ClockState,
    /// "Vì sao có ngày này", in order.
    pub lines: Vec<Line>,
}

/// Why a ledger cannot be reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// A date lies outside the calendar.
    #[error(transparent)]
    Outside(#[from] OutsideCalendar),
    /// An entry does not follow from those before it, such as a resumption without a pause, or an earlier moment.
    #[error("entry {index} of the clock ledger does not follow from those before it")]
    OutOfOrder {
        /// Its place, from 0.
        index: usize,
    },
}

/// The due date is a pure function of ledger, calendar and rules.
pub fn reckon(ledger: &[LedgerEntry], calendar: &Calendar, rules: &ClockRules) -> Result<LedgerReckoning, LedgerError> {
    fold(ledger.iter().enumerate(), calendar, rules)
}

/// The due date without any re-appointment. A recomputation after one speaks of the new date, so it is passed over as well.
pub fn lawful_due(
    ledger: &[LedgerEntry],
    calendar: &Calendar,
    rules: &ClockRules,
) -> Result<Option<Instant>, LedgerError> {
    let first = ledger.iter().position(|entry| matches!(entry, LedgerEntry::Reappoint { .. })).unwrap_or(ledger.len());
    let moved = |at: usize, entry: &LedgerEntry| {
        matches!(entry, LedgerEntry::Reappoint { .. }) || (at > first && matches!(entry, LedgerEntry::Recompute { .. }))
    };
    let entries = ledger.iter().enumerate().filter(|(at, entry)| !moved(*at, entry));
    fold(entries, calendar, rules).map(|reckoning| reckoning.due_at)
}

/// The due date the ledger would have, had this calendar always been in force: the preview of a calendar change.
/// Differs from [`reckon`] only in that recorded recomputations are passed over.
pub fn redated(
    ledger: &[LedgerEntry],
    calendar: &Calendar,
    rules: &ClockRules,
) -> Result<Option<Instant>, LedgerError> {
    let entries = ledger.iter().enumerate();
    let entries = entries.filter(|(_, entry)| !matches!(entry, LedgerEntry::Recompute { .. }));
    fold(entries, calendar, rules).map(|reckoning| reckoning.due_at)
}

fn fold<'a>(
    entries: impl Iterator<Item = (usize, &'a LedgerEntry)>,
    calendar: &Calendar,
    rules: &ClockRules,
) -> Result<LedgerReckoning, LedgerError> {
    let mut clock = Clock {
        calendar,
        rules,
        limit: TimeLimit::None,
        latest: None,
        state: ClockState::NotStarted,
        pause_counts_from: None,
        cause: None,
        due_at: None,
        lines: Vec::new(),
    };
    for (index, entry) in entries {
        if !clock.follows(entry) {
            return Err(LedgerError::OutOfOrder { index });
        }
        clock.take(entry)?;
    }
    Ok(LedgerReckoning { due_at: clock.due_at, state: clock.state, lines: clock.lines })
}

struct Clock<'a> {
    calendar: &'a Calendar,
    rules: &'a ClockRules,
    limit: TimeLimit,
    latest: Option<Instant>,
    state: ClockState,
    /// From when a running pause still has to be added: its beginning, or a later re-appointment that already reckoned with it.
    pause_counts_from: Option<Instant>,
    /// For what it stands, while it does.
    cause: Option<PauseCause>,
    due_at: Option<Instant>,
    lines: Vec<Line>,
}

impl Clock<'_> {
    fn follows(&self, entry: &LedgerEntry) -> bool {
        use ClockState::{NotStarted, Paused, Running};
        if self.latest.is_some_and(|latest| entry.at() < latest) {
            return false;
        }
        match entry {
            LedgerEntry::Start { .. } => self.state == NotStarted,
            LedgerEntry::Pause(_) => self.state == Running,
            LedgerEntry::Resume { .. } => matches!(self.state, Paused { .. }),
            LedgerEntry::Restart { .. }
            | LedgerEntry::Reappoint { .. }
            | LedgerEntry::Recompute { .. }
            | LedgerEntry::End { .. } => matches!(self.state, Running | Paused { .. }),
        }
    }

    fn take(&mut self, entry: &LedgerEntry) -> Result<(), OutsideCalendar> {
        let at = entry.at();
        // A calendar that changed says nothing of when things happened: papers that came in before it may be told after it.
        if !matches!(entry, LedgerEntry::Recompute { .. }) {
            self.latest = Some(at);
        }
        match entry {
            LedgerEntry::Start { limit, .. } => {
                self.limit = *limit;
                self.run_from_zero(at, None)?;
            }
            LedgerEntry::Restart { .. } => {
                self.run_from_zero(at, Some(line(Fact::Restarted, at)))?;
            }
            LedgerEntry::Pause(Pause { cause, reason, .. }) => {
                self.state = ClockState::Paused { since: at };
                self.pause_counts_from = Some(at);
                self.cause = Some(*cause);
                self.lines.push(line(Fact::Paused { cause: *cause, reason: reason.clone() }, at));
            }
            LedgerEntry::Resume { .. } => self.resume(at)?,
            LedgerEntry::Reappoint { due_at, slip, .. } => {
                self.pause_counts_from = self.pause_counts_from.map(|_| at);
                // A day that was declared off afterwards is nobody's appointment: the promise moves to the next working day.
                let at_rest = self.calendar.is_working(due_at.day()) == Some(false);
                let next = || self.calendar.closing_from(*due_at).unwrap_or(*due_at);
                let due_at = if at_rest { next() } else { *due_at };
                self.set(Fact::Reappointed { slip: slip.clone() }, at, Some(due_at));
            }
            LedgerEntry::Recompute { calendar_version, due_at, .. } => {
                let fact = Fact::Recomputed { calendar_version: *calendar_version };
                self.set(fact, at, *due_at);
            }
            LedgerEntry::End { .. } => {
                self.state = ClockState::Ended { at };
                self.lines.push(line(Fact::Ended, at));
            }
        }
        Ok(())
    }

    /// Counts the whole limit from `at`. A restart's line takes the place of "received".
    fn run_from_zero(&mut self, at: Instant, first: Option<Line>) -> Result<(), OutsideCalendar> {
        let Reckoning { due_at, mut lines } = due(at, self.limit, self.calendar, self.rules)?;
        if let Some(first) = first {
            lines[0] = first;
        }
        self.state = ClockState::Running;
        self.pause_counts_from = None;
        self.due_at = due_at;
        self.lines.append(&mut lines);
        Ok(())
    }

    /// Adds the working time that was spent paused, never calendar time: a pause over a week-end costs nobody a day.
    fn resume(&mut self, at: Instant) -> Result<(), OutsideCalendar> {
        let since = self.pause_counts_from.take().unwrap_or(at);
        let paused_minutes = self.calendar.working_minutes_between(since, at);
        let moved = |due| self.calendar.plus_working_minutes(due, paused_minutes);
        let due_at = self.due_at.map(moved).transpose()?;
        self.state = ClockState::Running;
        let cause = self.cause.take().unwrap_or_default();
        self.set(Fact::Resumed { cause, paused_minutes }, at, due_at);
        Ok(())
    }

    fn set(&mut self, fact: Fact, at: Instant, due_at: Option<Instant>) {
        self.due_at = due_at;
        self.lines.push(Line { due_at, ..line(fact, at) });
    }
}

impl LedgerEntry {
    /// When the entry was made.
    pub fn at(&self) -> Instant {
        match self {
            Self::Start { at, .. }
            | Self::Pause(Pause { at, .. })
            | Self::Resume { at }
            | Self::Restart { at }
            | Self::Reappoint { at, .. }
            | Self::Recompute { at, .. }
            | Self::End { at } => *at,
        }
    }
}

#[cfg(test)]
#[path = "tests/ledger.rs"]
mod tests;

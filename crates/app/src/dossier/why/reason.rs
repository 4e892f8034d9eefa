//! The lines behind a due date, from the dossier's own events. Pure.

use crate::deadline::DueLine;
use domain::{
    deadline::{Calendar, ClockRules, Fact, LedgerEntry, LedgerError, Line, reckon},
    dossier::{Dossier, Event, StoredEvent},
    time::Instant,
};

/// The date that was promised, and its reasons.
pub struct Reason {
    pub due_at: Option<Instant>,
    pub lines: Vec<DueLine>,
    /// The calendar changed after the promise, which stands: the version by which it was counted.
    pub kept_from: Option<i64>,
}

/// Counts the dossier's ledger again. A promised date never changes with the calendar: where the calendar of today would
/// give another one, only what was recorded is told.
pub fn reason(
    dossier: &Dossier,
    events: &[(StoredEvent, Event)],
    calendar: &Calendar,
    rules: &ClockRules,
) -> Result<Reason, LedgerError> {
    let (Some(at), Some(limit)) = (dossier.accepted_at, dossier.limit) else {
        return Ok(Reason { due_at: None, lines: Vec::new(), kept_from: None });
    };
    let mut ledger = vec![LedgerEntry::Start { at, limit }];
    ledger.extend(ended(events).filter(|end| *end >= at).map(|at| LedgerEntry::End { at }));
    let reckoned = reckon(&ledger, calendar, rules)?;
    if reckoned.due_at == dossier.due_at {
        let lines = reckoned.lines.into_iter().map(DueLine::of).collect();
        return Ok(Reason { due_at: dossier.due_at, lines, kept_from: None });
    }
    let told = |line: &Line| matches!(line.fact, Fact::Received | Fact::Due | Fact::Ended);
    let mut lines: Vec<Line> = reckoned.lines.into_iter().filter(told).collect();
    for line in lines.iter_mut().filter(|l| l.fact == Fact::Due) {
        line.due_at = dossier.due_at;
        line.at = dossier.due_at.unwrap_or(line.at);
    }
    Ok(Reason {
        due_at: dossier.due_at,
        lines: lines.into_iter().map(DueLine::of).collect(),
        kept_from: events.iter().find_map(|(_, e)| match e {
            Event::Accepted { calendar_version, .. } => Some(*calendar_version),
            _ => None,
        }),
    })
}

/// When the clock ended: decided, or refused after acceptance.
fn ended(events: &[(StoredEvent, Event)]) -> impl Iterator<Item = Instant> {
    let ends = |e: &Event| matches!(e, Event::Decided { .. } | Event::Refused { .. });
    events.iter().rev().find(|(_, e)| ends(e)).map(|(line, _)| line.at).into_iter()
}

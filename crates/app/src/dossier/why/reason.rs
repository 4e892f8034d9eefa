//! The lines behind a due date, from the dossier's own events. Pure.

use crate::deadline::DueLine;
use domain::{
    deadline::{Calendar, Cites, ClockRules, Fact, LedgerEntry, LedgerError, Line, Pause, PauseCause, reckon},
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
    cites: &Cites,
) -> Result<Reason, LedgerError> {
    if dossier.ledger.is_empty() {
        return Ok(Reason { due_at: None, lines: Vec::new(), kept_from: None });
    }
    let mut reckoned = reckon(&dossier.ledger, calendar, rules)?;
    reckoned.lines = cites.put(reckoned.lines);
    if reckoned.due_at == dossier.due_at {
        let mut lines = reckoned.lines;
        tell_the_first_promise(&mut lines, events);
        let lines = lines.into_iter().map(DueLine::of).collect();
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
        kept_from: events.iter().rev().find_map(|(_, e)| match e {
            Event::Accepted { calendar_version, .. } | Event::Redated { calendar_version, .. } => {
                Some(*calendar_version)
            }
            _ => None,
        }),
    })
}

/// The ledger as anybody with the code reads it: what officers wrote in their own words may name people.
pub fn for_anybody(ledger: &[LedgerEntry]) -> Vec<LedgerEntry> {
    let plain = |entry: &LedgerEntry| match entry {
        LedgerEntry::Pause(p) if p.cause != PauseCause::Supplement => {
            LedgerEntry::Pause(Pause { reason: p.cause.words().to_owned(), ..p.clone() })
        }
        other => other.clone(),
    };
    ledger.iter().map(plain).collect()
}

/// After a change of the calendar the first date is told as it was promised, not as the calendar of today would count it.
fn tell_the_first_promise(lines: &mut [Line], events: &[(StoredEvent, Event)]) {
    if !lines.iter().any(|l| matches!(l.fact, Fact::Recomputed { .. })) {
        return;
    }
    let promised = events.iter().find_map(|(_, e)| match e {
        Event::Accepted { due_at, .. } => *due_at,
        _ => None,
    });
    if let Some((line, at)) = lines.iter_mut().find(|l| l.fact == Fact::Due).zip(promised) {
        line.at = at;
        line.due_at = Some(at);
    }
}

//! The clock ledger as a view of the events (CLK-03 … CLK-05), and what a change of the calendar does to it (CLK-01).

use super::{Dossier, Event, FeeMoment, Status};
use crate::{
    deadline::{Calendar, ClockRules, LedgerEntry, LedgerError, Pause, PauseCause, redated},
    time::Instant,
};

/// What an event at this moment writes into the ledger of the dossier that it has made.
pub(super) fn entry(after: &Dossier, at: Instant, what: &Event) -> Option<LedgerEntry> {
    // A clock that was set back must not turn the ledger round.
    let at = after.ledger.last().map_or(at, |last| last.at().max(at));
    match what {
        Event::Accepted { received_at, limit, .. } => Some(LedgerEntry::Start { at: *received_at, limit: *limit }),
        Event::Redated { calendar_version, due_at, .. } => {
            Some(LedgerEntry::Recompute { at, calendar_version: *calendar_version, due_at: *due_at })
        }
        // Before acceptance nothing runs, so nothing stands still or ends.
        _ if after.accepted_at.is_none() => None,
        Event::SupplementRequested { slip, .. } => {
            let reason = format!("chờ bổ sung hồ sơ theo phiếu số {}", slip.number);
            Some(pause(at, PauseCause::Supplement, reason))
        }
        Event::SupplementCompleted { received_at, .. } => {
            Some(LedgerEntry::Restart { at: (*received_at).max(latest(after)) })
        }
        Event::FeeRequired { when: FeeMoment::Now, reason, .. } => {
            Some(pause(at, PauseCause::Fee, format!("chờ nộp phí, lệ phí ({reason})")))
        }
        // A fee that nobody waited for moves nothing.
        Event::FeePaid { paid_at, .. } if goes_on(after) => {
            Some(LedgerEntry::Resume { at: (*paid_at).max(latest(after)) })
        }
        // So does one that was taken back: it stood for nothing.
        Event::FeeCancelled { .. } if goes_on(after) => Some(LedgerEntry::Resume { at: at.max(latest(after)) }),
        Event::Suspended { reason, .. } => Some(pause(at, PauseCause::Suspension, reason.clone())),
        Event::Resumed { .. } => Some(LedgerEntry::Resume { at }),
        Event::Apologised { due_at, slip, to_adjust: false, .. } | Event::DateAdjusted { due_at, slip, .. } => {
            Some(LedgerEntry::Reappoint { at, due_at: *due_at, slip: slip.number.clone() })
        }
        Event::Decided { .. } | Event::Refused { .. } | Event::Stopped { .. } | Event::Withdrawn { .. } => {
            Some(LedgerEntry::End { at })
        }
        _ => None,
    }
}

/// What the clock stood for is gone, and the work goes on or begins.
fn goes_on(after: &Dossier) -> bool {
    matches!(after.status, Status::Accepted | Status::InProgress) && is_paused(after)
}

const fn pause(at: Instant, cause: PauseCause, reason: String) -> LedgerEntry {
    LedgerEntry::Pause(Pause { at, cause, reason })
}

/// What counts from an earlier moment counts at the earliest from the last thing that happened; a change of the calendar
/// is none.
fn latest(d: &Dossier) -> Instant {
    let happened = d.ledger.iter().rev().find(|e| !matches!(e, LedgerEntry::Recompute { .. }));
    happened.map_or(Instant::from_millis(0), LedgerEntry::at)
}

/// From when the limit that runs now would count had it never stood: the receipt of the complete dossier, or of the supplement
/// from which it runs anew (CLK-04), later by the working time of its pauses. What is left is measured against it (CLK-07).
pub fn counted_from(d: &Dossier, calendar: &Calendar) -> Option<Instant> {
    let begins = |e: &LedgerEntry| matches!(e, LedgerEntry::Start { .. } | LedgerEntry::Restart { .. });
    let Some(first) = d.ledger.iter().rposition(begins) else { return d.accepted_at };
    let (mut stands_since, mut waited) = (None, 0);
    for entry in &d.ledger[first..] {
        match entry {
            LedgerEntry::Pause(pause) => stands_since = Some(pause.at),
            LedgerEntry::Resume { at } => {
                waited += stands_since.take().map_or(0, |since| calendar.working_minutes_between(since, *at));
            }
            _ => {}
        }
    }
    let start = d.ledger[first].at();
    if waited == 0 { Some(start) } else { calendar.plus_working_minutes(start, waited).ok().or(Some(start)) }
}

/// Whether the last stop of the clock has not ended.
pub(super) fn is_paused(d: &Dossier) -> bool {
    let turns = |e: &&LedgerEntry| {
        matches!(e, LedgerEntry::Pause(_) | LedgerEntry::Resume { .. } | LedgerEntry::Restart { .. })
    };
    matches!(d.ledger.iter().rev().find(turns), Some(LedgerEntry::Pause(_)))
}

/// Whether the dossier's date follows the calendar: it has a date, and its clock has not ended.
pub fn follows_the_calendar(dossier: &Dossier) -> bool {
    let ended = dossier.ledger.iter().any(|e| matches!(e, LedgerEntry::End { .. }));
    dossier.due_at.is_some() && !dossier.ledger.is_empty() && !ended
}

/// The date this calendar would give the dossier, when it is another than the one promised. `None` where nothing changes,
/// the clock has ended, or there is no date at all.
pub fn new_date(dossier: &Dossier, calendar: &Calendar, rules: &ClockRules) -> Result<Option<Instant>, LedgerError> {
    if !follows_the_calendar(dossier) {
        return Ok(None);
    }
    let date = redated(&dossier.ledger, calendar, rules)?;
    Ok(date.filter(|_| date != dossier.due_at))
}

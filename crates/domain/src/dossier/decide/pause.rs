//! What makes the clock stand for a while: a fee, a suspension (FLW-08, FEE-03).

use super::{Facts, at_desk, confirm, held, not_now, propose, said, same_holder, term};
use crate::{
    accounts::{Role, Who},
    deadline::TimeLimit,
    dossier::{Dossier, Event, FeeMoment, Holder, Law, Proposed, Refusal, Status},
    time::Instant,
};

/// Whether a fee may be asked for: before the work goes on, or before the handover.
pub fn may_require_fee(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let open = matches!(d.status, Status::Submitted { .. } | Status::InProgress | Status::Decided { .. });
    held(who, d, law, open)
}

pub(super) fn require_fee(
    d: &Dossier,
    amount: i64,
    reason: &str,
    when: FeeMoment,
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    may_require_fee(f.who, d, &f.law)?;
    if amount <= 0 {
        return Err(Refusal::AmountWrong { owed: None });
    }
    // Nothing waits for a payment once it is decided; what is owed then is paid at the return desk.
    if when == FeeMoment::Now && matches!(d.status, Status::Decided { .. }) {
        return Err(not_now(d));
    }
    let until = term(TimeLimit::CalendarDays(f.profile.fees.reminded_after_days), f)?;
    Ok(vec![Event::FeeRequired { amount, reason: said(reason)?, when, until }])
}

/// Whether a payment may be recorded: by the Centre's counters and cashier, while something is owed.
pub fn may_record_payment(who: &Who, d: &Dossier) -> Result<(), Refusal> {
    let cash = |r: Role| r.takes_in() || matches!(r, Role::Cashier | Role::ReturnDesk);
    at_desk(who, d, cash, d.status.is_open() && d.unpaid().is_some())
}

pub(super) fn record_payment(
    d: &Dossier,
    amount: i64,
    paid_at: Option<Instant>,
    proof: &str,
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    may_record_payment(f.who, d)?;
    let since = waits_since(d);
    // Several may be owed; each is paid whole, by a receipt of its own.
    let first = d.payable().next().ok_or_else(|| not_now(d))?;
    let fee = d.payable().find(|fee| fee.amount == amount).ok_or(Refusal::AmountWrong { owed: Some(first.amount) })?;
    if proof.trim().is_empty() {
        return Err(Refusal::ProofNeeded);
    }
    // FEE-03: the time of the success notice counts.
    let paid_at = match paid_at {
        Some(at) if at > f.now || at < fee.asked_at => return Err(Refusal::ReceivedLater { at }),
        said => said.unwrap_or(f.now),
    };
    let due_at = match since {
        Some(since) => moved(d, since, paid_at, f)?,
        None => d.due_at,
    };
    let (proof, calendar_version) = (proof.trim().to_owned(), f.calendar.version());
    Ok(vec![Event::FeePaid { amount, paid_at, proof, due_at, calendar_version }])
}

fn waits_since(d: &Dossier) -> Option<Instant> {
    match d.status {
        Status::AwaitingPayment { since, .. } => Some(since),
        _ => None,
    }
}

/// Whether a fee may be taken back: by whoever has the dossier, or by a head of the competent agency, so that a slip of the
/// finger is no state that one cannot leave.
pub fn may_cancel_fee(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let heads = |r: Role| matches!(r, Role::UnitHead | Role::AgencyLeader);
    let heads = d.accepted_at.is_some() && who.agency == d.intake.agency && who.any(heads);
    let owed = d.status.is_alive() && d.unpaid().is_some();
    if heads {
        return if owed { Ok(()) } else { Err(not_now(d)) };
    }
    held(who, d, law, owed)
}

pub(super) fn cancel_fee(d: &Dossier, reason: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_cancel_fee(f.who, d, &f.law)?;
    let (reason, amount) = (said(reason)?, d.unpaid().ok_or_else(|| not_now(d))?.amount);
    // The applicant owed nothing; the working time lost is given back to the date as after a payment.
    let due_at = match waits_since(d) {
        Some(since) => moved(d, since, f.now, f)?,
        None => d.due_at,
    };
    Ok(vec![Event::FeeCancelled { amount, reason, due_at, calendar_version: f.calendar.version() }])
}

/// Whether it may be suspended.
pub fn may_suspend(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    held(who, d, law, d.status == Status::InProgress)
}

pub(super) fn suspend(d: &Dossier, reason: &str, until: Instant, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_suspend(f.who, d, &f.law)?;
    let reason = said(reason)?;
    if until <= f.now {
        return Err(Refusal::UntilNotAhead { until });
    }
    if let Some(by) = confirm::needed(f.profile.approval.suspension_by, &f.law) {
        return propose(d, Proposed::Suspension { reason, until }, by, f);
    }
    Ok(vec![Event::Suspended { reason, until, holder: same_holder(d, f)? }])
}

pub(super) fn suspended(reason: String, until: Instant, holder: Holder, f: &Facts) -> Result<Event, Refusal> {
    if until <= f.now {
        return Err(Refusal::UntilNotAhead { until });
    }
    Ok(Event::Suspended { reason, until, holder })
}

/// Whether it may go on.
pub fn may_resume(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    held(who, d, law, matches!(d.status, Status::Suspended { .. }))
}

pub(super) fn resume(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_resume(f.who, d, &f.law)?;
    Ok(vec![resumed(d, f)?])
}

pub(super) fn resumed(d: &Dossier, f: &Facts) -> Result<Event, Refusal> {
    let Status::Suspended { since, .. } = d.status else { return Err(not_now(d)) };
    let due_at = moved(d, since, f.now, f)?;
    Ok(Event::Resumed { due_at, calendar_version: f.calendar.version(), holder: same_holder(d, f)? })
}

/// The due date, later by the working time that was spent waiting, never by calendar time.
fn moved(d: &Dossier, since: Instant, until: Instant, f: &Facts) -> Result<Option<Instant>, Refusal> {
    let waited = f.calendar.working_minutes_between(since, until);
    let later = |due| f.calendar.plus_working_minutes(due, waited);
    d.due_at.map(later).transpose().map_err(|e| Refusal::CalendarEnds { last: e.last })
}

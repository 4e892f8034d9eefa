//! Form 04: apology and re-appointment; the agency's explanation; the cause of lateness (CLK-05, CLK-08, guard rail 2).

use super::{Confirmer, Facts, confirm, held, not_now, propose, said, slip};
use crate::{
    accounts::{Role, Who},
    deadline::TimeLimit,
    dossier::{AgainstRegulation, Dossier, Event, Holder, Law, Proposed, Refusal, due::apology_drafted_at, holding},
    profile::{ApologyMoment, ApologyWriter, DateAdjuster},
    time::Instant,
};
use jiff::civil::Date;

/// Whether an apology may be written: by whom the profile says, no more often than it says.
pub fn may_apologise(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    may_write(who, d, law)?;
    let due = d.due_at.ok_or(Refusal::NoDueDate)?;
    still_open(d, law)?;
    if law.profile.apology.moment == ApologyMoment::OnceOverdue && law.now <= due {
        return Err(Refusal::NotOverdueYet { due });
    }
    // HUE 3.3b: the agency explains in writing first; the Centre promises nothing over its head.
    if law.profile.apology.written_by == ApologyWriter::Centre && d.explanation.is_none() {
        return Err(AgainstRegulation::NotExplainedYet.into());
    }
    Ok(())
}

fn may_write(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let runs = d.status.clock_runs();
    if law.profile.apology.written_by == ApologyWriter::Agency {
        return if signs_the_draft(who, d, law) { Ok(()) } else { held(who, d, law, runs) };
    }
    // HUE 3.3b: the Centre's letter, so its management signs, not a counter.
    if !manages_the_centre(who, d, law) {
        return Err(Refusal::TheCentreApologises);
    }
    if !runs {
        return Err(not_now(d));
    }
    Ok(())
}

/// Once the system has drafted form 04, the leader under whose name it goes out completes and signs it, whoever has the dossier
/// (CLK-05; mẫu 04: "Thủ trưởng cơ quan").
pub fn signs_the_draft(who: &Who, d: &Dossier, law: &Law) -> bool {
    let leads = who.is(Role::AgencyLeader) && who.agency == d.intake.agency;
    leads && apology_drafted_at(d, law).is_some_and(|at| at <= law.now)
}

/// Whether a timely apology takes effect at once: nobody else's word is needed, or the first of these who may write it is the one
/// who signs.
pub(super) fn signed_at_once(acting: &[Who], d: &Dossier, law: &Law) -> bool {
    let writer = || acting.iter().find(|who| may_apologise(who, d, law).is_ok());
    signed_by(law).is_none() || writer().is_some_and(|who| signs_the_draft(who, d, law))
}

/// The Centre's management and supervision, and the counter that took the dossier in.
fn speaks_for_the_centre(who: &Who, d: &Dossier, law: &Law) -> bool {
    let there = |kind: fn(Role) -> bool, centre| who.any(kind) && who.centre == Some(centre);
    let manages = |r: Role| holding::confirms(r) || r == Role::Supervisor;
    there(manages, law.desk.confirmed_at) || there(manages, d.intake.centre) || there(Role::takes_in, d.intake.centre)
}

/// Guard rail 2: no more re-appointments than the profile says.
pub fn still_open(d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let times = u32::try_from(d.apologies.len()).unwrap_or(u32::MAX);
    match law.profile.apology.max_reappointments {
        Some(max) if times >= max => Err(Refusal::AlreadyReappointed { times }),
        _ => Ok(()),
    }
}

pub(super) fn apologise(
    d: &Dossier,
    reason: &str,
    new_due_at: Option<Instant>,
    files: &[String],
    late: bool,
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    may_apologise(f.who, d, &f.law)?;
    let due = d.due_at.ok_or(Refusal::NoDueDate)?;
    let explained = d.explanation.as_ref();
    let reason = match explained {
        Some(e) if reason.trim().is_empty() => e.reason.clone(),
        _ => said(reason)?,
    };
    let new_due_at = new_due_at.or(explained.map(|e| e.new_due_at)).ok_or(Refusal::DateNotLater { due })?;
    later(new_due_at, due, f)?;
    if files.is_empty() && f.profile.apology.scan_required {
        return Err(AgainstRegulation::ApologyNotScanned.into());
    }
    let files = files.to_vec();
    if !is_late(d, &f.law) {
        if let Some(by) = signed_by(&f.law).filter(|_| !signs_the_draft(f.who, d, &f.law)) {
            return propose(d, Proposed::Apology { reason, new_due_at, files, late: false }, by, f);
        }
        return Ok(vec![timely(due, reason, new_due_at, files, None, f)?]);
    }
    if !late {
        return Err(Refusal::ApologyTooLate { due });
    }
    propose(d, Proposed::Apology { reason, new_due_at, files, late: true }, Confirmer::Centre, f)
}

/// Whose word the agency's timely apology needs (VL 4.3e, QN 6.3); the Centre's own it writes itself.
pub fn signed_by(law: &Law) -> Option<Confirmer> {
    let by_agency = law.profile.apology.written_by == ApologyWriter::Agency;
    confirm::needed(law.profile.approval.apology_by, law).filter(|_| by_agency)
}

/// In time; where the Centre adjusts the date the slip alone moves nothing (VL 4.3e, QN 6.3).
fn timely(
    from: Instant,
    reason: String,
    due_at: Instant,
    files: Vec<String>,
    holder: Option<Holder>,
    f: &Facts,
) -> Result<Event, Refusal> {
    let rules = &f.profile.apology;
    let to_adjust = rules.written_by == ApologyWriter::Agency && rules.date_adjusted_by != DateAdjuster::Agency;
    Ok(Event::Apologised { reason, from, due_at, slip: slip(f)?, files, late: false, to_adjust, holder })
}

/// An apology that the agency's leader has signed: still before D−1, for what is signed later is a late one and the Centre's.
pub(super) fn signed(
    d: &Dossier,
    from: Instant,
    reason: String,
    due_at: Instant,
    files: Vec<String>,
    holder: Holder,
    f: &Facts,
) -> Result<Event, Refusal> {
    if is_late(d, &f.law) {
        return Err(Refusal::ApologyTooLate { due: from });
    }
    timely(from, reason, due_at, files, Some(holder), f)
}

/// A late apology that the Centre has confirmed: the date moves with its word.
pub(super) fn confirmed(
    from: Instant,
    reason: String,
    due_at: Instant,
    files: Vec<String>,
    holder: Holder,
    f: &Facts,
) -> Result<Event, Refusal> {
    let (slip, holder) = (slip(f)?, Some(holder));
    Ok(Event::Apologised { reason, from, due_at, slip, files, late: true, to_adjust: false, holder })
}

/// Whether the date may be adjusted by the agency's apology: by the Centre (VL 4.3e), or by its counter (QN 6.3).
pub fn may_adjust_date(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let counter = who.any(Role::takes_in) && who.centre == Some(d.intake.centre);
    let right = match law.profile.apology.date_adjusted_by {
        DateAdjuster::CounterOfficer => counter,
        DateAdjuster::Centre | DateAdjuster::Agency => speaks_for_the_centre(who, d, law),
    };
    if !right {
        return Err(AgainstRegulation::TheCentreAdjusts.into());
    }
    if d.status.clock_runs() && d.to_adjust().is_some() {
        Ok(())
    } else {
        Err(AgainstRegulation::NothingToAdjust.into())
    }
}

pub(super) fn adjust_date(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_adjust_date(f.who, d, &f.law)?;
    let appointed = d.to_adjust().ok_or(AgainstRegulation::NothingToAdjust)?;
    if appointed.to <= f.now {
        return Err(AgainstRegulation::AppointmentPassed { to: appointed.to }.into());
    }
    let (slip, reason) = (appointed.slip.clone(), appointed.reason.clone());
    let notice = f.numbers.slip.clone();
    Ok(vec![Event::DateAdjusted { due_at: at_an_open_door(appointed.to, f)?, slip, notice, reason }])
}

/// A day that was declared off since it was promised is nobody's appointment: it moves to the next working day, as in the ledger.
fn at_an_open_door(promised: Instant, f: &Facts) -> Result<Instant, Refusal> {
    if f.calendar.is_working(promised.day()) != Some(false) {
        return Ok(promised);
    }
    f.calendar.closing_from(promised).map_err(|e| Refusal::CalendarEnds { last: e.last })
}

/// A promise that can be kept: later than the one that was broken, ahead of now, and at an hour at which the centre is open.
pub(super) fn later(new: Instant, due: Instant, f: &Facts) -> Result<(), Refusal> {
    if new <= due || new <= f.now {
        return Err(Refusal::DateNotLater { due });
    }
    if f.calendar.is_open_at(new) {
        return Ok(());
    }
    Err(match f.calendar.closing_from(new) {
        Ok(next) => Refusal::DateAtRest { next },
        Err(e) => Refusal::CalendarEnds { last: e.last },
    })
}

/// Guard rail 2: after the last day an apology is late, and where there is no such day every one is.
pub(super) fn is_late(d: &Dossier, law: &Law) -> bool {
    let before_due = law.profile.apology.moment == ApologyMoment::BeforeDue;
    before_due && last_apology_day(d, law).is_none_or(|last| law.now.day() > last)
}

/// The last day on which an apology is no breach: D−1 is a calendar day before the due date's day. `None` where the profile
/// sets none, and for limits of one day or less, which know only the late apology.
pub fn last_apology_day(d: &Dossier, law: &Law) -> Option<Date> {
    let rules = &law.profile.apology;
    let days = rules.min_days_before.filter(|_| rules.moment == ApologyMoment::BeforeDue)?;
    let one_day = law.clock.hours_per_day;
    let short = match d.limit {
        Some(TimeLimit::SameDay) => true,
        Some(TimeLimit::WorkingHours(n)) => n <= one_day,
        Some(TimeLimit::WorkingDays(n) | TimeLimit::CalendarDays(n)) => n <= 1,
        _ => false,
    };
    let last = || d.due_at?.day().checked_sub(jiff::Span::new().days(i64::from(days))).ok();
    if short { None } else { last() }
}

/// Whether the agency may explain itself to the Centre: where the Centre writes the apology.
pub fn may_explain(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let asked = law.profile.apology.written_by == ApologyWriter::Centre && d.due_at.is_some();
    held(who, d, law, asked && d.status.clock_runs())
}

pub(super) fn explain(d: &Dossier, reason: &str, new_due_at: Instant, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_explain(f.who, d, &f.law)?;
    let due = d.due_at.ok_or(Refusal::NoDueDate)?;
    later(new_due_at, due, f)?;
    Ok(vec![Event::Explained { reason: said(reason)?, new_due_at }])
}

/// Whether the cause of lateness may be recorded: by the agency that has it, or by the Centre's supervision (CLK-08).
pub fn may_explain_overdue(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let heads = |r: Role| matches!(r, Role::UnitHead | Role::AgencyLeader);
    let of_agency = d.holder.as_ref().is_some_and(|h| h.agency == who.agency && who.any(heads));
    let of_centre = manages_the_centre(who, d, law);
    let overdue = d.status.clock_runs() && d.due_at.is_some_and(|due| law.now > due);
    if of_agency || of_centre {
        return if overdue { Ok(()) } else { Err(not_now(d)) };
    }
    held(who, d, law, overdue)
}

/// The Centre's management and supervision: of the centre that took it in, or of the one above.
pub(super) fn manages_the_centre(who: &Who, d: &Dossier, law: &Law) -> bool {
    let manages = |r: Role| holding::confirms(r) || r == Role::Supervisor;
    who.any(manages) && [Some(d.intake.centre), Some(law.desk.confirmed_at)].contains(&who.centre)
}

/// Whether this officer's word takes a late dossier off the public list: nobody excuses oneself there (DN 7.2, 13.3b).
pub fn may_excuse(who: &Who, d: &Dossier, law: &Law) -> bool {
    !law.profile.overdue.published || manages_the_centre(who, d, law)
}

pub(super) fn explain_overdue(d: &Dossier, cause: &str, justified: bool, f: &Facts) -> Result<Vec<Event>, Refusal> {
    may_explain_overdue(f.who, d, &f.law)?;
    if justified && !may_excuse(f.who, d, &f.law) {
        return Err(AgainstRegulation::TheCentreExcuses.into());
    }
    Ok(vec![Event::OverdueExplained { cause: said(cause)?, justified }])
}

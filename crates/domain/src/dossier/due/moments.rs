//! Which moments a dossier has, by where it stands. Pure: the same state and law give the same.

use super::{DueKind, DueMoment};
use crate::{
    catalogue::Place,
    deadline::{TimeLimit, due_at},
    dossier::{Dossier, Law, Status, counted_from, course, decide, lawful},
    interlink::Branch,
    profile::{ApologyMoment, ApologyWriter, SupplementRoute},
    time::Instant,
};

/// How often an unpaid fee is called to mind, each time after the profile's term.
const FEE_REMINDERS: u32 = 4;

/// "After its term" is one minute later: the last minute is still in time.
fn over(until: Instant) -> Instant {
    until.plus_millis(60_000)
}

/// Every deadline that a dossier has now, past ones too.
pub fn due_moments(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let mut moments = by_status(d, law);
    moments.extend(urgings(d));
    moments.extend(unconfirmed(d));
    moments
}

/// CLK-11: an urging calls at once, and again whoever asked when nobody answers; nothing is left of it once the dossier is
/// closed.
fn urgings(d: &Dossier) -> impl Iterator<Item = DueMoment> + '_ {
    let open = d.urgings.iter().filter(|u| u.answer.is_none() && d.status.is_alive());
    open.flat_map(|u| {
        let both = [(DueKind::Urged, u.at), (DueKind::UrgingUnanswered, over(u.answer_by))];
        both.map(|(kind, at)| DueMoment { kind, from: u.at, nth: u.id, at })
    })
}

/// INT-13: a late entry calls the Centre until a second officer has confirmed it; nothing is decided before.
fn unconfirmed(d: &Dossier) -> Option<DueMoment> {
    let waits = lawful::late_entry_waits(d) && d.status.is_alive();
    let at = d.accepted_at.filter(|_| waits)?;
    Some(DueMoment { kind: DueKind::LateEntry, from: at, nth: 0, at })
}

fn by_status(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let one = |kind, from, at| Some(DueMoment { kind, from, nth: 0, at });
    match d.status {
        Status::Submitted { at } => {
            let last = after(at, law.profile.online.checked_within(), law);
            last.and_then(|last| one(DueKind::IntakeCheck, at, over(last))).into_iter().collect()
        }
        Status::GuidanceRequested { at, until } => one(DueKind::GuidanceExpiry, at, over(until)).into_iter().collect(),
        Status::AwaitingSupplement { since, until } => {
            let through = law.profile.supplement.route == SupplementRoute::ThroughCentre;
            let slip = one(DueKind::SupplementSlip, since, since).filter(|_| through);
            one(DueKind::SupplementExpiry, since, over(until)).into_iter().chain(slip).collect()
        }
        Status::AwaitingPayment { since, until, .. } => unpaid(since, until, law),
        Status::Suspended { since, until } => one(DueKind::SuspensionEnd, since, until).into_iter().collect(),
        Status::Accepted | Status::InProgress => running(d, law),
        Status::Decided { .. } if d.result.is_some() => waiting_for_its_owner(d, law),
        Status::Decided { .. } => to_be_issued(d, law),
        // CLK-10: the papers of a refused dossier wait for their owner like a result.
        Status::Refused { to_give_back: true, .. } => waiting_for_its_owner(d, law),
        _ => Vec::new(),
    }
}

fn after(from: Instant, limit: TimeLimit, law: &Law) -> Option<Instant> {
    due_at(from, limit, law.calendar, law.clock).ok().flatten()
}

/// Nobody pays by being told once: it is called to mind again, each time after the same term.
fn unpaid(since: Instant, until: Instant, law: &Law) -> Vec<DueMoment> {
    let days = law.profile.fees.reminded_after_days;
    let again = |nth: u32| after(until, TimeLimit::CalendarDays(days.saturating_mul(nth)), law);
    let later = (1..FEE_REMINDERS).filter_map(|nth| Some((nth, again(nth)?)));
    std::iter::once((0, until))
        .chain(later)
        .map(|(nth, at)| DueMoment { kind: DueKind::PaymentWait, from: since, nth, at })
        .collect()
}

/// The step's own time, and the agency's while it has the dossier.
fn of_the_step(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let mut moments = Vec::new();
    let mut add = |kind, from, at| moments.push(DueMoment { kind, from, nth: 0, at });
    if let Some((since, at)) = course::step_term(d, law.process, law.calendar) {
        add(DueKind::StepDue, since, over(at));
        if let Some(near) = near(since, at, law) {
            add(DueKind::StepNear, since, near);
        }
    }
    let in_the_agency = course::step_of(d, law.process).is_some_and(|s| s.actor.place == Place::Agency);
    if let Some((start, at)) = course::agency_term(d, law.process, law.calendar).filter(|_| in_the_agency) {
        add(DueKind::AgencyDue, at, over(at));
        if let Some(near) = near(start, at, law) {
            add(DueKind::AgencyNear, at, near);
        }
    }
    moments
}

/// Signed, but the applicant has nothing yet: the clock has ended, the promise has not (RES-01).
fn to_be_issued(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let promised = d.due_at.map(|due| DueMoment { kind: DueKind::IssueDue, from: due, nth: 0, at: over(due) });
    of_the_step(d, law).into_iter().chain(promised).collect()
}

fn running(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let mut moments = branches(d, law);
    moments.extend(of_the_step(d, law));
    let mut add = |kind, from, at| moments.push(DueMoment { kind, from, nth: 0, at });
    if d.status == Status::InProgress
        && d.supplements == 0
        && let Ok(Some(end)) = decide::window_ends(d, law)
    {
        add(DueKind::SupplementWindow, d.accepted_at.unwrap_or(end), over(end));
    }
    if let Some(appointed) = d.to_adjust() {
        add(DueKind::DateToAdjust, appointed.at, appointed.at);
    }
    if let Some(said) = d.explanation.as_ref().filter(|_| law.profile.apology.centre_told) {
        add(DueKind::Explained, said.at, said.at);
    }
    let (Some(start), Some(due)) = (counted_from(d, law.calendar), d.due_at) else { return moments };
    add(DueKind::Due, due, over(due));
    if let Some(at) = reported_at(d, due, law) {
        add(DueKind::OverdueReport, due, at);
    }
    if let Some(at) = near(start, due, law) {
        add(DueKind::NearDue, due, at);
    }
    if let Some(at) = apology_drafted_at(d, law) {
        add(DueKind::ApologyDraft, due, at);
    }
    moments
}

/// When the system drafts form 04 for a running dossier (CLK-05); `None` where the Centre writes the apology, where no further date
/// may be appointed, and for a limit of a day or less, which knows no timely apology.
pub fn apology_drafted_at(d: &Dossier, law: &Law) -> Option<Instant> {
    let rules = &law.profile.apology;
    let drafted = rules.written_by == ApologyWriter::Agency && rules.moment == ApologyMoment::BeforeDue;
    if !drafted || !matches!(d.status, Status::Accepted | Status::InProgress) || decide::may_re_appoint(d, law).is_err()
    {
        return None;
    }
    let lead = i64::from(rules.drafted_days_before) * law.calendar.ordinary_day_minutes();
    drafted_at(counted_from(d, law.calendar)?, d.due_at?, lead, law)
}

/// CLK-05: early enough that D−1 can be kept; at once where the limit is no longer than that lead. A limit of a day or less knows
/// no timely apology.
fn drafted_at(start: Instant, due: Instant, lead: i64, law: &Law) -> Option<Instant> {
    let is_long = law.calendar.working_minutes_between(start, due) > law.calendar.ordinary_day_minutes();
    before(due, start, lead, law).or_else(|| (is_long && start.day() < due.day()).then_some(start))
}

/// CLK-08, DN 7.2: the cause is made clear before it is reported; who says nothing is reported without one once the profile's
/// term has passed. What the law excuses is reported to nobody.
fn reported_at(d: &Dossier, due: Instant, law: &Law) -> Option<Instant> {
    let rules = &law.profile.overdue;
    if rules.reported_to.is_empty() {
        return None;
    }
    match d.overdue_cause() {
        Some(cause) if cause.justified => None,
        Some(cause) => Some(cause.at),
        None if rules.cause_recorded => {
            after(due, TimeLimit::WorkingDays(rules.cause_within_working_days), law).map(over)
        }
        None => Some(over(due)),
    }
}

/// What others were asked or were given to do, each with a date of its own and a call before it.
fn branches(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    // Another date is another deadline: it calls again.
    let waited_for = d.links.terms().flat_map(|t| {
        let (soon, late) = match t.what {
            Branch::Consultation => (DueKind::ConsultationNear, DueKind::ConsultationDue),
            Branch::Part => (DueKind::PartNear, DueKind::PartDue),
        };
        let near = near(t.start, t.due_at, law).map(|at| (soon, at));
        let both = [near, Some((late, over(t.due_at)))];
        both.into_iter().flatten().map(move |(kind, at)| DueMoment { kind, from: t.start, nth: t.id, at })
    });
    let told = d.links.consultations.iter().filter(|c| !c.is_answered()).filter_map(|c| {
        let from = c.redated_at.unwrap_or(c.at);
        Some(DueMoment { kind: DueKind::ConsultationReported, from, nth: c.id, at: c.reported_at? })
    });
    // FLW-03: the day after it was to begin, its minutes are there or it was called off.
    let visits = d.links.open_visits().filter_map(|v| {
        let at = after(v.at, TimeLimit::WorkingDays(1), law)?;
        Some(DueMoment { kind: DueKind::VisitMinutes, from: v.since, nth: v.id, at: over(at) })
    });
    waited_for.chain(told).chain(visits).collect()
}

/// When little of the time from `start` to `due` is left, by the profile's threshold (CLK-07).
fn near(start: Instant, due: Instant, law: &Law) -> Option<Instant> {
    let near = &law.profile.calendar.near_due;
    let whole = law.calendar.working_minutes_between(start, due);
    let days = i64::from(near.working_days) * law.calendar.ordinary_day_minutes();
    before(due, start, (whole * i64::from(near.percent) / 100).max(days), law)
}

/// So much working time before the due date; none where the whole limit is no longer than that.
fn before(due: Instant, start: Instant, lead: i64, law: &Law) -> Option<Instant> {
    let whole = law.calendar.working_minutes_between(start, due);
    if whole <= lead {
        return None;
    }
    law.calendar.plus_working_minutes(start, whole - lead).ok()
}

fn waiting_for_its_owner(d: &Dossier, law: &Law) -> Vec<DueMoment> {
    let Some(holder) = &d.holder else { return Vec::new() };
    let since = holder.since;
    let early = d.result.is_some() && d.due_at.is_some_and(|due| since.day() < due.day());
    let reminders = law.profile.returning.unclaimed_reminders.iter().zip(1..);
    let mut moments: Vec<_> = reminders
        .filter_map(|(days, nth)| {
            let at = after(since, TimeLimit::WorkingDays(*days), law)?;
            Some(DueMoment { kind: DueKind::Unclaimed, from: since, nth, at })
        })
        .collect();
    if early {
        moments.push(DueMoment { kind: DueKind::EarlyResult, from: since, nth: 0, at: since });
    }
    moments
}

//! Taking in (INT-01 … INT-03).

use super::{Facts, on_step, term, waiting_at};
use crate::{
    accounts::{Role, Who},
    catalogue::{Channel, StepKind},
    deadline::{TimeLimit, due_at},
    dossier::{
        Dossier, DossierCode, Event, FeeMoment, Holder, Intake, IntakeFees, ReceivedComponent, Refusal, Status, course,
        in_its_stead,
    },
    id::Id,
    people::Officer,
    profile::Portal,
    time::Instant,
};

/// INT-09: only the Centre's intake roles, at the centre of their post.
fn may_take_in(intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    let right = f.who.any(Role::takes_in) && f.who.centre == Some(intake.centre);
    if right { of_own_field(f) } else { Err(Refusal::OnlyTheCentreTakesIn) }
}

/// ADM-02, STF-01: a counter and its officer take in the fields to which they are bound.
fn of_own_field(f: &Facts) -> Result<(), Refusal> {
    let field = &f.procedure.field.name;
    if f.who.bound.takes_in(field) { Ok(()) } else { Err(Refusal::FieldNotTakenIn { field: field.clone() }) }
}

/// Guard rail 3 and INT-02: nothing that is not published, nothing required left out; everything missing at once.
pub(super) fn check_components(brought: &[ReceivedComponent], intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    let variant = f.procedure.variant(intake.variant.as_deref().unwrap_or_default());
    let published = variant.map_or(&[][..], |v| v.components.as_slice());
    for received in brought {
        if !published.iter().any(|c| c.id == received.id) {
            return Err(Refusal::ComponentNotPublished { id: received.id.clone() });
        }
    }
    Ok(())
}

fn check_complete(intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    let missing = missing_papers(intake, f)?;
    if missing.is_empty() { Ok(()) } else { Err(Refusal::Incomplete { missing }) }
}

/// Ids and names of the required papers that are not here.
pub(super) fn missing_papers(intake: &Intake, f: &Facts) -> Result<Vec<(String, String)>, Refusal> {
    let variant = f.procedure.variant(intake.variant.as_deref().unwrap_or_default()).ok_or(Refusal::VariantNeeded)?;
    let brought = |id: &str| intake.components.iter().any(|r| r.id == id && r.is_here());
    let missing = variant
        .components
        .iter()
        .filter(|c| c.required && c.is_paper() && !brought(&c.id))
        .map(|c| (c.id.clone(), c.name.clone()))
        .collect();
    Ok(missing)
}

fn counter(intake: &Intake, officer: Option<Id<Officer>>, f: &Facts) -> Holder {
    Holder {
        // A process begins with the intake; without a step nobody would hold the dossier.
        step: f.process.steps.first().map(|s| s.key.clone()).unwrap_or_default(),
        agency: f.desk.centre_agency,
        centre: Some(intake.centre),
        unit: None,
        officer,
        since: f.now,
    }
}

pub(super) fn draft(intake: &Intake, received_at: Option<Instant>, f: &Facts) -> Result<Event, Refusal> {
    may_take_in(intake, f)?;
    open_channel(intake, f)?;
    check_components(&intake.components, intake, f)?;
    received(intake, received_at, f.now)?;
    Ok(Event::Drafted { intake: intake.clone(), received_at, holder: counter(intake, Some(f.who.officer), f) })
}

pub(super) fn submit(intake: &Intake, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let citizen = f.who.is_citizen();
    let through_portal = delivers(intake, f);
    if !citizen && !through_portal {
        may_take_in(intake, f)?;
    }
    handled_here(f)?;
    open_channel(intake, f)?;
    check_components(&intake.components, intake, f)?;
    if citizen {
        own_portal(intake, f)?;
        // The counter's own check, before a code is given: no dossier waits only to be told that a paper is missing.
        check_complete(intake, f)?;
    }
    let code = f.numbers.code.clone().ok_or(Refusal::OnlyTheCentreTakesIn)?;
    let mut holder = counter(intake, None, f);
    if in_its_stead::agency_takes_in(intake, &f.law) {
        (holder.agency, holder.centre) = (intake.agency, None);
    }
    Ok(vec![Event::Submitted { code, intake: intake.clone(), holder, through_portal }])
}

/// LNK-01: the national portal delivers what was handed in there, where the regulation names it. It comes as it is: the person
/// has handed it in already, and what is missing is told by guidance (QNI 13.2c).
fn delivers(intake: &Intake, f: &Facts) -> bool {
    let named = f.profile.online.submission_through.contains(&Portal::National);
    named && intake.channel == Channel::Online && f.who.is(Role::NationalPortal)
}

/// The national portal, about a dossier that it delivered itself.
pub(super) fn delivered(who: &Who, d: &Dossier) -> bool {
    who.is(Role::NationalPortal) && d.portal == Some(who.officer)
}

/// INT-01: only by a channel that the province has opened.
fn open_channel(intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    if f.profile.intake.channels.contains(&intake.channel) {
        return Ok(());
    }
    Err(Refusal::ChannelClosed)
}

/// QNI 13.4a: where the regulation names the national portal alone, nobody hands in here.
fn own_portal(intake: &Intake, f: &Facts) -> Result<(), Refusal> {
    let ours = f.profile.online.submission_through.contains(&Portal::Province);
    if ours && intake.channel == Channel::Online { Ok(()) } else { Err(Refusal::ChannelClosed) }
}

fn handled_here(f: &Facts) -> Result<(), Refusal> {
    match &f.procedure.flags.handled_elsewhere {
        Some(place) => Err(Refusal::NotHandledHere { place: place.clone() }),
        None => Ok(()),
    }
}

pub(super) fn take_in(
    intake: &Intake,
    received_at: Option<Instant>,
    fees: Option<&IntakeFees>,
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    may_take_in(intake, f)?;
    handled_here(f)?;
    open_channel(intake, f)?;
    check_components(&intake.components, intake, f)?;
    check_complete(intake, f)?;
    let received_at = received(intake, received_at, f.now)?;
    let (accepted, due_at) = accepted(intake, None, Some(intake), received_at, f)?;
    let asked = fees.map_or(Ok(Vec::new()), |fees| asked_with_it(fees, intake, (received_at, due_at), f))?;
    Ok([accepted].into_iter().chain(asked).collect())
}

/// FEE-01: only lines of the schedule for this case and channel on the day of receipt; each becomes a fee of its own, and is
/// paid at once where the counter has the money.
fn asked_with_it(
    fees: &IntakeFees,
    intake: &Intake,
    (received_at, due_at): (Instant, Option<Instant>),
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    let variant = intake.variant.as_deref().unwrap_or_default();
    let published = f.procedure.fees_for(intake.channel, variant, received_at.day());
    let until = term(TimeLimit::CalendarDays(f.profile.fees.reminded_after_days), f)?;
    let proof = fees.proof.as_deref().map(str::trim);
    if proof.is_some_and(str::is_empty) {
        return Err(Refusal::ProofNeeded);
    }
    if let Some(strange) = fees.lines.iter().find(|line| !published.iter().any(|one| line.is(one))) {
        return Err(Refusal::FeeNotPublished { fee: strange.words() });
    }
    // What is paid already makes nothing wait; what the work waits for is one fee, so that one payment lets it go on.
    let when = if proof.is_some() { FeeMoment::AtReturn } else { fees.when };
    let asked = if when == FeeMoment::Now { fees.together().into_iter().collect() } else { fees.each() };
    let mut events = Vec::with_capacity(asked.len() * 2);
    for (amount, reason) in asked {
        let amount = amount.ok_or(Refusal::AmountWrong { owed: None })?;
        events.push(Event::FeeRequired { amount, reason, when, until });
        events.extend(proof.map(|proof| Event::FeePaid {
            amount,
            paid_at: f.now,
            proof: proof.to_owned(),
            due_at,
            calendar_version: f.calendar.version(),
        }));
    }
    Ok(events)
}

/// INT-13: what was taken in on paper during an outage is entered with its true time; else only the post has another one.
fn received(intake: &Intake, said: Option<Instant>, now: Instant) -> Result<Instant, Refusal> {
    match (&intake.late, said) {
        (None, said) => time_of_receipt(intake.channel, said, now),
        (Some(_), Some(at)) if at < now => Ok(at),
        (Some(_), _) => Err(Refusal::TrueTimeNeeded),
    }
}

/// INT-08: for the post, the time of receipt at the Centre counts; nobody else sets it.
pub(super) fn time_of_receipt(channel: Channel, said: Option<Instant>, now: Instant) -> Result<Instant, Refusal> {
    match said {
        None => Ok(now),
        Some(at) if at <= now && matches!(channel, Channel::Post | Channel::PostEmployee) => Ok(at),
        Some(at) => Err(Refusal::ReceivedLater { at }),
    }
}

pub(super) fn accept(d: &Dossier, fees: Option<&IntakeFees>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, |k| k == StepKind::Intake, matches!(d.status, Status::Draft | Status::Submitted { .. }))?;
    of_own_field(f)?;
    handled_here(f)?;
    check_complete(&d.intake, f)?;
    let received_at = d.received_at.unwrap_or(f.now);
    let (accepted, due_at) = accepted(&d.intake, d.code.clone(), None, received_at, f)?;
    let asked = fees.map_or(Ok(Vec::new()), |fees| asked_with_it(fees, &d.intake, (received_at, due_at), f))?;
    Ok([accepted].into_iter().chain(asked).collect())
}

/// The event, and the date that it appoints.
fn accepted(
    intake: &Intake,
    code: Option<DossierCode>,
    opens: Option<&Intake>,
    received_at: Instant,
    f: &Facts,
) -> Result<(Event, Option<Instant>), Refusal> {
    let limit = f.procedure.limit_for(intake.channel, intake.variant.as_deref().unwrap_or_default());
    let due_at = due_at(received_at, limit, f.calendar, f.clock).map_err(|e| Refusal::CalendarEnds { last: e.last })?;
    let code = code.or_else(|| f.numbers.code.clone()).ok_or(Refusal::OnlyTheCentreTakesIn)?;
    let first = f.process.steps.first().map(|s| s.key.as_str()).unwrap_or_default();
    let next = f.process.next(first, &course::at_intake(intake)).ok_or(Refusal::ProcessEnds)?;
    let accepted = Event::Accepted {
        code,
        intake: opens.cloned().map(Box::new),
        received_at,
        limit,
        due_at,
        calendar_version: f.calendar.version(),
        receipt: f.numbers.slip.clone(),
        // FLW-01: it goes to the competent agency at once.
        holder: waiting_at(next, intake, f, f.desk.agency_unit),
    };
    Ok((accepted, due_at))
}

//! A visit that is appointed, moved, called off (FLW-03; seed 002, Điều 6.4b): time, place, who must be there and what is looked
//! into are known before, and the applicant with them.

use super::{LinkRefusal, Linked, Visit, in_time, next_id, right, said};
use crate::{
    dossier::{Dossier, Facts, Refusal},
    interlink::SiteVisit,
    time::Instant,
};

/// Time, place, who and about what: without one of them nobody can come prepared.
pub(super) fn is_whole(visit: &Visit) -> bool {
    !visit.place.trim().is_empty()
        && !visit.content.trim().is_empty()
        && visit.participants.iter().any(|p| !p.trim().is_empty())
}

pub(super) fn appoint(d: &Dossier, visit: &Visit, applicant: bool, f: &Facts) -> Result<Linked, Refusal> {
    super::right(right::asks(f.who, d, f.process), d, f)?;
    if !is_whole(visit) {
        return Err(LinkRefusal::Appointment.into());
    }
    let at = ahead(d, visit.at, f)?;
    Ok(Linked::VisitAppointed { id: next_id(d.links.visits.last().map(|v| v.id)), at, applicant })
}

/// Within the promise: a visit after it would break it.
fn ahead(d: &Dossier, at: Instant, f: &Facts) -> Result<Instant, Refusal> {
    in_time(at, d, f.now).map_err(|e| match e {
        LinkRefusal::Date { due } => LinkRefusal::VisitTime { due }.into(),
        other => other.into(),
    })
}

/// The appointed visit of this number, for whoever works on the content; a paused dossier's too.
fn open<'d>(d: &'d Dossier, id: u32, f: &Facts) -> Result<&'d SiteVisit, Refusal> {
    super::right(right::changes_visits(f.who, d, f.process), d, f)?;
    let visit = d.links.visit(id).ok_or(LinkRefusal::Unknown { id })?;
    if visit.is_open() { Ok(visit) } else { Err(LinkRefusal::Done.into()) }
}

pub(super) fn postpone(d: &Dossier, id: u32, at: Instant, reason: &str, f: &Facts) -> Result<Linked, Refusal> {
    let from = open(d, id, f)?.at;
    Ok(Linked::VisitMoved { id, from, at: ahead(d, at, f)?, reason: said(reason)? })
}

pub(super) fn call_off(d: &Dossier, id: u32, reason: &str, f: &Facts) -> Result<Linked, Refusal> {
    let at = open(d, id, f)?.at;
    Ok(Linked::VisitCalledOff { id, at, reason: said(reason)? })
}

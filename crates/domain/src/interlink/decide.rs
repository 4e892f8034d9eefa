//! Says yes or no to what is asked of a branch. Pure.

mod visit;

use super::{Body, Branch, Link, LinkRefusal, Linked, PartAsked, PartOpened, PartResult, Travel, Visit, right};
use crate::{
    accounts::Who,
    dossier::{Dossier, Facts, Refusal, SlipRef},
    id::Id,
    people::{Agency, Centre, Officer, Unit},
    profile::{Level, TransferPlace},
    time::Instant,
};

/// The one event of a command about a branch, or why not.
pub(crate) fn decide(d: &Dossier, link: &Link, f: &Facts) -> Result<Linked, Refusal> {
    match link {
        Link::Consult { asked, content, due_at } => consult(d, asked, content, *due_at, f),
        Link::Reply { id, text, files } => reply(d, *id, text, files, f),
        Link::Report { id } => report(d, *id, f),
        Link::Verify { visit, findings, conclusion, appointed } => {
            verify(d, visit.as_ref(), findings, conclusion.as_deref(), *appointed, f)
        }
        Link::Appoint { visit, applicant } => visit::appoint(d, visit, *applicant, f),
        Link::Postpone { id, at, reason, .. } => visit::postpone(d, *id, *at, reason, f),
        Link::CallOff { id, reason } => visit::call_off(d, *id, reason, f),
        Link::Open { travel, parts } => open(d, *travel, parts, f),
        Link::PassOn { id } => pass_on(d, *id, f),
        Link::Give { id, officer } => give(d, *id, *officer, f),
        Link::Recall { what, id, reason } => recall(d, *what, *id, reason, f),
        Link::Redate { what, id, due_at, reason } => redate(d, *what, *id, *due_at, reason, f),
        Link::Finish { id, result } => finish(d, *id, result, f),
    }
}

/// First who, then whether the state allows it: a stranger learns nothing about the state (GR-6).
fn right(allowed: bool, d: &Dossier, f: &Facts) -> Result<(), Refusal> {
    if allowed {
        return Ok(());
    }
    if d.status.is_alive() && !right::reports(f.who, d, f.process) {
        return Err(Refusal::NotTheHolder);
    }
    Err(Refusal::NotNow { status: d.status.words() })
}

fn said(text: &str) -> Result<String, LinkRefusal> {
    let text = text.trim();
    if text.is_empty() { Err(LinkRefusal::NothingSaid) } else { Ok(text.to_owned()) }
}

/// Ahead of now, and not after the date that was promised to the applicant, be it the one that waits to be adjusted (VL 4.3e,
/// QN 6.3). A promise that is broken already binds nobody's date any more: the overdue dossier needs its opinion most.
fn in_time(at: Instant, d: &Dossier, now: Instant) -> Result<Instant, LinkRefusal> {
    let promised = d.due_at.map(|due| d.appointment.as_ref().map_or(due, |appointed| due.max(appointed.to)));
    let due = promised.filter(|due| *due > now);
    if at > now && due.is_none_or(|due| at <= due) { Ok(at) } else { Err(LinkRefusal::Date { due }) }
}

fn slip(f: &Facts) -> Result<SlipRef, Refusal> {
    f.numbers.slip.clone().ok_or(Refusal::ReasonNeeded)
}

fn next_id(last: Option<u32>) -> u32 {
    last.unwrap_or(0) + 1
}

fn consult(
    d: &Dossier,
    asked: &[(Id<Agency>, Option<Id<Unit>>)],
    content: &str,
    due_at: Instant,
    f: &Facts,
) -> Result<Linked, Refusal> {
    right(right::asks(f.who, d, f.process), d, f)?;
    if asked.is_empty() {
        return Err(LinkRefusal::Nobody.into());
    }
    // Within the own agency only another unit can be asked.
    if asked.iter().any(|(agency, unit)| *agency == f.who.agency && unit.is_none_or(|u| u == f.who.unit)) {
        return Err(LinkRefusal::Itself.into());
    }
    if asked.iter().enumerate().any(|(i, one)| asked[..i].contains(one)) {
        return Err(LinkRefusal::Twice.into());
    }
    let content = said(content)?;
    let due_at = in_time(due_at, d, f.now)?;
    let id = next_id(d.links.consultations.last().map(|c| c.id));
    Ok(Linked::Consulted { id, asked: asked.to_vec(), content, due_at, slip: slip(f)? })
}

fn reply(d: &Dossier, id: u32, text: &str, files: &[String], f: &Facts) -> Result<Linked, Refusal> {
    let found = d.links.consultation(id);
    let Some(place) = found.and_then(|c| right::answers(f.who, d, c)) else {
        let ours = found.is_some_and(|c| c.asked.iter().any(|a| a.agency == f.who.agency));
        let closed = || Refusal::NotNow { status: d.status.words() };
        return Err(match found {
            Some(_) if !d.status.is_alive() => closed(),
            Some(c) if ours && c.asked.iter().all(|a| a.agency != f.who.agency || a.reply.is_some()) => {
                LinkRefusal::Done.into()
            }
            None if right::reports(f.who, d, f.process) => LinkRefusal::Unknown { id }.into(),
            _ => Refusal::NotTheHolder,
        });
    };
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    Ok(Linked::Replied { id, place, text: said(text)?, files: files.to_vec() })
}

/// ILK-05: no answer in time → the lead tells the Centre.
fn report(d: &Dossier, id: u32, f: &Facts) -> Result<Linked, Refusal> {
    right(right::reports(f.who, d, f.process), d, f)?;
    let c = d.links.consultation(id).ok_or(LinkRefusal::Unknown { id })?;
    if c.is_answered() {
        return Err(LinkRefusal::Done.into());
    }
    if c.reported_at.is_some() {
        return Err(LinkRefusal::Told.into());
    }
    if !c.is_overdue(f.now) {
        return Err(LinkRefusal::NotOverdue { due: c.due_at }.into());
    }
    Ok(Linked::Reported { id })
}

/// FLW-03: findings always; of a visit also when, where, with whom and about what.
fn verify(
    d: &Dossier,
    visit: Option<&Visit>,
    findings: &str,
    conclusion: Option<&str>,
    appointed: Option<u32>,
    f: &Facts,
) -> Result<Linked, Refusal> {
    right(right::asks(f.who, d, f.process), d, f)?;
    if !visit.is_none_or(|v| v.at <= f.now && visit::is_whole(v)) {
        return Err(LinkRefusal::Visit.into());
    }
    if let Some(id) = appointed {
        let kept = d.links.visit(id).ok_or(LinkRefusal::Unknown { id })?;
        if !kept.is_open() {
            return Err(LinkRefusal::Done.into());
        }
        // The minutes of an appointed visit are those of a visit.
        visit.ok_or(LinkRefusal::Visit)?;
    }
    let conclusion = conclusion.map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned);
    let id = next_id(d.links.verifications.last().map(|v| v.id));
    let visited_at = visit.map(|v| v.at);
    Ok(Linked::Verified { id, visited_at, findings: said(findings)?, conclusion, appointed, slip: slip(f)? })
}

/// ILK-01 … ILK-03: each part with its work and its date, within the total date of the dossier.
fn open(d: &Dossier, travel: Travel, parts: &[PartAsked], f: &Facts) -> Result<Linked, Refusal> {
    right(right::opens(f.who, d, f.process), d, f)?;
    if parts.is_empty() {
        return Err(LinkRefusal::Nobody.into());
    }
    let rules = &f.profile.consultation;
    if !(if travel == Travel::Paper { rules.paper_serial } else { rules.electronic_parallel }) {
        return Err(LinkRefusal::WayClosed.into());
    }
    // DN 12.2đ: the lead agency, not the counter, sends the parts of the communes.
    let lead = right::reports(f.who, d, f.process);
    if rules.lead_sends_local && f.desk.provincial && !lead && parts.iter().any(|p| p.level == Level::Commune) {
        return Err(LinkRefusal::LeadSendsLocal.into());
    }
    let first = next_id(d.links.parts.last().map(|p| p.id));
    let mut opened: Vec<PartOpened> = Vec::with_capacity(parts.len());
    for (id, part) in (first..).zip(parts) {
        if part.body == Body::Agency(d.intake.agency) && part.unit.is_none() {
            return Err(LinkRefusal::Itself.into());
        }
        if matches!(&part.body, Body::Outside(name) if name.trim().is_empty()) {
            return Err(LinkRefusal::Nobody.into());
        }
        if travel == Travel::Paper && opened.last().is_some_and(|before| part.due_at < before.due_at) {
            return Err(LinkRefusal::DatesOutOfOrder.into());
        }
        let place = id - first + 1;
        let needs = match travel {
            Travel::Paper => opened.last().map(|before| before.id).into_iter().collect(),
            Travel::Electronic if part.needs.iter().any(|n| *n == 0 || *n >= place) => {
                return Err(LinkRefusal::Order.into());
            }
            Travel::Electronic => part.needs.iter().map(|n| first + n - 1).collect(),
        };
        let (work, due_at) = (said(&part.work)?, in_time(part.due_at, d, f.now)?);
        let via = first_receiver(d, part, f);
        opened.push(PartOpened { id, body: part.body.clone(), unit: part.unit, work, due_at, needs, via });
    }
    Ok(Linked::Opened { travel, parts: opened, slip: slip(f)? })
}

/// The one-stop unit at which a part lies before its agency has it, if any.
fn first_receiver(d: &Dossier, part: &PartAsked, f: &Facts) -> Option<Id<Centre>> {
    let rules = &f.profile.consultation;
    // QN 6.4e, VL 11: from a commune upwards, paper and data go through the one-stop unit of the upper level.
    if rules.across_levels && !f.desk.provincial && part.level == Level::Province {
        return Some(f.desk.upper);
    }
    match rules.transfer {
        // DN 12.2đ: "ngay tại Trung tâm ... do công chức tại Trung tâm của các cơ quan liên quan". The agency that stands
        // behind the Centre's own desk gives and receives with itself: another unit of the lead needs no handing-over.
        TransferPlace::Centre => {
            let posted = part.posted && f.desk.provincial && part.body != Body::Agency(d.intake.agency);
            posted.then_some(d.intake.centre)
        }
        // VL 11–12: with the one-stop units of the communes, as their dossiers come up through the Centre.
        TransferPlace::OneStopUnits => part.one_stop.filter(|unit| *unit != d.intake.centre),
        TransferPlace::Agencies => None,
    }
}

/// ILK-03: the one-stop unit passes it on; ILK-04: the agency's officer at the Centre receives it.
fn pass_on(d: &Dossier, id: u32, f: &Facts) -> Result<Linked, Refusal> {
    let part = d.links.part(id);
    if part.is_some_and(|p| right::passes_on(f.who, d, p)) {
        return Ok(Linked::PassedOn { id });
    }
    let there = part.is_some_and(|p| right::at_its_one_stop(f.who, d, p));
    Err(if there { LinkRefusal::Done.into() } else { Refusal::NotTheHolder })
}

fn give(d: &Dossier, id: u32, officer: Id<Officer>, f: &Facts) -> Result<Linked, Refusal> {
    let part = d.links.part(id);
    let allowed = part.is_some_and(|p| right::gives(f.who, d, p));
    right(allowed && (officer == f.who.officer || right::forwards(f.who)), d, f)?;
    let fit = |who: &&Who| {
        who.officer == officer
            && part.and_then(super::Part::agency) == Some(who.agency)
            && part.and_then(|p| p.unit).is_none_or(|u| who.unit == u)
            && who.any(crate::accounts::Role::works_in_agency)
    };
    f.assignee.filter(fit).ok_or(LinkRefusal::Unfit)?;
    Ok(Linked::Given { id, officer })
}

/// The date of what is still waited for; the lead alone changes it.
fn waited_for(d: &Dossier, what: Branch, id: u32, f: &Facts) -> Result<Instant, Refusal> {
    right(right::reports(f.who, d, f.process), d, f)?;
    let found = match what {
        Branch::Consultation => d.links.consultation(id).map(|c| (c.due_at, c.is_answered())),
        Branch::Part => d.links.part(id).map(|p| (p.due_at, p.is_done())),
    };
    match found {
        Some((due_at, false)) => Ok(due_at),
        Some(_) => Err(LinkRefusal::Done.into()),
        None => Err(LinkRefusal::Unknown { id }.into()),
    }
}

/// Sent by mistake, to the wrong agency, or to one that never answers or is no more: the lead takes it back and goes on.
fn recall(d: &Dossier, what: Branch, id: u32, reason: &str, f: &Facts) -> Result<Linked, Refusal> {
    waited_for(d, what, id, f)?;
    Ok(Linked::Recalled { what, id, reason: said(reason)?, slip: slip(f)? })
}

/// Another date within the dossier's own, as after a re-appointment; on paper still in the order of the agencies.
fn redate(d: &Dossier, what: Branch, id: u32, due_at: Instant, reason: &str, f: &Facts) -> Result<Linked, Refusal> {
    let from = waited_for(d, what, id, f)?;
    let (reason, due_at) = (said(reason)?, in_time(due_at, d, f.now)?);
    if let Some(part) = d.links.part(id).filter(|_| what == Branch::Part) {
        let others = || d.links.parts.iter().filter(|p| !p.is_done());
        let before = others().any(|p| part.needs.contains(&p.id) && p.due_at > due_at);
        let after = others().any(|p| p.needs.contains(&id) && p.due_at < due_at);
        if before || after {
            return Err(LinkRefusal::DatesOutOfOrder.into());
        }
    }
    Ok(Linked::Redated { what, id, from, due_at, reason, slip: slip(f)? })
}

fn finish(d: &Dossier, id: u32, result: &PartResult, f: &Facts) -> Result<Linked, Refusal> {
    let Some(part) = d.links.part(id) else {
        right(right::reports(f.who, d, f.process), d, f)?;
        return Err(LinkRefusal::Unknown { id }.into());
    };
    if !right::finishes(f.who, d, part, f.process) {
        let ours = part.agency() == Some(f.who.agency);
        return Err(match part.is_done() {
            true if ours => LinkRefusal::Done.into(),
            false if ours && !part.is_open() => LinkRefusal::Waits.into(),
            _ => Refusal::NotTheHolder,
        });
    }
    let result = PartResult { text: said(&result.text)?, by: f.who.officer, at: f.now, ..result.clone() };
    // Paper goes on with a slip of its own; the last agency hands back to the lead.
    let slip = f.numbers.slip.clone().filter(|_| d.links.travel == Some(Travel::Paper));
    Ok(Linked::Finished { id, result, slip })
}

impl From<LinkRefusal> for Refusal {
    fn from(refusal: LinkRefusal) -> Self {
        Self::Link(refusal)
    }
}

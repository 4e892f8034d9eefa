//! Assigning, appraising, submitting, sending back (FLW-03, FLW-07).

use super::{Facts, may_speak, not_now, on_step, unit_of, waiting_at};
use crate::{
    accounts::{Role, Who},
    catalogue::StepKind,
    dossier::{Decision, Dossier, Event, Holder, Opinion, Refusal, Status, course, holding, lawful},
    id::Id,
    interlink::{Consultation, LinkRefusal},
    people::{Officer, Unit},
};

pub(super) fn assign(
    d: &Dossier,
    unit: Option<Id<Unit>>,
    officer: Id<Officer>,
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    let Some(holder) = d.holder.as_ref().filter(|_| matches!(d.status, Status::Accepted | Status::InProgress)) else {
        return Err(if may_speak(d, f) || d.holder.is_none() { not_now(d) } else { Refusal::NotTheHolder });
    };
    if !lawful::may_assign(f.who, d, f.process) {
        // Whoever holds it is not told that somebody else does.
        return Err(if holding::holds(f.who, d, f.process) { not_now(d) } else { Refusal::NotTheHolder });
    }
    let step = course::assigned_step(d, f.process).ok_or(Refusal::AssigneeUnfit)?;
    // A step at the Centre goes to somebody who works there (DN 13.2a).
    let fit = |a: &&Who| a.officer == officer && a.agency == holder.agency && holding::fits(a, holder, step);
    let assignee = f.assignee.filter(fit).ok_or(Refusal::AssigneeUnfit)?;
    let field = &f.procedure.field.name;
    if !assignee.bound.handles(field) {
        return Err(Refusal::FieldOfOthers { field: field.clone() });
    }
    // A specialist takes for oneself only; giving to others is the head's.
    let gives = f.who.is(Role::UnitHead) || f.who.is(Role::AgencyLeader);
    if officer != f.who.officer && !gives {
        return Err(Refusal::NotTheHolder);
    }
    if unit.is_some_and(|u| u != assignee.unit) {
        return Err(Refusal::AssigneeUnfit);
    }
    Ok(vec![Event::Assigned {
        holder: Holder {
            step: step.key.clone(),
            agency: holder.agency,
            centre: holder.centre,
            unit: Some(assignee.unit),
            officer: Some(officer),
            since: f.now,
        },
    }])
}

pub(super) fn appraise(d: &Dossier, opinion: Decision, text: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let unfinished = matches!(d.status, Status::Accepted | Status::InProgress);
    on_step(d, f, StepKind::is_work, unfinished)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    Ok(vec![Event::Appraised { opinion, text: text.to_owned() }])
}

pub(super) fn submit_for_approval(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, StepKind::is_work, matches!(d.status, Status::Accepted | Status::InProgress))?;
    if !course::has_opinion_here(d) {
        return Err(Refusal::NotAppraised);
    }
    // ILK-01: the last agency hands back to the lead, and only then does the lead go on.
    if let count @ 1.. = d.links.unfinished().count() {
        return Err(LinkRefusal::PartsOpen { count }.into());
    }
    // DN 13.2b, QN 6.4d: who goes on without an opinion that is overdue has told the Centre.
    let untold = |c: &&Consultation| !c.is_answered() && c.is_overdue(f.now) && c.reported_at.is_none();
    if f.profile.consultation.overdue_told_to_centre
        && let Some(c) = d.links.consultations.iter().find(untold)
    {
        return Err(LinkRefusal::NotTold { id: c.id }.into());
    }
    // FLW-03: people were asked to be there; they are not left waiting, and what was seen is on file (QN 6.4b).
    if let Some(visit) = d.links.open_visits().next() {
        return Err(LinkRefusal::VisitOpen { at: visit.at }.into());
    }
    let next = course::next(d, f.process, None).ok_or(Refusal::ProcessEnds)?;
    let holder = waiting_at(next, &d.intake, f, unit_of(d));
    Ok(vec![match next.kind {
        StepKind::Approve => Event::SubmittedForApproval { holder },
        _ => Event::PassedOn { holder },
    }])
}

pub(super) fn return_to_step(d: &Dossier, step: Option<&str>, reason: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, |k| k.is_work() || k == StepKind::Approve, d.status == Status::InProgress)?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let here = d.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
    let target = match step.map(str::trim).filter(|s| !s.is_empty()) {
        Some(asked) => {
            let found = f.process.earlier(here).into_iter().find(|s| s.key == asked);
            found.ok_or_else(|| Refusal::NoSuchStep { step: asked.to_owned() })?
        }
        None => f.process.back(here, &course::situation(d)).ok_or_else(|| not_now(d))?,
    };
    let mut holder = waiting_at(target, &d.intake, f, unit_of(d));
    // It goes back to the officer who did the step; a head assigns anew.
    if target.kind != StepKind::Assign {
        holder.officer = d.done_by.get(&target.key).copied();
    }
    // What was examined before the step that has it again still stands.
    let stands = |o: &Opinion| f.process.place_of(&o.step) < f.process.place_of(&target.key);
    let opinion_stands = d.opinion.as_ref().is_some_and(stands);
    Ok(vec![Event::ReturnedToStep { reason: reason.trim().to_owned(), holder, opinion_stands }])
}

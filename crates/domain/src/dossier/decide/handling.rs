//! Assigning, appraising, approving, sending back (FLW-03, FLW-05, FLW-07).

use super::{Facts, may_speak, needs_receipt, not_now, on_step, pool};
use crate::{
    accounts::{Role, Who},
    dossier::{Decision, Dossier, Event, Holder, Refusal, Status, holding, lawful},
    id::Id,
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
    let step = f.process.step("appraise").ok_or(Refusal::AssigneeUnfit)?;
    let fit = |a: &&Who| a.officer == officer && a.agency == holder.agency && holding::has_a_role_of(a, step);
    let assignee = f.assignee.filter(fit).ok_or(Refusal::AssigneeUnfit)?;
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
            step: "appraise".into(),
            agency: holder.agency,
            centre: None,
            unit: Some(assignee.unit),
            officer: Some(officer),
            since: f.now,
        },
    }])
}

pub(super) fn appraise(d: &Dossier, opinion: Decision, text: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let unfinished = matches!(d.status, Status::Accepted | Status::InProgress);
    on_step(d, f, "appraise", unfinished)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    Ok(vec![Event::Appraised { opinion, text: text.to_owned() }])
}

pub(super) fn submit_for_approval(d: &Dossier, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, "appraise", matches!(d.status, Status::Accepted | Status::InProgress))?;
    if d.opinion.is_none() {
        return Err(Refusal::NotAppraised);
    }
    let unit = d.holder.as_ref().and_then(|h| h.unit);
    Ok(vec![Event::SubmittedForApproval { holder: pool("approve", d, f, unit) }])
}

pub(super) fn approve(d: &Dossier, decision: Decision, reason: Option<&str>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, "approve", d.status == Status::InProgress)?;
    if d.opinion.is_none() {
        return Err(Refusal::NotAppraised);
    }
    // QN 6.2: only with form 01; same-day dossiers that get no receipt by the profile are exempt.
    let exempt = d.limit.is_some_and(|l| !needs_receipt(f.profile, l));
    if f.profile.approval.form01 && d.receipt.is_none() && !exempt {
        return Err(Refusal::WithoutReceipt);
    }
    let reason = reason.map(str::trim).filter(|r| !r.is_empty());
    if decision == Decision::Decline && reason.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    let unit = d.holder.as_ref().and_then(|h| h.unit);
    Ok(vec![Event::Decided { decision, reason: reason.map(str::to_owned), holder: pool("issue", d, f, unit) }])
}

pub(super) fn return_to_step(d: &Dossier, step: Option<&str>, reason: &str, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let from = d.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
    on_step(
        d,
        f,
        if matches!(from, "appraise" | "approve") { from } else { "approve" },
        d.status == Status::InProgress,
    )?;
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let target =
        step.map(str::trim).filter(|s| !s.is_empty()).unwrap_or(if from == "approve" { "appraise" } else { "assign" });
    let place = |key: &str| f.process.steps.iter().position(|s| s.key == key);
    let earlier = matches!(target, "assign" | "appraise") && place(target) < place(from);
    if !earlier || place(target).is_none() {
        return Err(Refusal::NoSuchStep { step: target.to_owned() });
    }
    let unit = d.holder.as_ref().and_then(|h| h.unit);
    let mut holder = pool(target, d, f, unit);
    if target == "appraise" {
        holder.officer = d.appraiser;
    }
    Ok(vec![Event::ReturnedToStep { reason: reason.trim().to_owned(), holder }])
}

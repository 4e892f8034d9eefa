//! Who may approve, and what (FLW-04, FLW-05). The officer holds the step of approval (guard rail 6, `holding.rs`), whose roles are
//! data of the process (`catalogue/process/who_does_what.rs` for the default one); what is approved came the lawful way.

use super::{Facts, needs_receipt, on_step, unit_of, waiting_at};
use crate::{
    accounts::Role,
    catalogue::StepKind,
    dossier::{AgainstRegulation, Decision, Dossier, Event, Refusal, Status, course, lawful},
};

pub(super) fn approve(d: &Dossier, decision: Decision, reason: Option<&str>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    // DN 16.1c: what is decided on the spot is not approved at the agency's headquarters. A leader who tries is told that,
    // and not that somebody else holds the dossier.
    let here = course::kind_of(d, f.process) == Some(StepKind::Approve) && d.status == Status::InProgress;
    let leads = f.who.is(Role::AgencyLeader) && f.who.agency == d.intake.agency;
    let at_the_centre = f.who.centre == Some(d.intake.centre);
    let bound = f.procedure.flags.on_the_spot && f.profile.on_the_spot.only_at_centre;
    if here && leads && bound && !at_the_centre {
        return Err(Refusal::OnlyAtTheCentre);
    }
    on_step(d, f, |k| k == StepKind::Approve, d.status == Status::InProgress)?;
    if bound && !at_the_centre {
        return Err(Refusal::OnlyAtTheCentre);
    }
    if d.opinion.is_none() {
        return Err(Refusal::NotAppraised);
    }
    // DN 16.1c, QN 6.2: only what was taken in through the Centre.
    if f.profile.approval.intake_through_centre && d.taken_in_by_agency {
        return Err(AgainstRegulation::NotThroughTheCentre.into());
    }
    // QN 6.2: only with form 01; same-day dossiers that get no receipt by the profile are exempt.
    let exempt = d.limit.is_some_and(|l| !needs_receipt(f.profile, l));
    if f.profile.approval.form01 && d.receipt.is_none() && !exempt {
        return Err(Refusal::WithoutReceipt);
    }
    // INT-13: what nobody has compared with the papers yet moves no right.
    if lawful::late_entry_waits(d) {
        return Err(Refusal::LateNotConfirmed);
    }
    let reason = reason.map(str::trim).filter(|r| !r.is_empty());
    if decision == Decision::Decline && reason.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    let next = course::next(d, f.process, Some(decision)).ok_or(Refusal::ProcessEnds)?;
    let (reason, holder) = (reason.map(str::to_owned), waiting_at(next, &d.intake, f, unit_of(d)));
    Ok(vec![if course::decides(d, f.process, decision) {
        Event::Decided { decision, reason, holder }
    } else {
        Event::Endorsed { decision, reason, holder }
    }])
}

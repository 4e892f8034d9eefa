//! Who may approve, and what (FLW-04, FLW-05). The officer holds the step of approval (guard rail 6, `holding.rs`), whose roles are
//! data of the process (`catalogue/process/who_does_what.rs` for the default one); what is approved came the lawful way.

use super::{Facts, needs_receipt, on_step, unit_of, waiting_at};
use crate::{
    catalogue::StepKind,
    dossier::{AgainstRegulation, Decision, Dossier, Event, Refusal, Status, course},
};

pub(super) fn approve(d: &Dossier, decision: Decision, reason: Option<&str>, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, |k| k == StepKind::Approve, d.status == Status::InProgress)?;
    if d.opinion.is_none() {
        return Err(Refusal::NotAppraised);
    }
    // DN 16.1c: what is decided on the spot is not approved at the agency's headquarters.
    let at_the_centre = f.who.centre == Some(d.intake.centre);
    if f.procedure.flags.on_the_spot && f.profile.on_the_spot.only_at_centre && !at_the_centre {
        return Err(Refusal::OnlyAtTheCentre);
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

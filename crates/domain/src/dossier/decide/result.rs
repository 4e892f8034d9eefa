//! The result and its handover (RES-01, RES-02).

use super::{Facts, on_step, waiting_at};
use crate::{
    accounts::Role,
    catalogue::{Channel, OnlineLevel, StepKind},
    dossier::{
        AgainstRegulation, Dossier, Event, Handover, Law, Refusal, ResultBy, ResultRecord, Signature, Status, course,
        in_its_stead, lawful,
    },
};

pub(super) fn record_result(d: &Dossier, r: &ResultRecord, f: &Facts) -> Result<Vec<Event>, Refusal> {
    on_step(d, f, |k| lawful::enters_result(k, d), matches!(d.status, Status::Decided { .. }))?;
    let next = match course::kind_of(d, f.process) {
        Some(StepKind::Issue) => course::next(d, f.process, None),
        _ => course::step_of(d, f.process),
    };
    let next = next.ok_or(Refusal::ProcessEnds)?;
    Ok(vec![Event::ResultRecorded {
        number: r.number.clone(),
        date: r.date,
        signer: r.signer.clone(),
        files: r.files.clone(),
        holder: waiting_at(next, &d.intake, f, None),
    }])
}

/// Whether the originals of this dossier are compared before its result is returned: a partly online one where the profile
/// says so (QNI 13.3a; RES-04).
pub fn originals_are_compared(d: &Dossier, law: &Law) -> bool {
    law.profile.returning.originals_compared_when_partial
        && d.intake.channel == Channel::Online
        && law.procedure.online_level == OnlineLevel::Partial
}

/// QN 6.5b: one central desk of the Centre returns everything but what agencies return themselves.
fn at_the_central_desk(f: &Facts) -> Result<(), Refusal> {
    let central = f.profile.returning.central_desk && f.desk.provincial && !in_its_stead::agency_returns(&f.law);
    if central && !f.who.is(Role::ReturnDesk) { Err(AgainstRegulation::CentralDeskOnly.into()) } else { Ok(()) }
}

/// What must be paid before anything is handed over, in đồng (RES-02). The original papers of a refused dossier are the applicant's
/// own, whatever is owed (CLK-10).
pub fn owed_before_return(d: &Dossier) -> Option<i64> {
    let gives_papers_back = matches!(d.status, Status::Refused { to_give_back: true, .. });
    (!gives_papers_back && d.unpaid().is_some()).then(|| d.owed())
}

/// Guard rail 5: to whom the profile allows, in the way the applicant chose, with what must be shown.
pub(super) fn hand_over(d: &Dossier, h: &Handover, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let refused = matches!(d.status, Status::Refused { to_give_back: true, .. });
    on_step(d, f, |k| lawful::hands_over(k, d), refused || matches!(d.status, Status::Decided { .. }))?;
    at_the_central_desk(f)?;
    let Some(people) = f.people else { return Err(Refusal::ReceiverNotAuthorised) };
    // INT-15: whoever comes to the desk in person may have it there; nothing is sent unasked.
    if h.how != d.intake.result_by && h.how != ResultBy::Counter {
        return Err(Refusal::OtherWayChosen { chosen: d.intake.result_by.words() });
    }
    if let Some(amount) = owed_before_return(d) {
        return Err(Refusal::FeesUnpaid { amount });
    }
    let said = |t: &Option<String>| t.as_deref().is_some_and(|t| !t.trim().is_empty());
    if !h.is_on(people) && !said(&h.authorisation) {
        return Err(Refusal::ReceiverNotAuthorised);
    }
    // QN 8.1: the receipt is shown; a lost one is replaced by the reason and the identity paper.
    let slip_asked = f.profile.returning.slip_required && d.receipt.is_some() && h.how == ResultBy::Counter;
    if slip_asked && h.without_slip.is_some() && !(said(&h.without_slip) && said(&h.identity)) {
        return Err(Refusal::SlipNeeded);
    }
    if h.how == ResultBy::Counter && f.profile.returning.identity_required && !said(&h.identity) {
        return Err(Refusal::IdentityNeeded);
    }
    if h.how == ResultBy::Post && !said(&h.tracking) {
        return Err(Refusal::TrackingNeeded);
    }
    if !refused && originals_are_compared(d, &f.law) && !h.originals_compared {
        return Err(AgainstRegulation::OriginalsNotCompared.into());
    }
    let slip = f.numbers.slip.clone().ok_or(Refusal::ReceiverNotAuthorised)?;
    let (tracking, originals_compared) = (h.tracking.clone(), h.originals_compared);
    let without_slip = h.without_slip.clone().filter(|why| !why.trim().is_empty());
    // Only whoever stands at the desk can sign there.
    let signature = h.signature.as_ref().filter(|_| h.how == ResultBy::Counter).map(Signature::sha256);
    Ok(vec![Event::HandedOver { how: h.how, tracking, originals_compared, without_slip, signature, slip }])
}

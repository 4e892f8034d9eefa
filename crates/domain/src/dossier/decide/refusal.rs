//! Form 03: refusing before acceptance and after it (INT-05, CLK-10).

use super::{Facts, confirm, not_now, propose, said, waiting_at};
use crate::{
    catalogue::StepKind,
    dossier::{AgainstRegulation, Dossier, Event, Holder, Law, Proposed, Refusal, Status, holding},
    profile::GivenBackBy,
};

pub(super) fn refuse(d: &Dossier, reason: &str, files: &[String], f: &Facts) -> Result<Vec<Event>, Refusal> {
    let open = matches!(d.status, Status::Draft | Status::Submitted { .. } | Status::Accepted | Status::InProgress);
    if !holding::holds(f.who, d, f.process) {
        return Err(if d.holder.is_none() { not_now(d) } else { Refusal::NotTheHolder });
    }
    if !open {
        return Err(not_now(d));
    }
    let reason = said(reason)?;
    if d.accepted_at.is_none() {
        return Ok(vec![refused(&reason, files, None, f)?]);
    }
    in_time(d, &f.law)?;
    if files.is_empty() && refusal_is_scanned(d, &f.law) {
        return Err(AgainstRegulation::RefusalNotScanned.into());
    }
    // DN 9.2i: no resolution after acceptance is confirmed by the Centre's deputy director.
    if let Some(by) = confirm::needed(f.profile.approval.no_resolution_by, &f.law) {
        return propose(d, Proposed::Refusal { reason, files: files.to_vec() }, by, f);
    }
    after_acceptance(d, &reason, files, f)
}

/// Takes effect: the slip is issued, and the papers go back to the applicant.
pub(super) fn after_acceptance(d: &Dossier, reason: &str, files: &[String], f: &Facts) -> Result<Vec<Event>, Refusal> {
    in_time(d, &f.law)?;
    Ok(vec![refused(reason, files, gives_back(d, f), f)?])
}

/// DN 16.1e, VL 4.3đ: a refusal after acceptance is told within the limit. One without a date is never late.
pub fn in_time(d: &Dossier, law: &Law) -> Result<(), Refusal> {
    let due = d.due_at.filter(|due| law.profile.refusal.within_limit && d.accepted_at.is_some() && law.now > *due);
    due.map_or(Ok(()), |due| Err(AgainstRegulation::RefusalTooLate { due }.into()))
}

/// Whether the signed notice must be scanned and attached (DN 16.1e).
pub fn refusal_is_scanned(d: &Dossier, law: &Law) -> bool {
    law.profile.refusal.scan_required && d.accepted_at.is_some()
}

/// Who gives the original papers and the slip back: the agency (DN 16.1e), or the Centre's return desk, where the slip is
/// entered under results (VL 4.3đ).
fn gives_back(d: &Dossier, f: &Facts) -> Option<Holder> {
    let by = f.profile.refusal.given_back_by?;
    let desk = f.process.steps.iter().rev().find(|s| s.kind == StepKind::Return)?;
    let holder = waiting_at(desk, &d.intake, f, None);
    Some(match by {
        GivenBackBy::Centre => Holder { agency: f.desk.centre_agency, centre: Some(d.intake.centre), ..holder },
        GivenBackBy::Agency => Holder { agency: d.intake.agency, centre: None, ..holder },
    })
}

pub(super) fn refused(reason: &str, files: &[String], holder: Option<Holder>, f: &Facts) -> Result<Event, Refusal> {
    let reason = reason.trim();
    let slip = f.numbers.slip.clone().filter(|_| !reason.is_empty()).ok_or(Refusal::ReasonNeeded)?;
    Ok(Event::Refused { reason: reason.to_owned(), slip, files: files.to_vec(), holder })
}

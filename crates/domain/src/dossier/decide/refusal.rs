//! Form 03: refusing before acceptance and after it (INT-05, CLK-10).

use super::{Facts, confirm, not_now, propose, said, waiting_at};
use crate::{
    catalogue::StepKind,
    dossier::{AgainstRegulation, Dossier, Event, Holder, Law, Proposed, Refusal, Status, holding},
    profile::GivenBackBy,
};

/// What the officer says with a refusal.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) reason: &'a str,
    /// The competent agency and how to reach it.
    pub(super) directions: Option<&'a str>,
    /// The signed notice as it was scanned.
    pub(super) files: &'a [String],
}

impl<'a> Said<'a> {
    pub(super) fn because(reason: &'a str) -> Self {
        Self { reason, directions: None, files: &[] }
    }
}

pub(super) fn refuse(d: &Dossier, what: Said, f: &Facts) -> Result<Vec<Event>, Refusal> {
    let open = matches!(d.status, Status::Draft | Status::Submitted { .. } | Status::Accepted | Status::InProgress);
    if !holding::holds(f.who, d, f.process) {
        return Err(if d.holder.is_none() { not_now(d) } else { Refusal::NotTheHolder });
    }
    if !open {
        return Err(not_now(d));
    }
    let reason = said(what.reason)?;
    if d.accepted_at.is_none() {
        return Ok(vec![refused(what, None, f)?]);
    }
    in_time(d, &f.law)?;
    if what.files.is_empty() && refusal_is_scanned(d, &f.law) {
        return Err(AgainstRegulation::RefusalNotScanned.into());
    }
    // DN 9.2i: no resolution after acceptance is confirmed by the Centre's deputy director.
    if let Some(by) = confirm::needed(f.profile.approval.no_resolution_by, &f.law) {
        let proposed = Proposed::Refusal { reason, directions: directions(what, f), files: what.files.to_vec() };
        return propose(d, proposed, by, f);
    }
    after_acceptance(d, what, f)
}

/// Takes effect: the slip is issued, and the papers go back to the applicant.
pub(super) fn after_acceptance(d: &Dossier, what: Said, f: &Facts) -> Result<Vec<Event>, Refusal> {
    in_time(d, &f.law)?;
    Ok(vec![refused(what, gives_back(d, f), f)?])
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

pub(super) fn refused(what: Said, holder: Option<Holder>, f: &Facts) -> Result<Event, Refusal> {
    let reason = what.reason.trim();
    let slip = f.numbers.slip.clone().filter(|_| !reason.is_empty()).ok_or(Refusal::ReasonNeeded)?;
    let files = what.files.to_vec();
    Ok(Event::Refused { reason: reason.to_owned(), directions: directions(what, f), slip, files, holder })
}

/// INT-05: nobody is sent away from what is handled elsewhere without hearing where. What the officer writes goes first, the
/// catalogue's word (CAT-05) stands where nothing was written. It is one line of the slip.
fn directions(what: Said, f: &Facts) -> Option<String> {
    let written = what.directions.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    written.filter(|text| !text.is_empty()).or_else(|| f.procedure.flags.handled_elsewhere.clone())
}

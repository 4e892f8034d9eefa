//! Form 02: guidance at intake, supplement in appraisal, and what the applicant brings (INT-04, INT-08, CLK-04, guard rail 1).

use super::{
    Confirmer, Facts, at_desk, confirm, held,
    intake::{check_components, delivered, missing_papers},
    propose, same_holder, slip, term,
};
use crate::{
    accounts::{Role, Who},
    catalogue::StepKind,
    deadline::{TimeLimit, due_at},
    dossier::{
        AgainstRegulation, Answered, Dossier, Event, Holder, ItemAnswer, Law, OpenRequest, Proposed, ReceivedComponent,
        Refusal, RequestItem, Status, in_its_stead,
    },
    time::Instant,
};

/// How often guidance may still be given, this time included (INT-04).
pub fn guidances_left(d: &Dossier, law: &Law) -> u32 {
    left(law.profile.guidance.max, d.guidances, d, law)
}

/// How often a supplement may still be asked, this time included (INT-04).
pub fn supplements_left(d: &Dossier, law: &Law) -> u32 {
    left(law.profile.supplement.max, d.supplements, d, law)
}

/// HUE 4.1: both count together, where the profile says so.
fn left(max: u32, given: u32, d: &Dossier, law: &Law) -> u32 {
    let left = max.saturating_sub(given);
    let together = |total: u32| left.min(total.saturating_sub(d.guidances + d.supplements));
    law.profile.supplement.total_max.map_or(left, together)
}

/// Whose word a request needs before it takes effect (CLK-06).
pub fn supplement_confirmed_by(law: &Law) -> Option<Confirmer> {
    confirm::needed(law.profile.approval.supplement_by, law)
}

/// Whether guidance may still be given: at intake, and no more often than the profile says.
pub fn may_guide(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    held(who, d, law, matches!(d.status, Status::Draft | Status::Submitted { .. }))?;
    if d.guidances >= law.profile.guidance.max {
        return Err(Refusal::GuidanceAlreadyGiven { times: d.guidances });
    }
    if guidances_left(d, law) == 0 { Err(asked_already(d)) } else { Ok(()) }
}

fn asked_already(d: &Dossier) -> Refusal {
    Refusal::SupplementAlreadyAsked { times: d.guidances + d.supplements }
}

pub(super) fn guide(
    d: &Dossier,
    items: &[RequestItem],
    reason: Option<&str>,
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    may_guide(f.who, d, &f.law)?;
    whole_list(d, items, f)?;
    let holder = Holder { officer: None, ..same_holder(d, f)? };
    Ok(vec![Event::GuidanceRequested {
        code: f.numbers.code.clone().filter(|_| d.code.is_none()),
        items: items.to_vec(),
        reason: words(reason),
        slip: slip(f)?,
        until: term(TimeLimit::CalendarDays(f.profile.guidance.expires_after_days), f)?,
        holder,
    }])
}

/// Whether a supplement may still be asked: in appraisal, no more often than the profile says, and within its window.
pub fn may_ask_supplement(who: &Who, d: &Dossier, law: &Law) -> Result<(), Refusal> {
    held(who, d, law, d.status == Status::InProgress)?;
    still_open(d, law)
}

/// Guard rail 1 without the right: what the deputy director's confirmation checks again.
pub(super) fn still_open(d: &Dossier, law: &Law) -> Result<(), Refusal> {
    if d.supplements >= law.profile.supplement.max {
        return Err(Refusal::SupplementAlreadyAsked { times: d.supplements });
    }
    if supplements_left(d, law) == 0 {
        return Err(asked_already(d));
    }
    match window_ends(d, law)? {
        Some(end) if law.now > end => Err(Refusal::SupplementWindowPassed { end }),
        _ => Ok(()),
    }
}

/// The end of the window in which a supplement may be asked: the sector's own, else the profile's (CLK-04).
pub fn window_ends(d: &Dossier, law: &Law) -> Result<Option<Instant>, Refusal> {
    let of_sector = law.procedure.flags.supplement_window_working_days;
    let days = of_sector.or(law.profile.supplement.window_working_days);
    let (Some(days), Some(from)) = (days, d.accepted_at) else { return Ok(None) };
    due_at(from, TimeLimit::WorkingDays(days), law.calendar, law.clock)
        .map_err(|e| Refusal::CalendarEnds { last: e.last })
}

/// Whether the signed request must be scanned and attached (DN 16.1e).
pub fn supplement_is_scanned(law: &Law) -> bool {
    law.profile.supplement.scan_required
}

pub(super) fn request(
    d: &Dossier,
    items: &[RequestItem],
    reason: Option<&str>,
    files: &[String],
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    may_ask_supplement(f.who, d, &f.law)?;
    whole_list(d, items, f)?;
    // DN 16.1e: "Phiếu yêu cầu bổ sung …, đồng thời quét văn bản và đính kèm".
    if files.is_empty() && supplement_is_scanned(&f.law) {
        return Err(AgainstRegulation::SupplementNotScanned.into());
    }
    let (items, reason, files) = (items.to_vec(), words(reason), files.to_vec());
    if let Some(by) = supplement_confirmed_by(&f.law) {
        return propose(d, Proposed::Supplement { items, reason, files }, by, f);
    }
    Ok(vec![requested(items, reason, files, same_holder(d, f)?, f)?])
}

pub(super) fn requested(
    items: Vec<RequestItem>,
    reason: Option<String>,
    files: Vec<String>,
    holder: Holder,
    f: &Facts,
) -> Result<Event, Refusal> {
    let until = term(TimeLimit::CalendarDays(f.profile.supplement.expires_after_days), f)?;
    Ok(Event::SupplementRequested { items, reason, slip: slip(f)?, until, files, holder })
}

/// Everything at once: a list, each line with what is wrong, only published papers, and no required paper left out.
fn whole_list(d: &Dossier, items: &[RequestItem], f: &Facts) -> Result<(), Refusal> {
    let says_nothing = |i: &RequestItem| (i.component.is_none() || !i.problem.says_all()) && i.note.trim().is_empty();
    if items.is_empty() || items.iter().any(says_nothing) {
        return Err(Refusal::ListNeeded);
    }
    let named = |id: &str| items.iter().any(|i| i.component.as_deref() == Some(id));
    let asked = items.iter().filter_map(|i| i.component.clone());
    let asked: Vec<_> = asked.map(|id| ReceivedComponent { id, ..ReceivedComponent::default() }).collect();
    check_components(&asked, &d.intake, f)?;
    let missing: Vec<_> = missing_papers(&d.intake, f)?.into_iter().filter(|(id, _)| !named(id)).collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::ListIncomplete { missing }) }
}

/// Whether what was asked for may be taken here: by the counter of the centre (INT-09), or from the citizen who sends it online,
/// also through the portal that delivered the dossier.
pub fn may_supplement(who: &Who, d: &Dossier) -> Result<(), Refusal> {
    let waits = matches!(d.status, Status::GuidanceRequested { .. } | Status::AwaitingSupplement { .. });
    if who.is_citizen() || delivered(who, d) {
        return if waits { Ok(()) } else { Err(super::not_now(d)) };
    }
    // QNI 13.2a: the agency that takes in online dossiers also takes what completes them.
    let with_the_agency = d.holder.as_ref().filter(|h| h.centre.is_none() && d.accepted_at.is_none());
    if waits && with_the_agency.is_some_and(|h| in_its_stead::does_it(who, h, StepKind::Intake)) {
        return Ok(());
    }
    at_desk(who, d, Role::takes_in, waits)
}

pub(super) fn take(
    d: &Dossier,
    components: &[ReceivedComponent],
    answers: &[ItemAnswer],
    received_at: Option<Instant>,
    f: &Facts,
) -> Result<Vec<Event>, Refusal> {
    may_supplement(f.who, d)?;
    check_components(components, &d.intake, f)?;
    let request = d.request.as_ref().ok_or_else(|| super::not_now(d))?;
    all_brought(request.items.as_slice(), components, d, f)?;
    let answers = all_answered(request, answers, d, f.who)?;
    // INT-08: the time of receipt at the Centre counts.
    let received_at = match received_at {
        Some(at) if at > f.now || at < request.since => return Err(Refusal::ReceivedLater { at }),
        said => said.unwrap_or(f.now),
    };
    let components = components.to_vec();
    let holder = same_holder(d, f)?;
    if matches!(d.status, Status::GuidanceRequested { .. }) {
        return Ok(vec![Event::GuidanceCompleted { components, answers, received_at, holder }]);
    }
    // CLK-04: the limit counts again from the start.
    let limit = d.limit.unwrap_or(TimeLimit::None);
    let due_at = due_at(received_at, limit, f.calendar, f.clock).map_err(|e| Refusal::CalendarEnds { last: e.last })?;
    let calendar_version = f.calendar.version();
    Ok(vec![Event::SupplementCompleted { components, answers, received_at, due_at, calendar_version, holder }])
}

/// A supplement is complete when every paper that was asked for is here.
fn all_brought(items: &[RequestItem], brought: &[ReceivedComponent], d: &Dossier, f: &Facts) -> Result<(), Refusal> {
    let here = |id: &str| brought.iter().any(|c| c.id == id && c.is_here());
    let variant = f.procedure.variant(d.intake.variant.as_deref().unwrap_or_default());
    let name = |id: &str| variant.and_then(|v| v.component(id)).map_or_else(|| id.to_owned(), |c| c.name.clone());
    let asked = items.iter().filter_map(|i| i.component.as_deref());
    let missing: Vec<_> = asked.filter(|id| !here(id)).map(|id| (id.to_owned(), name(id))).collect();
    if missing.is_empty() { Ok(()) } else { Err(Refusal::SupplementIncomplete { missing }) }
}

/// INT-05: a line that names no paper is complete once it is answered, in words or by a file; an answer to nothing is a mistake
/// that somebody should see. Several answers to one line stand beside it one after the other. The national portal's message has
/// no place for answers (LNK-01), so what it delivers is taken with the papers alone, in which the person says them.
fn all_answered(
    request: &OpenRequest,
    answers: &[ItemAnswer],
    d: &Dossier,
    who: &Who,
) -> Result<Vec<Answered>, Refusal> {
    let asked = |item: u32| request.in_words().any(|(place, _)| place == item);
    if let Some(astray) = answers.iter().find(|a| !asked(a.item)) {
        return Err(Refusal::NoSuchItem { item: astray.item });
    }
    let said: Vec<&ItemAnswer> = answers.iter().filter(|a| a.says_something()).collect();
    let open = request.in_words().filter(|(place, _)| !said.iter().any(|a| a.item == *place));
    let items: Vec<_> = open.map(|(place, item)| (place, item.note.clone())).collect();
    if !items.is_empty() && !delivered(who, d) {
        return Err(Refusal::SupplementUnanswered { items });
    }
    let first = d.answers.last().map_or(1, |a| a.number + 1);
    let one = |(number, a): (u32, &&ItemAnswer)| Answered { number, item: a.item, files: a.files.clone() };
    Ok((first..).zip(&said).map(one).collect())
}

fn words(reason: Option<&str>) -> Option<String> {
    reason.map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned)
}

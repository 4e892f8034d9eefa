//! Who may do what with a branch. Reading it is wider: every agency that takes part reads the whole dossier.

use super::{Consultation, Part, Stage};
use crate::{
    accounts::{Role, Who},
    catalogue::{Process, StepKind},
    dossier::{CommandName, Dossier, Status, holds, may_assign},
    id::Id,
    people::{Agency, Unit},
};

fn in_hand(d: &Dossier) -> bool {
    matches!(d.status, Status::Accepted | Status::InProgress)
}

fn kind(d: &Dossier, process: &Process) -> Option<StepKind> {
    Some(process.step(&d.holder.as_ref()?.step)?.kind)
}

/// Whoever works on the content may ask others and verify.
pub fn asks(who: &Who, d: &Dossier, process: &Process) -> bool {
    in_hand(d) && kind(d, process).is_some_and(StepKind::is_work) && holds(who, d, process)
}

/// Whoever works on the content moves an appointed visit or calls it off, also while the dossier waits.
pub fn changes_visits(who: &Who, d: &Dossier, process: &Process) -> bool {
    d.status.is_alive()
        && d.links.open_visits().next().is_some()
        && kind(d, process).is_some_and(StepKind::is_work)
        && holds(who, d, process)
}

/// The lead agency, or the counter that took the dossier in, sets which agencies take part and in which order (ILK-01).
pub fn opens(who: &Who, d: &Dossier, process: &Process) -> bool {
    let counter = who.any(Role::takes_in) && who.centre == Some(d.intake.centre);
    let lead = kind(d, process).is_some_and(|k| k.is_work() || k == StepKind::Assign)
        && (holds(who, d, process) || may_assign(who, d, process));
    in_hand(d) && d.links.unfinished().next().is_none() && (counter || lead)
}

/// Works in the agency, and in the unit when one is named.
fn belongs(who: &Who, agency: Id<Agency>, unit: Option<Id<Unit>>) -> bool {
    who.agency == agency && unit.is_none_or(|u| who.unit == u) && who.any(Role::works_in_agency)
}

/// The place among those asked for which this officer may still answer.
pub fn answers(who: &Who, d: &Dossier, c: &Consultation) -> Option<usize> {
    if !d.status.is_alive() || c.recalled_at.is_some() {
        return None;
    }
    c.asked.iter().position(|a| a.reply.is_none() && belongs(who, a.agency, a.unit))
}

/// The lead tells the Centre.
pub fn reports(who: &Who, d: &Dossier, process: &Process) -> bool {
    in_hand(d) && (holds(who, d, process) || may_assign(who, d, process))
}

/// DN 12.2đ: the part is handed over at the Centre itself, to the officer whom its agency has posted there.
pub fn at_centre(d: &Dossier, part: &Part) -> bool {
    part.via == Some(d.intake.centre)
}

/// Takes in at the one-stop unit through which the part goes. At the Centre that took the dossier in, only for the own agency;
/// a head of that agency may as well, so that no part hangs on an empty desk.
pub(super) fn at_its_one_stop(who: &Who, d: &Dossier, part: &Part) -> bool {
    let desk = part.via.is_some() && who.centre == part.via && who.any(Role::takes_in);
    if at_centre(d, part) { part.agency() == Some(who.agency) && (desk || is_head(who)) } else { desk }
}

/// The counter of the one-stop unit passes a part on to its agency (ILK-03); at the Centre the agency's own receives it (ILK-04).
pub fn passes_on(who: &Who, d: &Dossier, part: &Part) -> bool {
    d.status.is_alive() && matches!(part.stage, Stage::AtOneStop { .. }) && at_its_one_stop(who, d, part)
}

/// A head of the agency gives its part; any of its officers takes what nobody has.
pub fn gives(who: &Who, d: &Dossier, part: &Part) -> bool {
    let Stage::Open { officer, .. } = part.stage else { return false };
    let ours = part.agency().is_some_and(|agency| belongs(who, agency, part.unit.filter(|_| !is_head(who))));
    d.status.is_alive() && ours && (is_head(who) || officer.is_none())
}

/// Gives to others, not only to oneself.
pub fn forwards(who: &Who) -> bool {
    is_head(who)
}

fn is_head(who: &Who) -> bool {
    who.is(Role::UnitHead) || who.is(Role::AgencyLeader)
}

/// Whoever holds the part enters its result; for a body outside this system the lead does.
pub fn finishes(who: &Who, d: &Dossier, part: &Part, process: &Process) -> bool {
    let Stage::Open { officer, .. } = part.stage else { return false };
    let holds = match (part.agency(), officer) {
        (Some(_), Some(officer)) => officer == who.officer,
        (Some(agency), None) => belongs(who, agency, part.unit),
        (None, _) => holds(who, d, process) || may_assign(who, d, process),
    };
    d.status.is_alive() && holds
}

/// What this officer may do about branches: the buttons, and `next` of the API.
pub fn lawful(who: &Who, d: &Dossier, process: &Process) -> Vec<CommandName> {
    let replies = d.links.consultations.iter().any(|c| answers(who, d, c).is_some());
    let parts = d.links.parts.iter().any(|p| passes_on(who, d, p) || gives(who, d, p) || finishes(who, d, p, process));
    // Whether the date has passed, the decision says; the button stands where there is something to wait for.
    let unanswered = d.links.consultations.iter().any(|c| !c.is_answered() && c.reported_at.is_none());
    // What was asked may be taken back or given another date, so that no dossier hangs on somebody else (FLW-08).
    let waited_for = d.links.consultations.iter().any(|c| !c.is_answered()) || d.links.unfinished().next().is_some();
    let asks = asks(who, d, process);
    let all = [
        (replies, CommandName::Replies),
        (parts, CommandName::Parts),
        (unanswered && reports(who, d, process), CommandName::ConsultationReports),
        (waited_for && reports(who, d, process), CommandName::BranchChanges),
        (asks, CommandName::Consultations),
        (asks, CommandName::Verifications),
        (asks, CommandName::Visits),
        (changes_visits(who, d, process), CommandName::VisitChanges),
        (opens(who, d, process), CommandName::Children),
    ];
    all.into_iter().filter_map(|(may, name)| may.then_some(name)).collect()
}

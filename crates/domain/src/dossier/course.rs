//! Where a dossier stands in its process and where it goes next: the process is data, these are the questions put to it.

use super::{
    Decision, Dossier, Intake, Status,
    clock::{counted_from, is_paused},
};
use crate::{
    catalogue::{Place, Process, Step, StepKind, process::Situation},
    deadline::Calendar,
    time::Instant,
};

/// The step at which it stands.
pub fn step_of<'p>(d: &Dossier, process: &'p Process) -> Option<&'p Step> {
    process.step(&d.holder.as_ref()?.step)
}

/// The kind of the step at which it stands: what may be done depends on it, never on the step's key.
pub fn kind_of(d: &Dossier, process: &Process) -> Option<StepKind> {
    step_of(d, process).map(|s| s.kind)
}

/// What the conditions of transitions look at, before anybody has given an opinion.
pub(super) fn at_intake(intake: &Intake) -> Situation<'_> {
    Situation { opinion: None, channel: intake.channel, variant: intake.variant.as_deref().unwrap_or_default() }
}

/// The same for a dossier on its way: the decision once there is one, else the last opinion.
pub fn situation(d: &Dossier) -> Situation<'_> {
    let opinion = match d.status {
        Status::Decided { decision, .. } | Status::Returned { decision, .. } => Some(decision),
        _ => d.opinion.as_ref().map(|o| o.proposes),
    };
    Situation { opinion, ..at_intake(&d.intake) }
}

/// The step that follows when the one here ends with this opinion or decision.
pub(super) fn next<'p>(d: &Dossier, process: &'p Process, opinion: Option<Decision>) -> Option<&'p Step> {
    let here = d.holder.as_ref()?;
    let known = situation(d);
    process.next(&here.step, &Situation { opinion: opinion.or(known.opinion), ..known })
}

/// The step that follows as things stand: where "submit" leads.
pub fn next_step<'p>(d: &Dossier, process: &'p Process) -> Option<&'p Step> {
    next(d, process, None)
}

/// An approval here decides; the heads before the last only pass on with their view (FLW-05).
pub fn decides(d: &Dossier, process: &Process, decision: Decision) -> bool {
    next(d, process, Some(decision)).is_none_or(|s| matches!(s.kind, StepKind::Issue | StepKind::Return))
}

/// The working step that an assignment gives away: the one here, or the one that follows the assignment (FLW-07).
pub fn assigned_step<'p>(d: &Dossier, process: &'p Process) -> Option<&'p Step> {
    let here = step_of(d, process)?;
    let step = if here.kind == StepKind::Assign { next(d, process, None)? } else { here };
    step.kind.is_work().then_some(step)
}

/// When the step at which it stands is due, by the working time allotted to the step (CLK-07); `None` where it has none,
/// and while the clock stands: nobody is late with what may not be done.
pub fn step_due(d: &Dossier, process: &Process, calendar: &Calendar) -> Option<Instant> {
    step_term(d, process, calendar).map(|(_, due)| due)
}

/// The same with the moment from which the step's time runs, against which little or much is left.
pub fn step_term(d: &Dossier, process: &Process, calendar: &Calendar) -> Option<(Instant, Instant)> {
    if is_paused(d) {
        return None;
    }
    let since = d.holder.as_ref()?.since;
    Some((since, step_of(d, process)?.due(since, calendar)?))
}

/// From when to when the agency has its share of the limit (CLK-07).
pub fn agency_term(d: &Dossier, process: &Process, calendar: &Calendar) -> Option<(Instant, Instant)> {
    Some((counted_from(d, calendar)?, agency_due(d, process, calendar)?))
}

/// When the competent agency must have the result at the Centre: the due date less the working time that the process keeps
/// for the steps after the agency's last (CLK-07); `None` without a date, or where the agency has no step of its own.
pub fn agency_due(d: &Dossier, process: &Process, calendar: &Calendar) -> Option<Instant> {
    let (start, due) = (d.accepted_at?, d.due_at?);
    let path = process.path(&situation(d));
    let last = path.iter().rposition(|s| s.actor.place == Place::Agency)?;
    let kept: i64 = path[last + 1..].iter().filter_map(|s| s.minutes).map(i64::from).sum();
    let whole = calendar.working_minutes_between(start, due);
    if whole <= kept { None } else { calendar.plus_working_minutes(start, whole - kept).ok() }
}

/// Whether the opinion that the step needs was written at this step: an earlier unit's does not stand in for it.
pub(super) fn has_opinion_here(d: &Dossier) -> bool {
    let here = d.holder.as_ref().map(|h| h.step.as_str());
    d.opinion.as_ref().is_some_and(|o| Some(o.step.as_str()) == here)
}

//! Guard rail 7: everything that is wrong with a process, each fault at its place.

use super::{Actor, Fault, Place, Process, ProcessFault, ProcessScope, Step, StepKind, working_minutes};
use crate::{catalogue::ProcedureVersion, deadline::TimeLimit, id::Id, people::Agency};
use std::collections::HashSet;

/// Where a step is done, does somebody have one of its roles? Which one may differ from agency to agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// In every agency that handles such dossiers.
    Everywhere,
    /// Not even in one.
    Nowhere,
    /// Not in this agency, nor in `others` more.
    Lacking {
        /// The first of them.
        first: Id<Agency>,
        /// How many more.
        others: usize,
    },
}

impl Process {
    /// All faults under the statutory `limit`, first to last. `held` says where somebody has one of a step's roles.
    pub fn lint(&self, limit: TimeLimit, held: impl Fn(&Actor) -> Held) -> Vec<Fault> {
        let mut found = Found(Vec::new());
        if self.steps.is_empty() {
            found.whole(ProcessFault::Empty);
            return found.0;
        }
        self.lint_steps(limit, held, &mut found);
        self.lint_order(&mut found);
        self.lint_ways(&mut found);
        self.lint_time(limit, &mut found);
        found.0
    }

    /// The first fault, if there is one.
    pub fn check(&self, limit: TimeLimit, held: impl Fn(&Actor) -> Held) -> Result<(), ProcessFault> {
        self.lint(limit, held).into_iter().next().map_or(Ok(()), |fault| Err(fault.what))
    }

    /// What does not fit the procedure: a case that it no longer has, an approval away from the Centre although it is settled
    /// on the spot and `only_at_centre` by the regulation (DN 16.1c: such an approval is refused).
    pub fn lint_for(&self, scope: &ProcessScope, procedure: &ProcedureVersion, only_at_centre: bool) -> Vec<Fault> {
        let mut found = Found(Vec::new());
        for case in scope.variants.iter().filter(|id| procedure.variant(id).is_none()) {
            found.whole(ProcessFault::CaseGone { case: case.clone() });
        }
        if only_at_centre && procedure.flags.on_the_spot {
            let approvals = self.steps.iter().filter(|s| s.kind == StepKind::Approve);
            for step in approvals.filter(|s| s.actor.place != Place::Centre) {
                found.at(step, ProcessFault::ApprovedElsewhere);
            }
        }
        found.0
    }

    /// What every step needs by itself.
    fn lint_steps(&self, limit: TimeLimit, held: impl Fn(&Actor) -> Held, found: &mut Found) {
        let mut keys = HashSet::new();
        for step in &self.steps {
            if !keys.insert(step.key.as_str()) {
                found.at(step, ProcessFault::DuplicateKey);
            }
            if step.name_vi.trim().is_empty() {
                found.at(step, ProcessFault::NoName);
            }
            if step.minutes.is_none_or(|m| m == 0) && limit != TimeLimit::None {
                found.at(step, ProcessFault::NoTime);
            }
            match step.actor.roles.first() {
                None => found.at(step, ProcessFault::NoRole),
                Some(first) => match held(&step.actor) {
                    Held::Everywhere => {}
                    Held::Nowhere => {
                        found.at(step, ProcessFault::NobodyHasRole { role: first.clone(), others: 0 });
                    }
                    Held::Lacking { first: agency, others } => found.add(Fault {
                        step: Some(step.key.clone()),
                        agency: Some(agency),
                        what: ProcessFault::NobodyHasRole { role: first.clone(), others },
                    }),
                },
            }
        }
    }

    /// Intake first and once, return last and at the Centre.
    fn lint_order(&self, found: &mut Found) {
        let last = self.steps.len() - 1;
        for (at, step) in self.steps.iter().enumerate() {
            let at_centre = step.actor.place == Place::Centre;
            match step.kind {
                StepKind::Intake if at > 0 => found.at(step, ProcessFault::IntakeAgain),
                StepKind::Intake if at_centre => {}
                _ if at == 0 => found.at(step, ProcessFault::NoIntakeFirst),
                StepKind::Return if !at_centre => found.at(step, ProcessFault::ReturnedElsewhere),
                StepKind::Return if at != last => found.at(step, ProcessFault::AfterReturn),
                _ => {}
            }
        }
    }

    /// What may follow what, on every way.
    fn lint_ways(&self, found: &mut Found) {
        let reached = self.reached();
        let worked = self.worked();
        for (at, step) in self.steps.iter().enumerate() {
            self.lint_transitions(at, step, found);
            if !reached[at] {
                found.at(step, ProcessFault::Unreachable);
                continue;
            }
            let follows = self.follows(at);
            if follows.is_empty() && step.kind != StepKind::Return {
                found.at(step, ProcessFault::DeadEnd);
            }
            if step.kind == StepKind::Approve && !worked[at] {
                found.at(step, ProcessFault::ApprovalWithoutAppraisal);
            }
            for next in follows.into_iter().map(|to| &self.steps[to]) {
                lint_pair(step, next, found);
            }
        }
    }

    fn lint_transitions(&self, at: usize, step: &Step, found: &mut Found) {
        for way in &step.transitions {
            match self.place_of(&way.to) {
                None => found.at(step, ProcessFault::UnknownTarget { to: way.to.clone() }),
                Some(to) if to <= at => found.at(step, ProcessFault::GoesBack { to: self.steps[to].name_vi.clone() }),
                Some(_) => {}
            }
            if way.reason.trim().is_empty() {
                found.at(step, ProcessFault::NoReason);
            }
        }
    }

    /// For each step, whether on **every** way to it somebody has examined the dossier.
    fn worked(&self) -> Vec<bool> {
        let mut worked: Vec<Option<bool>> = vec![None; self.steps.len()];
        worked[0] = Some(false);
        for here in 0..self.steps.len() {
            let Some(before) = worked[here] else { continue };
            let after = before || self.steps[here].kind.is_work();
            for to in self.follows(here) {
                worked[to] = Some(worked[to].unwrap_or(true) && after);
            }
        }
        worked.into_iter().map(|w| w.unwrap_or(true)).collect()
    }

    fn lint_time(&self, limit: TimeLimit, found: &mut Found) {
        for p in &self.participants {
            if p.work.trim().is_empty() || (p.minutes.is_none_or(|m| m == 0) && limit != TimeLimit::None) {
                found.of(p.agency, ProcessFault::ParticipantIncomplete);
            }
            if let Some(awaited) = p.after.filter(|a| self.participants.iter().all(|other| other.agency != *a)) {
                found.of(awaited, ProcessFault::WaitsForOutsider);
            }
        }
        let Some(total) = self.participants_minutes() else {
            found.whole(ProcessFault::ParticipantsInCircle);
            return;
        };
        let Some(allowed) = working_minutes(limit) else { return };
        if total > allowed {
            found.whole(ProcessFault::ParticipantsExceedLimit { total, allowed });
        }
        if self.longest_minutes() > allowed {
            found.whole(ProcessFault::ExceedsLimit { total: self.longest_minutes(), allowed });
        }
    }
}

struct Found(Vec<Fault>);

impl Found {
    /// One fault of a kind at a place is enough.
    fn add(&mut self, fault: Fault) {
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }
    fn whole(&mut self, what: ProcessFault) {
        self.add(Fault { step: None, agency: None, what });
    }
    fn of(&mut self, agency: Id<Agency>, what: ProcessFault) {
        self.add(Fault { step: None, agency: Some(agency), what });
    }
    fn at(&mut self, step: &Step, what: ProcessFault) {
        self.add(Fault { step: Some(step.key.clone()), agency: None, what });
    }
}

fn lint_pair(step: &Step, next: &Step, found: &mut Found) {
    let ends = |s: &Step| matches!(s.kind, StepKind::Issue | StepKind::Return);
    if ends(next) && !ends(step) && step.kind != StepKind::Approve {
        found.at(step, ProcessFault::ResultWithoutApproval);
    }
    if step.kind == StepKind::Issue && !ends(next) {
        found.at(next, ProcessFault::OutOfOrder);
    }
    let same_place = (step.actor.place, step.actor.agency) == (next.actor.place, next.actor.agency);
    if step.kind == StepKind::Assign && !(next.kind.is_work() && same_place) {
        found.at(step, ProcessFault::NothingToAssign);
    }
}

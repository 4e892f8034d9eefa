use super::{Dossier, Holder};
use crate::{
    accounts::{Role, Who},
    catalogue::{Place, Process, Step},
};

/// Whether this officer holds the dossier: is named as its holder, or belongs to those who may take it while nobody is.
pub fn holds(who: &Who, dossier: &Dossier, process: &Process) -> bool {
    dossier.holder.as_ref().is_some_and(|h| may_act(who, h, process.step(&h.step)))
}

/// Guard rail 6: an act only by the officer who holds the step, even if the address is known to others.
pub fn may_act(who: &Who, holder: &Holder, step: Option<&Step>) -> bool {
    if let Some(officer) = holder.officer {
        return officer == who.officer;
    }
    let Some(step) = step else { return false };
    has_a_role_of(who, step) && stands_where(who, holder, step)
}

/// The officer has one of the roles that the step names.
pub fn has_a_role_of(who: &Who, step: &Step) -> bool {
    step.actor.roles.iter().any(|r| r.parse::<Role>().is_ok_and(|role| who.is(role)))
}

/// A desk of a centre is found by the post, a step of an agency by the home agency.
fn stands_where(who: &Who, holder: &Holder, step: &Step) -> bool {
    match step.actor.place {
        Place::Centre => holder.centre.is_some() && who.centre == holder.centre,
        Place::Agency => who.agency == holder.agency,
    }
}

/// The steps at which dossiers without a named holder wait for somebody like this officer, each with where they wait: what
/// a work list looks through. It follows the roles of the default process and may name too much; every row is still
/// checked with [`may_act`].
pub fn pool_steps(who: &Who) -> Vec<(Place, &'static str)> {
    let mut steps = Vec::new();
    if who.any(Role::takes_in) {
        steps.push((Place::Centre, "intake"));
    }
    // A head distributes; a specialist takes what nobody has yet (FLW-07).
    if who.any(|r| matches!(r, Role::UnitHead | Role::AgencyLeader | Role::Specialist)) {
        steps.push((Place::Agency, "assign"));
        steps.push((Place::Agency, "appraise"));
    }
    if who.is(Role::AgencyLeader) {
        steps.push((Place::Agency, "approve"));
    }
    if who.is(Role::Clerk) {
        steps.push((Place::Agency, "issue"));
    }
    // A commune's intake officer returns results too.
    if who.is(Role::ReturnDesk) || who.is(Role::IntakeOfficer) {
        steps.push((Place::Centre, "return"));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::default_process, deadline::TimeLimit, id::Id, profile::Level, time::Instant};

    /// GR-6: whatever step of the default processes an officer may act on is one that the work list looks through.
    #[test]
    fn every_step_that_a_role_may_act_on_is_in_its_pools() {
        for level in [Level::Province, Level::Commune] {
            let process = default_process(level, TimeLimit::WorkingDays(5));
            for (&role, step) in Role::ALL.iter().flat_map(|r| process.steps.iter().map(move |s| (r, s))) {
                let who = Who {
                    officer: Id::new(1),
                    agency: Id::new(2),
                    unit: Id::new(3),
                    centre: Some(Id::new(4)),
                    roles: vec![role],
                };
                let holder = Holder {
                    step: step.key.clone(),
                    agency: who.agency,
                    centre: (step.actor.place == Place::Centre).then_some(Id::new(4)),
                    unit: None,
                    officer: None,
                    since: Instant::from_millis(0),
                };
                let listed = pool_steps(&who).contains(&(step.actor.place, step.key.as_str()));
                assert!(listed || !may_act(&who, &holder, Some(step)), "{role} at {}", step.key);
            }
        }
    }
}

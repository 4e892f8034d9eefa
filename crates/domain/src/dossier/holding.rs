use super::{CONFIRM, Dossier, Holder, in_its_stead};
use crate::{
    accounts::{Role, Who},
    catalogue::{Place, Process, Step, StepKind},
};

/// Whether this officer holds the dossier: is named as its holder, or belongs to those who may take it while nobody is.
pub fn holds(who: &Who, dossier: &Dossier, process: &Process) -> bool {
    dossier.holder.as_ref().is_some_and(|h| {
        let step = process.step(&h.step);
        may_act(who, h, step) || in_its_stead::steps_in(who, dossier, step)
    })
}

/// Guard rail 6: an act only by the officer who holds the step, even if the address is known to others.
pub fn may_act(who: &Who, holder: &Holder, step: Option<&Step>) -> bool {
    if let Some(officer) = holder.officer {
        return officer == who.officer;
    }
    if holder.step == CONFIRM {
        return match holder.centre {
            // CLK-06: the deputy director of that centre; the director stands above.
            Some(centre) => who.any(confirms) && who.centre == Some(centre),
            // CLK-05: the agency's own leader, whose name is on the paper.
            None => who.is(Role::AgencyLeader) && who.agency == holder.agency,
        };
    }
    let Some(step) = step else { return false };
    if in_its_stead::lies_with_the_agency(holder, step) {
        return in_its_stead::does_it(who, holder, step.kind);
    }
    fits(who, holder, step)
}

/// Could do the step: has a role of it and stands where it is done.
pub(super) fn fits(who: &Who, holder: &Holder, step: &Step) -> bool {
    has_a_role_of(who, step) && stands_where(who, holder, step)
}

/// Confirms what agencies propose to the Centre (DN 9.2i).
pub const fn confirms(role: Role) -> bool {
    matches!(role, Role::CentreDeputy | Role::CentreDirector)
}

/// The officer has one of the roles that the step names.
pub fn has_a_role_of(who: &Who, step: &Step) -> bool {
    step.actor.roles.iter().any(|r| r.parse::<Role>().is_ok_and(|role| who.is(role)))
}

/// A desk of a centre is found by the post, a step of an agency by the home agency. What an agency does at the Centre is done
/// by its own officers there: taking in and giving out serve all agencies, appraising and approving do not (DN 13.2a, QN 5.4c).
fn stands_where(who: &Who, holder: &Holder, step: &Step) -> bool {
    let in_unit = step.actor.unit.is_none_or(|unit| who.unit == unit);
    match step.actor.place {
        Place::Centre => {
            let serves_all = matches!(step.kind, StepKind::Intake | StepKind::Return);
            let own = serves_all || who.agency == holder.agency;
            holder.centre.is_some() && who.centre == holder.centre && own && in_unit
        }
        Place::Agency => who.agency == holder.agency && in_unit,
    }
}

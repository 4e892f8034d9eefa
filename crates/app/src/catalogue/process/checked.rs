//! The lint of a design with what the province knows: who has which role where, and the statutory limit.

use super::store::Design;
use crate::reference::Reference;
use domain::{
    accounts::{Role, Who},
    catalogue::{
        Actor, Place, ProcedureVersion,
        competence::{Competence, competent},
        process::{Fault, Held, ProcessFault, working_minutes},
    },
    id::Id,
    people::Agency,
    profile::Profile,
};

/// Everything that keeps the design from being published (guard rail 7).
pub fn faults(reference: &Reference, profile: &Profile, design: &Design, procedure: &ProcedureVersion) -> Vec<Fault> {
    let handling = handling(reference, design, procedure);
    let held = |actor: &Actor| held(reference, handling.as_deref(), actor);
    let mut faults = design.process.lint(design.scope.limit(procedure), held);
    faults.extend(design.process.lint_for(&design.scope, procedure, profile.on_the_spot.only_at_centre));
    let at_work = |agency| reference.agency(agency).is_some_and(|a| a.active);
    let ended = design.process.participants.iter().map(|p| p.agency).filter(|a| !at_work(*a));
    faults.extend(ended.map(|a| Fault { step: None, agency: Some(a), what: ProcessFault::ParticipantEnded }));
    faults
}

/// A process in force that no longer keeps the limit, because a later version of the procedure has a shorter one: new
/// dossiers follow the default process instead (decision 6).
pub fn is_outrun(design: &Design, procedure: &ProcedureVersion) -> bool {
    let minutes = design.process.longest_minutes().max(design.process.participants_minutes().unwrap_or(u32::MAX));
    let in_force = !design.is_draft() && design.ended_at.is_none();
    in_force && working_minutes(design.scope.limit(procedure)).is_some_and(|allowed| minutes > allowed)
}

/// The agencies that handle dossiers of this design; `None` where the catalogue does not say.
fn handling(reference: &Reference, design: &Design, procedure: &ProcedureVersion) -> Option<Vec<Id<Agency>>> {
    if let Some(only) = design.scope.agency {
        return Some(vec![only]);
    }
    let competent = competent(procedure, &reference.directory);
    let known = |a: &&domain::profile::Agency| reference.agency_by_identifier(&a.identifier).map(|a| a.id);
    (competent != Competence::Unknown).then(|| competent.agencies().iter().filter_map(known).collect())
}

/// Where somebody has one of a step's roles. An agency without any officer does not work with the system yet and asks for nobody;
/// where the catalogue does not say who handles such dossiers, somebody anywhere is enough.
fn held(reference: &Reference, handling: Option<&[Id<Agency>]>, actor: &Actor) -> Held {
    let roles: Vec<Role> = actor.roles.iter().filter_map(|role| role.parse().ok()).collect();
    let in_unit = |who: &Who| actor.unit.is_none_or(|unit| who.unit == unit);
    let officers = || reference.officers().filter(|o| o.active).map(|o| &o.who);
    let does = |who: &Who, there: &dyn Fn(&Who, Role) -> bool| {
        in_unit(who) && roles.iter().any(|role| who.is(*role) && there(who, *role))
    };
    // A leader approves at the Centre through the officer there to whom it is delegated (FLW-04).
    let somebody = |there: &dyn Fn(&Who, Role) -> bool| {
        officers().any(|who| does(who, there)) || reference.delegating().any(|who| does(&who, there))
    };
    let anywhere = |is_held: bool| if is_held { Held::Everywhere } else { Held::Nowhere };
    match (actor.place, actor.agency, handling) {
        (Place::Agency, Some(agency), _) => anywhere(somebody(&|who, _| who.agency == agency)),
        (Place::Agency, None, None) => anywhere(somebody(&|_, _| true)),
        (Place::Centre, _, None) => anywhere(somebody(&|who, _| who.centre.is_some())),
        (place, _, Some(handling)) => {
            let works_here = |agency: &Id<Agency>| officers().any(|who| who.agency == *agency);
            let staffed: Vec<_> = handling.iter().copied().filter(works_here).collect();
            let has_somebody = |agency: Id<Agency>| match place {
                Place::Agency => somebody(&|who, _| who.agency == agency),
                Place::Centre => {
                    // A commune's dossiers come in at its own desk or at the provincial one.
                    let desks = [reference.centre_for(agency), reference.main_centre()].map(|c| c.map(|c| c.id));
                    // What an agency does at the Centre its own officers there do.
                    let own = |who: &Who, role: Role| !role.works_in_agency() || who.agency == agency;
                    somebody(&|who, role| who.centre.is_some() && desks.contains(&who.centre) && own(who, role))
                }
            };
            let mut lacking = staffed.iter().copied().filter(|agency| !has_somebody(*agency));
            match (lacking.next(), staffed.is_empty()) {
                (Some(first), _) => Held::Lacking { first, others: lacking.count() },
                (None, is_empty) => anywhere(!is_empty),
            }
        }
    }
}

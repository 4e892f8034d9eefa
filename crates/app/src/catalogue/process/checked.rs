//! The lint of a design with what the province knows: who has which role where, and the statutory limit.

use super::store::Design;
use crate::{app::App, reference::Reference};
use domain::{
    accounts::Role,
    catalogue::{
        Actor, Place, ProcedureVersion,
        competence::{Competence, competent},
        process::{Fault, working_minutes},
    },
    id::Id,
    people::Agency,
};

/// Everything that keeps the design from being published (guard rail 7).
pub fn faults(app: &App, reference: &Reference, design: &Design, procedure: &ProcedureVersion) -> Vec<Fault> {
    let handling = handling(app, reference, design, procedure);
    let held = |actor: &Actor, role: &str| held(reference, &handling, actor, role);
    design.process.lint(design.scope.limit(procedure), held)
}

/// A process in force that no longer keeps the limit, because a later version of the procedure has a shorter one: new
/// dossiers follow the default process instead (decision 6).
pub fn is_outrun(design: &Design, procedure: &ProcedureVersion) -> bool {
    let minutes = design.process.longest_minutes().max(design.process.participants_minutes().unwrap_or(u32::MAX));
    let in_force = !design.is_draft() && design.ended_at.is_none();
    in_force && working_minutes(design.scope.limit(procedure)).is_some_and(|allowed| minutes > allowed)
}

/// The agencies that handle dossiers of this design; all where the catalogue does not say.
fn handling(app: &App, reference: &Reference, design: &Design, procedure: &ProcedureVersion) -> Vec<Id<Agency>> {
    if let Some(only) = design.scope.agency {
        return vec![only];
    }
    let known = |identifiers: Vec<&str>| {
        identifiers.into_iter().filter_map(|i| reference.agency_by_identifier(i)).map(|a| a.id).collect()
    };
    match competent(procedure, &app.profile) {
        Competence::One(agency) => known(vec![&agency.identifier]),
        Competence::Choice(agencies) => known(agencies.iter().map(|a| a.identifier.as_str()).collect()),
        Competence::Unknown => reference.agencies.iter().map(|a| a.id).collect(),
    }
}

fn held(reference: &Reference, handling: &[Id<Agency>], actor: &Actor, role: &str) -> bool {
    let Ok(role) = role.parse::<Role>() else { return false };
    let stands_there = |who: &domain::accounts::Who| match (actor.place, actor.agency) {
        (Place::Centre, _) => who.centre.is_some(),
        (Place::Agency, Some(agency)) => who.agency == agency,
        (Place::Agency, None) => handling.contains(&who.agency),
    };
    let in_unit = |who: &domain::accounts::Who| actor.unit.is_none_or(|unit| who.unit == unit);
    reference.officers().any(|o| o.active && o.who.is(role) && stands_there(&o.who) && in_unit(&o.who))
}

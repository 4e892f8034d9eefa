//! GR-6: an act only by the officer who holds the step, even if the address is known.
use super::world::*;
use crate::{
    accounts::{Role, Who},
    dossier::{Refusal, lawful},
};

/// Who may act at each stage, written down by hand: roles, at the agency or at the centre; a named officer where one has it.
fn belongs(stage: Stage, who: &Who) -> bool {
    let role = |r: Role| who.roles.contains(&r);
    let agency = who.agency.raw() == COMPETENT;
    let centre = who.centre.is_some_and(|c| c.raw() == HERE);
    let takes_in = role(Role::IntakeOfficer) || role(Role::PostEmployee);
    let assigns = agency && (role(Role::UnitHead) || role(Role::AgencyLeader));
    match stage {
        Stage::Draft => who.officer.raw() == INTAKE,
        // QNI 13.2a: the agency's assigned officer, and the Centre that may step in.
        Stage::Submitted => {
            let assigned = role(Role::IntakeOfficer) || role(Role::Clerk) || role(Role::UnitHead);
            (takes_in && centre) || (agency && assigned)
        }
        Stage::Accepted => assigns || (agency && role(Role::Specialist)),
        Stage::Appraisal | Stage::Appraised => who.officer.raw() == SPECIALIST || assigns,
        Stage::Approval => agency && role(Role::AgencyLeader),
        Stage::Issue => agency && role(Role::Clerk),
        Stage::Return => centre && role(Role::ReturnDesk),
        Stage::Returned | Stage::Refused => false,
    }
}

fn everybody() -> impl Iterator<Item = Who> {
    let places = [COMPETENT, OF_THE_CENTRE, STRANGE];
    let posts = [None, Some(HERE), Some(ELSEWHERE)];
    Role::ALL.iter().flat_map(move |&role| {
        places.into_iter().flat_map(move |agency| posts.into_iter().map(move |post| who(50, &[role], agency, post)))
    })
}

#[test]
fn gr_6_every_command_of_whoever_does_not_hold_the_step_is_refused_as_not_theirs() {
    for stage in Stage::ALL.into_iter().filter(|s| s.holder().is_some()) {
        let world = dossier_at(stage);
        for stranger in everybody().filter(|w| !belongs(stage, w)) {
            for (name, command) in commands() {
                let said = world.ask(&stranger, &command);
                assert_eq!(said, Err(Refusal::NotTheHolder), "{stage:?}: {name} by {stranger:?}");
            }
            let next = lawful(&stranger, world.dossier(), &world.process).into_iter();
            // ILK-01: the counter that took it in sets the order of the agencies whoever holds it.
            assert_eq!(next.filter(|c| !c.is_of_branches()).count(), 0, "{stage:?}: {stranger:?}");
        }
    }
    assert!(Refusal::NotTheHolder.is_forbidden() && Refusal::NotTheHolder.rule() == "GR-6");
}

#[test]
fn gr_6_the_lawful_neighbour_of_every_refusal_finds_something_to_do() {
    for stage in Stage::ALL.into_iter().filter(|s| s.holder().is_some()) {
        let world = dossier_at(stage);
        let insiders: Vec<_> = everybody().chain(stage.holder()).filter(|w| belongs(stage, w)).collect();
        assert!(!insiders.is_empty(), "{stage:?}");
        for insider in insiders {
            assert_ne!(lawful(&insider, world.dossier(), &world.process), [], "{stage:?}: {insider:?}");
        }
    }
}

#[test]
fn gr_6_a_draft_is_its_writers_alone_while_a_submission_is_anybodys_at_the_counter() {
    let neighbour = who(51, &[Role::IntakeOfficer], OF_THE_CENTRE, Some(HERE));
    let accept = crate::dossier::Command::Accept { fees: None };
    assert_eq!(dossier_at(Stage::Draft).ask(&neighbour, &accept), Err(Refusal::NotTheHolder));
    assert!(dossier_at(Stage::Draft).ask(&staff(INTAKE), &accept).is_ok());
    assert!(dossier_at(Stage::Submitted).ask(&neighbour, &accept).is_ok());
}

//! Every command in every state: yes, or "not now" with the state's name. Pages show exactly what succeeds.
use super::world::*;
use crate::{
    accounts::Role,
    dossier::{Command, Refusal, lawful, missing},
};

/// What the holder may do, written down by hand; a unit head may also assign.
const LAWFUL: [(Stage, &[&str]); 10] = [
    (Stage::Draft, &["acceptances", "refusals"]),
    (Stage::Submitted, &["acceptances", "refusals"]),
    (Stage::Accepted, &["refusals", "assignments"]),
    (Stage::Appraisal, &["refusals", "appraisals", "returns_to_step"]),
    (Stage::Appraised, &["refusals", "appraisals", "submissions", "returns_to_step"]),
    (Stage::Approval, &["refusals", "approvals", "returns_to_step"]),
    (Stage::Issue, &["results"]),
    (Stage::Return, &["handovers"]),
    (Stage::Returned, &[]),
    (Stage::Refused, &[]),
];

#[test]
fn flw_01_the_holder_gets_what_the_state_allows_and_not_now_for_the_rest() {
    for (stage, allowed) in LAWFUL {
        let world = dossier_at(stage);
        let holder = stage.holder().unwrap_or_else(|| staff(INTAKE));
        for (name, command) in commands() {
            let said = world.ask(&holder, &command).err();
            let expected = match (stage, name) {
                _ if allowed.contains(&name) => None,
                // The opinion is what is missing; that is said instead of the state.
                (Stage::Appraisal, "submissions") => Some(Refusal::NotAppraised),
                _ => Some(Refusal::NotNow { status: world.dossier().status.words() }),
            };
            assert_eq!(said, expected, "{stage:?}: {name}");
        }
    }
}

#[test]
fn the_buttons_are_exactly_the_commands_that_succeed() {
    for (stage, allowed) in LAWFUL {
        let world = dossier_at(stage);
        let holder = stage.holder().unwrap_or_else(|| staff(INTAKE));
        let next = lawful(&holder, world.dossier(), &world.process).into_iter();
        let mut shown: Vec<_> = next.filter(|c| !c.is_of_branches()).map(crate::dossier::CommandName::key).collect();
        let mut allowed = allowed.to_vec();
        shown.sort_unstable();
        allowed.sort_unstable();
        assert_eq!(shown, allowed, "{stage:?}");
        assert_eq!(missing(&holder, world.dossier(), &world.process).is_none(), !allowed.is_empty(), "{stage:?}");
    }
}

#[test]
fn a_closed_dossier_answers_everybody_that_it_is_closed() {
    for stage in [Stage::Returned, Stage::Refused] {
        let world = dossier_at(stage);
        let status = world.dossier().status.words();
        for &role in Role::ALL {
            for (name, command) in commands() {
                let said = world.ask(&who(50, &[role], COMPETENT, Some(HERE)), &command);
                assert_eq!(said, Err(Refusal::NotNow { status }), "{stage:?}: {name} by {role}");
            }
        }
        assert!(world.dossier().holder.is_none() && !world.dossier().status.is_open());
    }
}

#[test]
fn what_opens_a_dossier_cannot_be_done_to_one_that_is_there_and_the_reverse() {
    let turned = Command::TurnAway { intake: intake(), reason: "Thiếu.".into(), directions: None };
    for stage in Stage::ALL {
        let world = dossier_at(stage);
        for command in [
            Command::Draft { intake: intake(), received_at: None },
            Command::Submit(intake()),
            take_in(),
            turned.clone(),
        ] {
            let said = world.ask(&staff(INTAKE), &command);
            assert!(matches!(said, Err(Refusal::NotNow { .. })), "{stage:?}: {command:?}");
        }
    }
    let nothing = World::new("quang-ninh");
    for (name, command) in commands() {
        assert!(matches!(nothing.ask(&staff(INTAKE), &command), Err(Refusal::NotNow { .. })), "{name}");
    }
}

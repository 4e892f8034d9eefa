//! FLW-07: second thoughts, while nothing has left the agency.
use super::world::*;
use crate::{
    dossier::{Command, Dossier, Event, Refusal, Status, UndoRefusal, replay},
    id::Id,
};

/// All but the number of events.
fn same(a: &Dossier, b: &Dossier) -> bool {
    Dossier { version: 0, ..a.clone() } == Dossier { version: 0, ..b.clone() }
}

fn undo(world: &World, officer: i64) -> Result<Vec<Event>, Refusal> {
    world.ask(&staff(officer), &Command::Undo)
}

/// Every act that only passes the dossier on inside the agency: where, by whom.
fn acts() -> Vec<(World, i64, Command)> {
    let mut reassigned = dossier_at(Stage::Appraised);
    reassigned.now = reassigned.now.plus_millis(60_000);
    vec![
        (dossier_at(Stage::Accepted), HEAD, assign(SPECIALIST)),
        (dossier_at(Stage::Accepted), SPECIALIST, assign(SPECIALIST)),
        (reassigned, HEAD, assign(COLLEAGUE)),
        (dossier_at(Stage::Appraisal), SPECIALIST, send_back(None)),
        (dossier_at(Stage::Appraised), SPECIALIST, Command::SubmitForApproval),
        (dossier_at(Stage::Approval), LEADER, send_back(Some("assign"))),
    ]
}

#[test]
fn flw_07_whoever_passed_a_dossier_on_takes_it_back_and_it_stands_as_before() {
    for (mut world, officer, command) in acts() {
        let before = world.dossier().clone();
        world.act(&staff(officer), &command).unwrap();
        assert!(!same(&before, world.dossier()), "{command:?} changed nothing");
        world.now = world.now.plus_millis(15 * 60_000);
        world.act(&staff(officer), &Command::Undo).unwrap();
        assert!(same(&before, world.dossier()), "after {command:?}");
        // Nothing was rewritten: the act and its undoing both stand in the history, and prove the state.
        let (state, _) = replay(&world.history).unwrap();
        assert_eq!((&state, state.version), (world.dossier(), before.version + 2));
        // What was taken back is not taken back again; the next act is lawful as if nothing had been.
        assert_eq!(undo(&world, officer), Err(UndoRefusal::NothingToUndo.into()));
        world.act(&staff(officer), &command).unwrap();
    }
}

#[test]
fn flw_07_nobody_else_takes_it_back_nor_after_somebody_has_gone_on() {
    let mut world = dossier_at(Stage::Appraisal);
    for stranger in [SPECIALIST, LEADER, INTAKE, OTHER_HEAD] {
        assert_eq!(undo(&world, stranger), Err(UndoRefusal::NotYours.into()), "{stranger}");
    }
    world.act(&staff(SPECIALIST), &appraise()).unwrap();
    assert_eq!(undo(&world, HEAD), Err(UndoRefusal::NotYours.into()));
    assert_eq!(undo(&world, SPECIALIST), Err(UndoRefusal::NothingToUndo.into()));
}

#[test]
fn flw_07_the_time_for_second_thoughts_is_the_profiles() {
    let mut world = dossier_at(Stage::Appraisal);
    let done = world.now;
    world.now = done.plus_millis(15 * 60_000 + 1);
    let until = done.plus_millis(15 * 60_000);
    assert_eq!(undo(&world, HEAD), Err(UndoRefusal::TooLate { until }.into()));
    world.profile.desk.undo_minutes = 60;
    assert!(undo(&world, HEAD).is_ok());
    world.profile.desk.undo_minutes = 0;
    assert_eq!(undo(&world, HEAD), Err(UndoRefusal::TooLate { until: done }.into()));
}

#[test]
fn flw_07_what_left_the_agency_or_was_decided_or_told_stays() {
    let nothing = Err(Refusal::Undo(UndoRefusal::NothingToUndo));
    let last = [
        (Stage::Accepted, INTAKE),
        (Stage::Appraised, SPECIALIST),
        (Stage::Issue, LEADER),
        (Stage::Return, CLERK),
        (Stage::Returned, RETURN_DESK),
        (Stage::Refused, HEAD),
    ];
    for (stage, officer) in last {
        assert_eq!(undo(&dossier_at(stage), officer), nothing, "{stage:?}");
    }
    // A process whose next step is another agency's: the dossier is out of the house.
    let mut world = dossier_at(Stage::Appraised);
    let approval = world.process.steps.iter_mut().find(|s| s.key == "approve").unwrap();
    approval.actor.agency = Some(Id::new(STRANGE));
    world.act(&staff(SPECIALIST), &Command::SubmitForApproval).unwrap();
    assert_eq!(undo(&world, SPECIALIST), Err(UndoRefusal::LeftTheAgency.into()));
}

#[test]
fn a_dossier_that_nobody_had_begun_is_not_begun_after_an_undo() {
    let mut world = dossier_at(Stage::Appraisal);
    world.act(&staff(HEAD), &Command::Undo).unwrap();
    assert_eq!(world.dossier().status, Status::Accepted);
    let Some(Event::Undone { of, .. }) = world.history.last().and_then(|l| serde_json::from_str(&l.body).ok()) else {
        panic!("the undoing is an event of its own");
    };
    assert_eq!(of, 2);
}

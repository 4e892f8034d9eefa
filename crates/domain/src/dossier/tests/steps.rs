//! CAT-04: several steps of a kind. Commands ask for the kind of a step, the process says what comes next.
use super::world::*;
use crate::{
    accounts::{Role, Who},
    catalogue::{
        Actor, Place, Process, Step, StepKind,
        process::{Condition, Transition},
    },
    dossier::{Command, Decision, Event, Refusal, Status, lawful},
    id::Id,
};

const SECOND: i64 = 40;
const SECOND_SPECIALIST: i64 = 41;
const UNIT_HEAD: i64 = 42;

fn step(key: &str, kind: StepKind, role: Role) -> Step {
    let place = if matches!(kind, StepKind::Intake | StepKind::Return) { Place::Centre } else { Place::Agency };
    let actor = Actor { place, roles: vec![role.as_str().to_owned()], agency: None, unit: None };
    let name = kind.words();
    Step {
        key: key.into(),
        kind,
        name_vi: name.0.into(),
        name_en: name.1.into(),
        actor,
        minutes: Some(60),
        transitions: vec![],
    }
}

/// Intake, assignment, appraisal here, opinion of another agency, two levels of approval, issue, return.
fn long() -> Process {
    let mut process = Process {
        steps: vec![
            step("nhan", StepKind::Intake, Role::IntakeOfficer),
            step("giao", StepKind::Assign, Role::UnitHead),
            step("tham-dinh", StepKind::Appraise, Role::Specialist),
            step("phoi-hop", StepKind::Consult, Role::Specialist),
            step("phong-duyet", StepKind::Approve, Role::UnitHead),
            step("lanh-dao-duyet", StepKind::Approve, Role::AgencyLeader),
            step("van-thu", StepKind::Issue, Role::Clerk),
            step("tra", StepKind::Return, Role::ReturnDesk),
        ],
        participants: vec![],
    };
    process.steps[3].actor.agency = Some(Id::new(SECOND));
    process
}

fn second() -> Who {
    who(SECOND_SPECIALIST, &[Role::Specialist], SECOND, None)
}
fn unit_head() -> Who {
    who(UNIT_HEAD, &[Role::UnitHead], COMPETENT, None)
}

fn world(process: Process) -> World {
    let mut world = World::new("quang-ninh");
    world.process = process;
    world
}

/// Who has it, at which step and in which agency.
fn holder(world: &World) -> (String, i64, Option<i64>) {
    let h = world.dossier().holder.as_ref().unwrap();
    (h.step.clone(), h.agency.raw(), h.officer.map(Id::raw))
}

fn go(world: &mut World, acts: &[(Who, Command)]) {
    for (who, command) in acts {
        world.act(who, command).unwrap_or_else(|why| panic!("{command:?}: {why:?}"));
    }
}

fn to_consultation() -> World {
    let mut w = world(long());
    let specialist = staff(SPECIALIST);
    go(&mut w, &[(staff(INTAKE), take_in()), (unit_head(), assign(SPECIALIST)), (specialist.clone(), appraise())]);
    go(&mut w, &[(specialist, Command::SubmitForApproval)]);
    w
}

fn to_unit_head() -> World {
    let mut w = to_consultation();
    go(&mut w, &[(second(), appraise()), (second(), Command::SubmitForApproval)]);
    w
}

#[test]
fn cat_04_a_second_appraisal_in_another_agency_follows_the_first_and_needs_its_own_opinion() {
    let mut w = to_consultation();
    assert_eq!(holder(&w), ("phoi-hop".into(), SECOND, None));
    assert_eq!(w.history.last().map(|l| l.body.contains("passed_on")), Some(true));
    // The first unit's opinion is in sight but does not stand in for the second's.
    assert_eq!(w.dossier().opinion.as_ref().map(|o| o.step.as_str()), Some("tham-dinh"));
    assert_eq!(w.ask(&second(), &Command::SubmitForApproval), Err(Refusal::NotAppraised));
    assert_eq!(w.ask(&staff(SPECIALIST), &appraise()), Err(Refusal::NotTheHolder));
    go(&mut w, &[(second(), appraise()), (second(), Command::SubmitForApproval)]);
    assert_eq!(holder(&w), ("phong-duyet".into(), COMPETENT, None));
}

#[test]
fn flw_05_an_intermediate_head_passes_on_and_only_the_last_approval_decides() {
    let mut w = to_unit_head();
    assert_eq!(w.ask(&staff(LEADER), &approve()), Err(Refusal::NotTheHolder));
    let against =
        |reason: Option<&str>| Command::Approve { decision: Decision::Decline, reason: reason.map(str::to_owned) };
    assert_eq!(w.ask(&unit_head(), &against(None)), Err(Refusal::ReasonNeeded));
    let passed = w.ask(&unit_head(), &against(Some("Thiếu căn cứ."))).unwrap();
    assert!(matches!(passed.as_slice(), [Event::Endorsed { decision: Decision::Decline, .. }]), "{passed:?}");
    go(&mut w, &[(unit_head(), approve())]);
    assert_eq!((holder(&w), &w.dossier().status), (("lanh-dao-duyet".into(), COMPETENT, None), &Status::InProgress));
    assert!(w.dossier().status.clock_runs());
    go(&mut w, &[(staff(LEADER), approve())]);
    assert!(matches!(w.dossier().status, Status::Decided { decision: Decision::Grant, .. }));
    assert_eq!(holder(&w), ("van-thu".into(), COMPETENT, None));
    go(&mut w, &[(staff(CLERK), result()), (staff(RETURN_DESK), hand_over())]);
    assert!(matches!(w.dossier().status, Status::Returned { .. }));
}

#[test]
fn flw_07_it_goes_back_to_any_earlier_step_and_to_whoever_did_it() {
    let mut w = to_unit_head();
    go(&mut w, &[(unit_head(), approve())]);
    // To where it goes back, who has it then, and whether an opinion still stands.
    let cases = [
        (None, ("phong-duyet", COMPETENT, Some(UNIT_HEAD)), true),
        (Some("phong-duyet"), ("phong-duyet", COMPETENT, Some(UNIT_HEAD)), true),
        (Some("phoi-hop"), ("phoi-hop", SECOND, Some(SECOND_SPECIALIST)), false),
        (Some("tham-dinh"), ("tham-dinh", COMPETENT, Some(SPECIALIST)), false),
        (Some("giao"), ("giao", COMPETENT, None), false),
    ];
    for (to, (step, agency, officer), stands) in cases {
        let mut back = world(long());
        for line in &w.history {
            let what: Event = serde_json::from_str(&line.body).unwrap();
            back.state = Some(crate::dossier::evolve(back.state.take(), line, &what).unwrap());
        }
        back.history.clone_from(&w.history);
        go(&mut back, &[(staff(LEADER), send_back(to))]);
        assert_eq!(holder(&back), (step.to_owned(), agency, officer), "{to:?}");
        assert_eq!(back.dossier().opinion.is_some(), stands, "{to:?}");
    }
    for nowhere in ["nhan", "lanh-dao-duyet", "van-thu", "bịa"] {
        let refused = Err(Refusal::NoSuchStep { step: nowhere.into() });
        assert_eq!(w.ask(&staff(LEADER), &send_back(Some(nowhere))), refused);
    }
}

#[test]
fn cat_04_a_transition_is_taken_when_its_condition_holds_and_a_return_finds_the_way_it_came() {
    let mut process = long();
    let (to, reason) = ("phong-duyet".to_owned(), "Không cần phối hợp khi đề nghị từ chối.".to_owned());
    process.steps[2].transitions = vec![Transition { to, when: Condition::Opinion(Decision::Decline), reason }];
    let mut w = world(process);
    let specialist = staff(SPECIALIST);
    go(&mut w, &[(staff(INTAKE), take_in()), (unit_head(), assign(SPECIALIST))]);
    let decline = Command::Appraise { opinion: Decision::Decline, text: "Không đủ.".into() };
    go(&mut w, &[(specialist.clone(), decline), (specialist.clone(), Command::SubmitForApproval)]);
    assert_eq!(holder(&w).0, "phong-duyet");
    go(&mut w, &[(unit_head(), send_back(None))]);
    assert_eq!(holder(&w), ("tham-dinh".into(), COMPETENT, Some(SPECIALIST)));
    go(&mut w, &[(specialist.clone(), appraise()), (specialist, Command::SubmitForApproval)]);
    assert_eq!(holder(&w).0, "phoi-hop");
}

#[test]
fn flw_04_on_the_spot_the_four_steps_are_done_at_the_centre_without_leaving_it() {
    let mut process = Process {
        steps: vec![
            step("nhan", StepKind::Intake, Role::IntakeOfficer),
            step("tham-dinh", StepKind::Appraise, Role::Specialist),
            step("duyet", StepKind::Approve, Role::AgencyLeader),
            step("tra", StepKind::Return, Role::ReturnDesk),
        ],
        participants: vec![],
    };
    for step in &mut process.steps {
        step.actor.place = Place::Centre;
    }
    let mut w = world(process);
    let here = |officer, role| who(officer, &[role], COMPETENT, Some(HERE));
    let elsewhere = who(SPECIALIST, &[Role::Specialist], COMPETENT, None);
    go(&mut w, &[(staff(INTAKE), take_in())]);
    assert_eq!(w.dossier().holder.as_ref().and_then(|h| h.centre), Some(Id::new(HERE)));
    assert_eq!(w.ask(&elsewhere, &appraise()), Err(Refusal::NotTheHolder));
    // Beside it another agency's specialist has a desk of the same centre (DN 13.2a, QN 5.4c).
    let stranger = who(SPECIALIST, &[Role::Specialist], SECOND, Some(HERE));
    assert_eq!(w.ask(&stranger, &appraise()), Err(Refusal::NotTheHolder));
    let delegated = here(SPECIALIST, Role::Specialist);
    go(&mut w, &[(delegated.clone(), appraise()), (delegated, Command::SubmitForApproval)]);
    assert_eq!(w.ask(&staff(LEADER), &approve()), Err(Refusal::NotTheHolder));
    go(&mut w, &[(here(LEADER, Role::AgencyLeader), approve())]);
    // No step of its own issues the result: the return desk enters it, then hands it over.
    let desk = staff(RETURN_DESK);
    let shown = |w: &World| lawful(&desk, w.dossier(), &w.process).iter().map(|c| c.key()).collect::<Vec<_>>();
    assert_eq!(shown(&w), ["results"]);
    assert!(matches!(w.ask(&desk, &hand_over()), Err(Refusal::NotNow { .. })));
    go(&mut w, &[(desk.clone(), result())]);
    assert_eq!(shown(&w), ["handovers"]);
    go(&mut w, &[(desk.clone(), hand_over())]);
    assert!(matches!(w.dossier().status, Status::Returned { .. }));
}

#[test]
fn adm_02_a_step_of_one_unit_is_done_only_by_that_unit() {
    let mut process = long();
    process.steps[2].actor.unit = Some(Id::new(999));
    let mut w = world(process);
    go(&mut w, &[(staff(INTAKE), take_in())]);
    assert_eq!(w.ask(&unit_head(), &assign(SPECIALIST)), Err(Refusal::AssigneeUnfit));
    let fit = Who { unit: Id::new(999), ..staff(SPECIALIST) };
    assert!(w.ask_with(&unit_head(), &assign(SPECIALIST), Some(&fit)).is_ok());
    assert_eq!(w.ask(&staff(SPECIALIST), &assign(SPECIALIST)), Err(Refusal::NotTheHolder));
}

#[test]
fn cat_04_a_process_that_ends_too_early_says_so_instead_of_losing_the_dossier() {
    let mut process = long();
    process.steps.truncate(1);
    assert_eq!(world(process.clone()).ask(&staff(INTAKE), &take_in()), Err(Refusal::ProcessEnds));
    assert_eq!(Refusal::ProcessEnds.rule(), "CAT-04");
}

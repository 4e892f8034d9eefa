//! FLW-07: assign, take, assign again, send back.
use super::world::*;
use crate::{
    accounts::{Role, Who},
    dossier::{Command, Refusal},
    id::Id,
};

fn holder_of(world: &World) -> (String, Option<i64>) {
    let holder = world.dossier().holder.as_ref().unwrap();
    (holder.step.clone(), holder.officer.map(Id::raw))
}

#[test]
fn flw_07_the_head_gives_to_a_specialist_and_gives_again_until_it_is_submitted() {
    let mut world = dossier_at(Stage::Accepted);
    world.act(&staff(HEAD), &assign(SPECIALIST)).unwrap();
    assert_eq!(holder_of(&world), ("appraise".into(), Some(SPECIALIST)));
    world.act(&staff(HEAD), &assign(COLLEAGUE)).unwrap();
    assert_eq!(holder_of(&world), ("appraise".into(), Some(COLLEAGUE)));
    assert_eq!(world.ask(&staff(SPECIALIST), &appraise()), Err(Refusal::NotTheHolder));
    assert_eq!(dossier_at(Stage::Approval).ask(&staff(HEAD), &assign(COLLEAGUE)), Err(Refusal::NotTheHolder));
}

#[test]
fn flw_07_an_opinion_stays_with_the_officer_who_wrote_it() {
    let mut world = dossier_at(Stage::Accepted);
    world.act(&staff(HEAD), &assign(SPECIALIST)).unwrap();
    world.act(&staff(SPECIALIST), &appraise()).unwrap();
    world.act(&staff(HEAD), &assign(SPECIALIST)).unwrap();
    assert!(world.dossier().opinion.is_some(), "given again to the same officer");
    world.act(&staff(HEAD), &assign(COLLEAGUE)).unwrap();
    assert_eq!(world.dossier().opinion, None);
    assert_eq!(world.ask(&staff(COLLEAGUE), &Command::SubmitForApproval), Err(Refusal::NotAppraised));
}

#[test]
fn flw_07_a_specialist_takes_what_nobody_has_but_neither_gives_nor_takes_away() {
    let mut world = dossier_at(Stage::Accepted);
    assert_eq!(world.ask(&staff(SPECIALIST), &assign(COLLEAGUE)), Err(Refusal::NotTheHolder));
    world.act(&staff(SPECIALIST), &assign(SPECIALIST)).unwrap();
    assert_eq!(holder_of(&world), ("appraise".into(), Some(SPECIALIST)));
    assert_eq!(world.ask(&staff(COLLEAGUE), &assign(COLLEAGUE)), Err(Refusal::NotTheHolder));
    assert!(matches!(world.ask(&staff(SPECIALIST), &assign(COLLEAGUE)), Err(Refusal::NotNow { .. })));
}

#[test]
fn flw_07_only_somebody_fit_for_the_step_in_that_agency_is_given_it() {
    let world = dossier_at(Stage::Accepted);
    let unfit = Some(Refusal::AssigneeUnfit);
    let to = |unit: Option<i64>| Command::Assign { unit: unit.map(Id::new), officer: Id::new(60) };
    let cases: [(Option<Who>, Option<i64>, Option<Refusal>); 7] = [
        (Some(who(60, &[Role::Specialist], COMPETENT, None)), None, None),
        (Some(who(60, &[Role::Specialist, Role::Clerk], COMPETENT, None)), Some(COMPETENT * 10), None),
        (Some(who(60, &[Role::Specialist], COMPETENT, None)), Some(999), unfit.clone()),
        (Some(who(60, &[Role::Clerk], COMPETENT, None)), None, unfit.clone()),
        (Some(who(60, &[Role::Specialist], STRANGE, None)), None, unfit.clone()),
        (Some(who(61, &[Role::Specialist], COMPETENT, None)), None, unfit.clone()),
        (None, None, unfit),
    ];
    for (assignee, unit, refused) in cases {
        let said = world.ask_with(&staff(HEAD), &to(unit), assignee.as_ref()).err();
        assert_eq!(said, refused, "{assignee:?} in {unit:?}");
    }
}

#[test]
fn flw_07_the_leader_sends_it_back_to_the_appraiser_who_must_appraise_anew() {
    let mut world = dossier_at(Stage::Approval);
    world.act(&staff(LEADER), &send_back(None)).unwrap();
    assert_eq!(holder_of(&world), ("appraise".into(), Some(SPECIALIST)));
    assert_eq!(world.dossier().opinion, None);
    assert_eq!(world.ask(&staff(SPECIALIST), &Command::SubmitForApproval), Err(Refusal::NotAppraised));
    world.act(&staff(SPECIALIST), &appraise()).unwrap();
    world.act(&staff(SPECIALIST), &Command::SubmitForApproval).unwrap();
    assert!(world.ask(&staff(LEADER), &approve()).is_ok());
}

#[test]
fn flw_07_back_only_to_a_step_before_and_with_a_reason() {
    let (leader, specialist) = (staff(LEADER), staff(SPECIALIST));
    let cases: [(Stage, &Who, Option<&str>, bool); 9] = [
        (Stage::Approval, &leader, Some("appraise"), true),
        (Stage::Approval, &leader, Some("assign"), true),
        (Stage::Approval, &leader, Some("approve"), false),
        (Stage::Approval, &leader, Some("issue"), false),
        (Stage::Approval, &leader, Some("intake"), false),
        (Stage::Approval, &leader, Some("bịa"), false),
        (Stage::Appraisal, &specialist, None, true),
        (Stage::Appraisal, &specialist, Some("assign"), true),
        (Stage::Appraisal, &specialist, Some("appraise"), false),
    ];
    for (stage, officer, step, lawful) in cases {
        let said = dossier_at(stage).ask(officer, &send_back(step)).err();
        let refused = step.map(|s| Refusal::NoSuchStep { step: s.to_owned() });
        assert_eq!(said, if lawful { None } else { refused }, "{stage:?} to {step:?}");
    }
    let silent = Command::ReturnToStep { step: None, reason: "  ".into() };
    assert_eq!(dossier_at(Stage::Approval).ask(&leader, &silent), Err(Refusal::ReasonNeeded));
}

#[test]
fn flw_07_what_went_back_to_assignment_waits_for_the_head_and_can_be_given_again() {
    let mut world = dossier_at(Stage::Appraisal);
    world.act(&staff(SPECIALIST), &send_back(None)).unwrap();
    assert_eq!(holder_of(&world), ("assign".into(), None));
    assert!(matches!(world.ask(&staff(HEAD), &send_back(None)), Err(Refusal::NotNow { .. })));
    let shown = crate::dossier::lawful(&staff(HEAD), world.dossier(), &world.process);
    assert_eq!(shown.iter().map(|c| c.key()).collect::<Vec<_>>(), ["assignments", "refusals", "children"]);
    world.act(&staff(HEAD), &assign(COLLEAGUE)).unwrap();
    assert_eq!(holder_of(&world), ("appraise".into(), Some(COLLEAGUE)));
}

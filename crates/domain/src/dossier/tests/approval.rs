//! GR-4, FLW-05: no approval past the process or without form 01; declining says why (CLK-10).
use super::world::*;
use crate::{
    deadline::TimeLimit,
    dossier::{Command, Decision, Refusal, Status},
};

#[test]
fn gr_4_nothing_is_submitted_before_it_was_appraised() {
    let mut world = dossier_at(Stage::Appraisal);
    let refused = world.ask(&staff(SPECIALIST), &Command::SubmitForApproval).unwrap_err();
    assert_eq!((&refused, refused.rule()), (&Refusal::NotAppraised, "GR-4"));
    world.act(&staff(SPECIALIST), &appraise()).unwrap();
    assert!(world.ask(&staff(SPECIALIST), &Command::SubmitForApproval).is_ok());
}

#[test]
fn gr_4_an_approval_needs_the_opinion_even_if_the_dossier_came_to_the_leader() {
    let mut world = dossier_at(Stage::Approval);
    assert!(world.ask(&staff(LEADER), &approve()).is_ok());
    world.state.as_mut().unwrap().opinion = None;
    assert_eq!(world.ask(&staff(LEADER), &approve()), Err(Refusal::NotAppraised));
}

#[test]
fn gr_4_without_form_01_only_where_the_profile_does_not_demand_it_or_lets_the_same_day_go() {
    let (days, same_day) = (TimeLimit::WorkingDays(10), TimeLimit::SameDay);
    // Province, whether same-day dossiers get a receipt there, limit, receipt given, lawful.
    let cases = [
        ("quang-nam", true, days, true, true),
        ("quang-nam", true, days, false, false),
        ("quang-nam", true, same_day, false, false),
        ("quang-nam", false, same_day, false, true),
        ("quang-nam", false, days, false, false),
        ("quang-ninh", true, days, false, true),
        ("dong-nai", true, days, false, true),
    ];
    for (province, same_day_receipt, limit, receipt, lawful) in cases {
        let mut world = World::new(province).limited(limit);
        world.profile.intake.same_day_receipt = same_day_receipt;
        if !receipt {
            world.numbers.slip = None;
        }
        let world = brought_to(world, Stage::Approval);
        assert_eq!(world.dossier().receipt.is_some(), receipt);
        let said = world.ask(&staff(LEADER), &approve()).err();
        assert_eq!(said, (!lawful).then_some(Refusal::WithoutReceipt), "{province} {limit:?} receipt {receipt}");
    }
    assert_eq!(Refusal::WithoutReceipt.rule(), "GR-4");
}

#[test]
fn clk_10_to_decline_needs_a_reason_in_writing_and_to_grant_does_not() {
    let world = dossier_at(Stage::Approval);
    let with = |decision, reason: Option<&str>| Command::Approve { decision, reason: reason.map(str::to_owned) };
    for silent in [None, Some(""), Some("  ")] {
        assert_eq!(world.ask(&staff(LEADER), &with(Decision::Decline, silent)), Err(Refusal::ReasonNeeded));
        assert!(world.ask(&staff(LEADER), &with(Decision::Grant, silent)).is_ok());
    }
    assert!(world.ask(&staff(LEADER), &with(Decision::Decline, Some("Sai quy hoạch."))).is_ok());
}

#[test]
fn flw_05_the_decision_ends_the_clock_and_goes_to_the_clerk_of_the_agency() {
    for decision in [Decision::Grant, Decision::Decline] {
        let mut world = dossier_at(Stage::Approval);
        let command = Command::Approve { decision, reason: Some("Sai quy hoạch.".into()) };
        world.act(&staff(LEADER), &command).unwrap();
        let d = world.dossier();
        assert_eq!(d.status, Status::Decided { at: world.now, decision });
        assert!(!d.status.clock_runs() && d.status.national() == Some(9));
        let holder = d.holder.as_ref().unwrap();
        assert_eq!((holder.step.as_str(), holder.agency.raw(), holder.officer), ("issue", COMPETENT, None));
    }
}

#[test]
fn res_01_an_entered_result_waits_at_the_return_desk_of_the_centre_that_took_it_in() {
    let world = dossier_at(Stage::Return);
    let holder = world.dossier().holder.as_ref().unwrap();
    assert_eq!((holder.step.as_str(), holder.agency.raw()), ("return", OF_THE_CENTRE));
    assert_eq!((holder.centre.map(crate::id::Id::raw), holder.officer), (Some(HERE), None));
    assert_eq!(world.dossier().result.as_ref().unwrap().number, "12/GPXD");
}

#[test]
fn clk_10_a_refusal_after_acceptance_gives_its_reason_and_form_03() {
    for stage in [Stage::Accepted, Stage::Appraisal, Stage::Approval] {
        let mut world = dossier_at(stage);
        let holder = stage.holder().unwrap();
        let silent = Command::Refuse { reason: " ".into(), directions: None, files: vec![] };
        assert_eq!(world.ask(&holder, &silent), Err(Refusal::ReasonNeeded), "{stage:?}");
        world.act(&holder, &refuse()).unwrap();
        assert_eq!(world.dossier().refusal, world.numbers.slip, "{stage:?}");
        assert_eq!(world.dossier().status.national(), Some(3));
    }
}

/// DN 16.1c: what is decided on the spot is approved at the Centre and not at the agency's headquarters.
#[test]
fn flw_04_on_the_spot_procedures_are_approved_at_the_centre_only_where_the_regulation_says_so() {
    let on_the_spot = |province: &str| {
        let mut w = brought_to(World::new(province), Stage::Approval);
        w.procedure.flags.on_the_spot = true;
        w
    };
    let at_the_centre = crate::accounts::Who { centre: Some(crate::id::Id::new(HERE)), ..staff(LEADER) };
    let mut dong_nai = on_the_spot("dong-nai");
    assert_eq!(dong_nai.ask(&staff(LEADER), &approve()), Err(Refusal::OnlyAtTheCentre));
    assert_eq!(dong_nai.act(&at_the_centre, &approve()), Ok(()));
    let mut elsewhere = on_the_spot("quang-ninh");
    assert_eq!(elsewhere.act(&staff(LEADER), &approve()), Ok(()));
}

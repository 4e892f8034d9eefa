//! CLK-07, CLK-09, INT-06, RES-03: which deadlines a dossier has as it goes along.
use super::{beside::*, world::*};
use crate::{
    deadline::TimeLimit,
    dossier::{Called, DueKind, due_moments},
};

fn kinds(world: &World) -> Vec<(DueKind, crate::time::Instant)> {
    let mut all: Vec<_> = due_moments(world.dossier(), &world.law()).iter().map(|m| (m.kind, m.at)).collect();
    all.sort_by_key(|(_, at)| *at);
    all
}

fn called(world: &World, kind: DueKind) -> Vec<Called> {
    kind.calls(world.dossier(), 0, &world.profile).into_iter().map(|(called, _)| called).collect()
}

fn of(world: &World, kind: DueKind) -> Option<crate::time::Instant> {
    kinds(world).into_iter().find(|(k, _)| *k == kind).map(|(_, at)| at)
}

/// QNI 13.2a: 8 working hours; Monday 08:30 + 8 hours is Tuesday 09:00 on a day of seven and a half.
#[test]
fn int_06_an_online_dossier_must_be_checked_within_eight_working_hours() {
    let world = dossier_at(Stage::Submitted);
    assert_eq!(kinds(&world), [(DueKind::IntakeCheck, at("2025-10-07T09:01+07:00"))]);
    let elsewhere = brought_to(World::new("quang-nam"), Stage::Submitted);
    let there = [(DueKind::IntakeCheck, at("2025-10-07T09:01+07:00"))];
    assert_eq!(kinds(&elsewhere), there, "where the regulation is silent the decree's eight hours hold");
}

/// CLK-05, CLK-07: before the due date there is time to apologise; on the date it is overdue.
#[test]
fn clk_07_a_running_dossier_is_near_its_date_then_drafted_then_overdue() {
    let world = brought_to(World::new("quang-nam"), Stage::Appraisal);
    assert_eq!(of(&world, DueKind::Due), Some(at("2025-10-20T17:01+07:00")));
    assert_eq!(of(&world, DueKind::SupplementWindow), Some(at("2025-10-09T17:01+07:00")));
    let drafted = of(&world, DueKind::ApologyDraft).unwrap();
    assert_eq!(drafted, at("2025-10-16T17:00+07:00"), "two working days before");
    assert!(of(&world, DueKind::NearDue).unwrap() < drafted, "a quarter of ten days is more than two");
    assert!(of(&world, DueKind::StepDue).is_some());
    assert_eq!(called(&world, DueKind::Due), [Called::Holder, Called::Agency, Called::Centre]);
}

/// No reminder of a re-appointment that would be refused.
#[test]
fn clk_05_no_apology_is_drafted_where_none_is_lawful() {
    let mut world = brought_to(World::new("quang-nam"), Stage::Appraisal);
    after(&mut world, "2025-10-17T09:00+07:00");
    world.act(&staff(SPECIALIST), &apologise("2025-10-24T17:00+07:00")).unwrap();
    assert_eq!(of(&world, DueKind::ApologyDraft), None);
    world.act(&staff(INTAKE), &crate::dossier::Command::AdjustDate).unwrap();
    assert_eq!(of(&world, DueKind::Due), Some(at("2025-10-24T17:01+07:00")), "the new date has its own");
    let hue = brought_to(World::new("thua-thien-hue"), Stage::Appraisal);
    assert_eq!(of(&hue, DueKind::ApologyDraft), None, "there the Centre apologises, once overdue");
}

/// CLK-09, RES-03
#[test]
fn clk_09_an_early_result_calls_the_desk_at_once_and_unclaimed_ones_again_and_again() {
    let world = dossier_at(Stage::Return);
    let all = kinds(&world);
    assert_eq!(all[0], (DueKind::EarlyResult, at(MONDAY)));
    let days: Vec<_> = all[1..].iter().map(|(kind, at)| (*kind, at.day().to_string())).collect();
    let expected = ["2025-10-13", "2025-10-27", "2025-11-17"].map(|day| (DueKind::Unclaimed, day.to_owned()));
    assert_eq!(days, expected, "5, 15, 30 working days");
    let same_day = brought_to(World::new("quang-ninh").limited(TimeLimit::SameDay), Stage::Return);
    assert_eq!(of(&same_day, DueKind::EarlyResult), None);
}

/// "no hồ sơ treo": whatever waits has a deadline of its own, and whatever ended has none.
#[test]
fn every_waiting_dossier_has_a_deadline_of_its_own_and_no_closed_one_has_any() {
    let waiting = [
        (Stage::Submitted, INTAKE, guide(vec![item("don")])),
        (Stage::Appraisal, SPECIALIST, ask_supplement(vec![item("don")])),
        (Stage::Appraisal, SPECIALIST, fee(crate::dossier::FeeMoment::Now)),
        (Stage::Appraisal, SPECIALIST, suspend("2025-10-20T17:00+07:00")),
    ];
    for (stage, officer, command) in waiting {
        let mut world = dossier_at(stage);
        world.act(&staff(officer), &command).unwrap();
        assert!(world.dossier().status.waits());
        let mut waits: Vec<_> = kinds(&world).into_iter().map(|(kind, _)| kind).collect();
        waits.dedup();
        assert_eq!(waits.len(), 1, "{command:?}");
        world.act(&staff(INTAKE), &withdraw()).unwrap();
        assert_eq!(kinds(&world), []);
    }
}

/// CLK-07: the agency has a date of its own before the applicant's, and it calls agency and Centre; once the result has left
/// the agency it speaks of nothing any more.
#[test]
fn clk_07_the_agency_has_a_date_of_its_own_before_the_applicants() {
    let world = brought_to(World::new("quang-nam"), Stage::Appraisal);
    // Ten days end on Monday 20 October at 17:00; the return desk keeps its four hours of them.
    assert_eq!(of(&world, DueKind::AgencyDue), Some(at("2025-10-20T11:01+07:00")));
    assert_eq!(called(&world, DueKind::AgencyDue), [Called::Holder, Called::Agency, Called::Centre]);
    assert_eq!(of(&brought_to(World::new("quang-nam"), Stage::Return), DueKind::AgencyDue), None);
}

/// RES-01, "no hồ sơ treo": a signature is not yet a result in the applicant's hands; step, agency and promised day call on.
#[test]
fn res_01_what_is_signed_and_not_issued_still_has_its_deadlines() {
    let world = brought_to(World::new("quang-nam"), Stage::Issue);
    let due = at("2025-10-20T17:01+07:00");
    assert_eq!(of(&world, DueKind::IssueDue), Some(due));
    assert_eq!(of(&world, DueKind::AgencyDue), Some(at("2025-10-20T11:01+07:00")));
    assert!(of(&world, DueKind::StepDue).is_some(), "the step of issuing has a time of its own");
    let calls = DueKind::IssueDue.calls(world.dossier(), 0, &world.profile);
    assert_eq!(calls, [(Called::Agency, COMPETENT), (Called::Centre, HERE)]);
    assert_eq!(of(&brought_to(World::new("quang-nam"), Stage::Return), DueKind::IssueDue), None);
}

/// CLK-04, CLK-07: after a supplement the limit is whole again, so nothing of the time before it makes the date near.
#[test]
fn clk_07_near_due_is_measured_against_the_limit_that_runs_now() {
    let mut world = brought_to(World::new("quang-nam"), Stage::Appraisal);
    after(&mut world, "2025-10-08T09:00+07:00");
    world.act(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).unwrap();
    after(&mut world, "2025-11-03T08:30+07:00");
    world.act(&staff(INTAKE), &bring(vec![brought("don")])).unwrap();
    let due = world.dossier().due_at.unwrap();
    assert_eq!(due, at("2025-11-17T17:00+07:00"), "ten working days from zero");
    let near = of(&world, DueKind::NearDue).unwrap();
    // A quarter of ten days and the rest of the first: two and a half working days before, never weeks before.
    assert!(near > at("2025-11-13T07:30+07:00") && near < due, "{near}");
    let from = crate::dossier::counted_from(world.dossier(), &CALENDAR);
    assert_eq!(from, Some(at("2025-11-03T08:30+07:00")));
}

/// CLK-07: the time that a pause took is no part of what the limit is measured against.
#[test]
fn clk_07_a_pause_does_not_make_the_limit_longer_than_it_is() {
    let mut world = brought_to(World::new("quang-ninh"), Stage::Appraisal);
    after(&mut world, "2025-10-08T08:30+07:00");
    world.act(&staff(SPECIALIST), &suspend("2025-11-20T17:00+07:00")).unwrap();
    after(&mut world, "2025-10-22T08:30+07:00");
    world.act(&staff(SPECIALIST), &crate::dossier::Command::Resume).unwrap();
    let (from, due) =
        (crate::dossier::counted_from(world.dossier(), &CALENDAR).unwrap(), world.dossier().due_at.unwrap());
    let whole = CALENDAR.working_minutes_between(at(MONDAY), at("2025-10-20T17:00+07:00"));
    assert_eq!(CALENDAR.working_minutes_between(from, due), whole);
}

/// FEE-02: an unpaid fee is called to mind again and again, not once.
#[test]
fn fee_02_an_unpaid_fee_is_called_to_mind_again() {
    let mut world = dossier_at(Stage::Appraisal);
    world.act(&staff(SPECIALIST), &fee(crate::dossier::FeeMoment::Now)).unwrap();
    let days: Vec<_> = kinds(&world).iter().map(|(kind, at)| (*kind, at.day())).collect();
    assert!(days.len() >= 4 && days.iter().all(|(kind, _)| *kind == DueKind::PaymentWait), "{days:?}");
    assert!(days.windows(2).all(|pair| pair[0].1 < pair[1].1), "{days:?}");
}

/// CLK-08, DN 7.2, 13.3b, VL 8.6, HUE II.3: the cause is made clear before it is reported; silence is reported after a term;
/// each regulation names those who hear of it.
#[test]
fn clk_08_overdue_is_reported_with_its_cause_or_after_a_term_and_to_whom_the_regulation_says() {
    let cause = |justified| crate::dossier::Command::ExplainOverdue { cause: "Chờ giám định.".into(), justified };
    let mut world = brought_to(World::new("dong-nai"), Stage::Appraisal);
    assert_eq!(of(&world, DueKind::OverdueReport), Some(at("2025-10-21T17:01+07:00")), "a working day to say why");
    after(&mut world, "2025-10-21T08:00+07:00");
    world.act(&staff(LEADER), &cause(false)).unwrap();
    assert_eq!(of(&world, DueKind::OverdueReport), Some(world.now), "reported when the cause is there");
    world.act(&staff(DEPUTY), &cause(true)).unwrap();
    assert_eq!(of(&world, DueKind::OverdueReport), None, "the Centre accepts the reason");
    let reported = [
        ("dong-nai", vec![Called::Province]),
        ("vinh-long", vec![Called::Office, Called::Province]),
        ("thua-thien-hue", vec![Called::Province, Called::Agency]),
    ];
    for (province, expected) in reported {
        let world = brought_to(World::new(province), Stage::Appraisal);
        assert_eq!(called(&world, DueKind::OverdueReport), expected, "{province}");
    }
}

/// CLK-08: an old excuse does not hide a second lateness.
#[test]
fn clk_08_a_cause_speaks_only_of_the_date_that_was_missed_then() {
    let mut world = brought_to(World::new("dong-nai"), Stage::Appraisal);
    after(&mut world, "2025-10-21T08:00+07:00");
    let excused = crate::dossier::Command::ExplainOverdue { cause: "Bão lụt.".into(), justified: true };
    let own = world.ask(&staff(SPECIALIST), &excused).unwrap_err();
    assert_eq!((own.rule(), own.code(), own.field()), ("CLK-08", "overdue.centre_excuses", Some("justified")));
    assert!(world.ask(&staff(LEADER), &excused).is_err(), "nobody takes the own lateness off the public list");
    world.act(&staff(DEPUTY), &excused).unwrap();
    assert!(world.dossier().overdue_cause().is_some_and(|c| c.justified));
    world.act(&staff(SPECIALIST), &late(apologise("2025-10-27T17:00+07:00"))).unwrap();
    world.act(&staff(DEPUTY), &approve()).unwrap();
    assert_eq!(world.dossier().overdue_cause(), None);
    let elsewhere = brought_to(World::new("quang-ninh"), Stage::Appraisal);
    let mut elsewhere = elsewhere;
    after(&mut elsewhere, "2025-10-21T08:00+07:00");
    assert!(
        elsewhere.ask(&staff(SPECIALIST), &excused).is_ok(),
        "where nothing is published the agency says so itself"
    );
}

/// CLK-05: where the whole limit is no longer than the lead, the apology is called to mind at once; a limit of one day has none.
#[test]
fn clk_05_a_short_limit_is_drafted_from_its_start_and_a_day_has_no_timely_apology() {
    use crate::deadline::DayCounting;
    let moments = |days| {
        let mut world = World::new("quang-nam").limited(TimeLimit::WorkingDays(days));
        world.clock.counting = DayCounting::ClockTime;
        of(&brought_to(world, Stage::Appraisal), DueKind::ApologyDraft)
    };
    assert_eq!(moments(2), Some(at(MONDAY)));
    assert_eq!(moments(1), None);
}

/// CLK-07: a step and the agency's share call before their time is over, each by its own; whoever has it hears.
#[test]
fn clk_07_a_long_step_and_the_agencys_share_are_called_before_they_are_over() {
    let world = brought_to(World::new("quang-nam").limited(TimeLimit::WorkingDays(30)), Stage::Appraisal);
    let (near, due) = (of(&world, DueKind::StepNear).unwrap(), of(&world, DueKind::StepDue).unwrap());
    assert!(near < due && near > at(MONDAY), "{near} {due}");
    assert_eq!(called(&world, DueKind::StepNear), [Called::Holder, Called::Agency]);
    let (near, due) = (of(&world, DueKind::AgencyNear).unwrap(), of(&world, DueKind::AgencyDue).unwrap());
    assert!(near < due && due < of(&world, DueKind::Due).unwrap(), "{near} {due}");
    // What is over in a day is not announced the day before.
    let short = brought_to(World::new("quang-nam").limited(TimeLimit::WorkingDays(1)), Stage::Appraisal);
    assert_eq!(of(&short, DueKind::StepNear), None);
}

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

fn of(world: &World, kind: DueKind) -> Option<crate::time::Instant> {
    kinds(world).into_iter().find(|(k, _)| *k == kind).map(|(_, at)| at)
}

/// QNI 13.2a: 8 working hours; Monday 08:30 + 8 hours is Tuesday 09:00 on a day of seven and a half.
#[test]
fn int_06_an_online_dossier_must_be_checked_within_eight_working_hours() {
    let world = dossier_at(Stage::Submitted);
    assert_eq!(kinds(&world), [(DueKind::IntakeCheck, at("2025-10-07T09:01+07:00"))]);
    let elsewhere = brought_to(World::new("quang-nam"), Stage::Submitted);
    assert_eq!(kinds(&elsewhere), [], "no seed but Quảng Ninh's names a limit");
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
    assert_eq!(DueKind::Due.calls(world.dossier()), [Called::Holder, Called::Agency, Called::Centre, Called::Province]);
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
        assert_eq!(kinds(&world).len(), 1, "{command:?}");
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
    assert_eq!(DueKind::AgencyDue.calls(world.dossier()), [Called::Holder, Called::Agency, Called::Centre]);
    assert_eq!(of(&brought_to(World::new("quang-nam"), Stage::Return), DueKind::AgencyDue), None);
}

//! CLK-06, DN 9.2i: suspension, supplement and no resolution need the Centre's deputy director where the profile says so.
use super::{beside::*, world::*};
use crate::dossier::{Command, Decision, Refusal, Status, next};

fn proposals() -> [(&'static str, Command); 3] {
    [
        ("suspensions", suspend("2025-10-30T17:00+07:00")),
        ("supplement_requests", ask_supplement(vec![item("don")])),
        ("refusals", refuse()),
    ]
}

fn effective(what: &str, status: &Status) -> bool {
    match what {
        "suspensions" => matches!(status, Status::Suspended { .. }),
        "supplement_requests" => matches!(status, Status::AwaitingSupplement { .. }),
        _ => matches!(status, Status::Refused { .. }),
    }
}

#[test]
fn clk_06_in_dong_nai_they_wait_for_the_deputy_and_elsewhere_they_take_effect() {
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"] {
        for (what, command) in proposals() {
            let mut world = brought_to(World::new(province), Stage::Appraisal);
            world.act(&staff(SPECIALIST), &command).unwrap();
            let d = world.dossier();
            assert_eq!(d.proposal.is_some(), province == "dong-nai", "{province} {what}");
            assert_eq!(effective(what, &d.status), province != "dong-nai", "{province} {what}");
        }
    }
}

/// One holder at any time: the deputy while it waits, the agency afterwards.
#[test]
fn clk_06_the_deputys_yes_makes_it_effective_and_the_no_gives_it_back_with_a_reason() {
    for (what, command) in proposals() {
        let mut world = brought_to(World::new("dong-nai"), Stage::Appraisal);
        world.act(&staff(SPECIALIST), &command).unwrap();
        assert!(world.dossier().status.clock_runs(), "the clock runs while it waits");
        assert_eq!(world.ask(&staff(SPECIALIST), &appraise()), Err(Refusal::NotTheHolder), "{what}");
        assert_eq!(world.ask(&staff(LEADER), &approve()), Err(Refusal::NotTheHolder), "{what}");
        let offered = next(&staff(DEPUTY), world.dossier(), &world.law());
        assert_eq!(offered.iter().map(|c| c.key()).collect::<Vec<_>>(), ["approvals"], "{what}");

        let no =
            |reason: Option<&str>| Command::Approve { decision: Decision::Decline, reason: reason.map(str::to_owned) };
        assert_eq!(world.ask(&staff(DEPUTY), &no(None)), Err(Refusal::ReasonNeeded));
        let mut declined = brought_to(World::new("dong-nai"), Stage::Appraisal);
        declined.act(&staff(SPECIALIST), &command).unwrap();
        declined.act(&staff(DEPUTY), &no(Some("Hồ sơ đã đủ."))).unwrap();
        let d = declined.dossier();
        assert!(d.proposal.is_none() && d.status == Status::InProgress);
        assert_eq!(d.holder.as_ref().unwrap().officer.unwrap().raw(), SPECIALIST, "{what}");

        world.act(&staff(DEPUTY), &approve()).unwrap();
        let d = world.dossier();
        assert!(effective(what, &d.status) && d.proposal.is_none(), "{what}");
    }
}

/// A proposal in time is not good for ever: the window is the applicant's.
#[test]
fn gr_1_the_deputy_cannot_let_a_supplement_through_after_the_window() {
    let mut world = brought_to(World::new("dong-nai"), Stage::Appraisal);
    world.act(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).unwrap();
    world.now = at("2025-10-10T08:00+07:00");
    assert_eq!(world.ask(&staff(DEPUTY), &approve()).unwrap_err().code(), "supplement.window_passed");
    world.now = at("2025-10-09T08:00+07:00");
    assert!(world.ask(&staff(DEPUTY), &approve()).is_ok());
}

/// The regulation's deputy director is the provincial Centre's; a commune's one-stop unit has none.
#[test]
fn clk_06_a_communes_dossier_needs_no_deputy() {
    let world = brought_to(World::new("dong-nai"), Stage::Appraisal);
    let (officer, numbers) = (staff(SPECIALIST), numbers(5));
    let mut law = world.law();
    law.desk.provincial = false;
    let facts =
        crate::dossier::Facts { who: &officer, law, assignee: None, people: None, numbers: &numbers, last: None };
    let command = ask_supplement(vec![item("don")]);
    let events = crate::dossier::decide(Some(world.dossier()), &command, &facts).unwrap();
    assert_eq!(events[0].key(), "supplement_requested");
}

/// Before acceptance a refusal is the counter's own.
#[test]
fn clk_06_a_refusal_at_intake_is_not_the_deputys() {
    let mut world = brought_to(World::new("dong-nai"), Stage::Submitted);
    world.act(&staff(INTAKE), &refuse()).unwrap();
    assert!(matches!(world.dossier().status, Status::Refused { .. }));
}

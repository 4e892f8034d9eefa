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

/// CLK-10, DN 9.2i, 16.1e: a stop is "không giải quyết" too: the guards of a refusal stand before it.
#[test]
fn clk_10_a_stop_needs_the_deputy_the_scan_and_the_limit_like_a_refusal() {
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"] {
        let deputy = province == "dong-nai";
        let mut world = brought_to(World::new(province), Stage::Appraisal);
        let unsigned = Command::Stop { reason: "Trùng hồ sơ.".into(), files: vec![] };
        let said = world.ask(&staff(SPECIALIST), &unsigned).err();
        assert_eq!(said.as_ref().map(Refusal::code), deputy.then_some("refusal.scan_needed"), "{province}");
        let within = matches!(province, "dong-nai" | "vinh-long");
        let mut late = brought_to(World::new(province), Stage::Appraisal);
        after(&mut late, "2025-10-21T08:00+07:00");
        let said = late.ask(&staff(SPECIALIST), &stop()).err();
        assert_eq!(said.as_ref().map(Refusal::code), within.then_some("refusal.too_late"), "{province}");
        world.act(&staff(SPECIALIST), &stop()).unwrap();
        assert_eq!(world.dossier().proposal.is_some(), deputy, "{province}");
        if deputy {
            assert_eq!(world.dossier().status, Status::InProgress, "nothing is told before the deputy's word");
            world.act(&staff(DEPUTY), &approve()).unwrap();
        }
        assert!(matches!(world.dossier().status, Status::Stopped { .. }), "{province}");
    }
}

/// FLW-08, "no hồ sơ treo": a suspension ends on its day although a proposal lies before the deputy director.
#[test]
fn flw_08_a_suspension_ends_on_its_day_while_a_stop_waits_for_the_deputy() {
    let mut world = brought_to(World::new("dong-nai"), Stage::Appraisal);
    world.act(&staff(SPECIALIST), &suspend("2025-10-14T17:00+07:00")).unwrap();
    world.act(&staff(DEPUTY), &approve()).unwrap();
    world.act(&staff(SPECIALIST), &stop()).unwrap();
    after(&mut world, "2025-10-14T17:00+07:00");
    world.act(&system(), &Command::Lapse).unwrap();
    assert!(world.dossier().status.clock_runs() && world.dossier().proposal.is_some());
    world.act(&staff(DEPUTY), &approve()).unwrap();
    assert!(matches!(world.dossier().status, Status::Stopped { .. }));
    let (state, _) = crate::dossier::replay(&world.history).unwrap();
    assert_eq!(&state, world.dossier());
}

/// CLK-04, DN 16.1e: "Phiếu yêu cầu bổ sung …, đồng thời quét văn bản và đính kèm".
#[test]
fn clk_04_in_dong_nai_a_supplement_request_is_scanned() {
    let unsigned = Command::RequestSupplement { items: vec![item("don")], reason: None, files: vec![] };
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"] {
        let world = brought_to(World::new(province), Stage::Appraisal);
        let said = world.ask(&staff(SPECIALIST), &unsigned).err();
        assert_eq!(said.as_ref().map(Refusal::code), (province == "dong-nai").then_some("supplement.scan_needed"));
        assert!(world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).is_ok(), "{province}");
    }
}

//! What only some provinces' regulations say: who takes in, who returns, who adjusts the date, what is compared.
use super::{beside::*, world::*};
use crate::{
    accounts::{Role, Who},
    catalogue::{Flags, OnlineLevel},
    deadline::{TimeLimit, reckon},
    dossier::{
        Called, Command, DueKind, Handover, STEAD_POOLS, due_moments, guidances_left, last_apology_day, next,
        pool_name, supplements_left,
    },
};

const ALL: [&str; 5] = ["dong-nai", "vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"];

fn agencys(role: Role) -> Who {
    who(40, &[role], COMPETENT, None)
}
fn offered(world: &World, who: &Who) -> Vec<&'static str> {
    next(who, world.dossier(), &world.law()).iter().map(|c| c.key()).collect()
}
fn has(world: &World, kind: DueKind) -> bool {
    due_moments(world.dossier(), &world.law()).iter().any(|m| m.kind == kind)
}

/// INT-09, QNI 13.2a: online dossiers are taken in by the agency's own assigned officer; elsewhere by the Centre alone.
#[test]
fn int_09_only_in_quang_ninh_the_agency_takes_in_what_came_online() {
    for province in ALL {
        let mut world = brought_to(World::new(province), Stage::Submitted);
        let by_agency = province == "quang-ninh";
        assert_eq!(offered(&world, &agencys(Role::Clerk)).contains(&"acceptances"), by_agency, "{province}");
        assert_eq!(world.ask(&agencys(Role::Clerk), &Command::Accept { fees: None }).is_ok(), by_agency, "{province}");
        // Another agency never does, and the Centre, through which everything comes in, always may.
        assert!(world.ask(&who(41, &[Role::Clerk], STRANGE, None), &Command::Accept { fees: None }).is_err());
        assert!(world.ask(&staff(INTAKE), &Command::Accept { fees: None }).is_ok(), "{province}");
        let pool = pool_name(world.dossier(), &world.process).unwrap();
        assert_eq!(pool == STEAD_POOLS[0], by_agency, "{province}: {pool}");
        let taker = if by_agency { agencys(Role::IntakeOfficer) } else { staff(INTAKE) };
        world.act(&taker, &Command::Accept { fees: None }).unwrap();
        assert_eq!(world.dossier().taken_in_by_agency, by_agency, "{province}");
    }
}

/// QNI 13.2c: the same officer guides, and takes what completes the dossier; the check that is late calls the agency.
#[test]
fn int_07_the_agency_that_takes_in_also_guides_and_takes_what_was_missing() {
    let mut world = brought_to(World::new("quang-ninh"), Stage::Submitted);
    let calls = DueKind::IntakeCheck.calls(world.dossier(), 0, &world.profile);
    assert_eq!(calls, [(Called::Agency, COMPETENT), (Called::Centre, HERE)]);
    world.act(&agencys(Role::Clerk), &guide(vec![item("don")])).unwrap();
    after(&mut world, "2025-10-07T09:00+07:00");
    world.act(&agencys(Role::Clerk), &bring(vec![brought("don")])).unwrap();
    assert_eq!(world.dossier().status.key(), "submitted");
    assert!(world.ask(&agencys(Role::Clerk), &Command::Accept { fees: None }).is_ok());
}

/// GR-4, DN 16.1c, QN 6.2: what an agency took in itself is not approved where everything comes in through the Centre.
#[test]
fn gr_4_what_did_not_come_in_through_the_centre_is_not_approved() {
    for province in ALL {
        let mut world = brought_to(World::new("quang-ninh"), Stage::Submitted);
        world.act(&agencys(Role::Clerk), &Command::Accept { fees: None }).unwrap();
        for (officer, command) in
            [(HEAD, assign(SPECIALIST)), (SPECIALIST, appraise()), (SPECIALIST, Command::SubmitForApproval)]
        {
            world.act(&staff(officer), &command).unwrap();
        }
        world.profile.approval = profile(province).approval;
        let said = world.ask(&staff(LEADER), &approve());
        match province {
            "dong-nai" | "quang-nam" => assert_eq!(said.unwrap_err().code(), "approval.not_through_the_centre"),
            _ => assert!(said.is_ok(), "{province}: {said:?}"),
        }
    }
}

fn with_result(province: &str, police: bool, flags: Flags) -> World {
    let mut world = World::new(province);
    world.police = police;
    world.procedure.flags = flags;
    brought_to(world, Stage::Return)
}

/// QN 6.5b: the police return their own results, everything else lies at the central desk.
#[test]
fn res_02_in_quang_nam_the_police_return_their_own_results_and_the_central_desk_all_others() {
    for province in ALL {
        let world = with_result(province, true, Flags::default());
        let themselves = province == "quang-nam";
        assert_eq!(world.ask(&agencys(Role::Clerk), &hand_over()).is_ok(), themselves, "{province}");
        assert_eq!(world.ask(&staff(RETURN_DESK), &hand_over()).is_ok(), !themselves, "{province}");
        let called = if themselves { (Called::Agency, COMPETENT) } else { (Called::Centre, HERE) };
        assert_eq!(DueKind::Unclaimed.calls(world.dossier(), 0, &world.profile), [called], "{province}");
    }
    // A process that lets the counter return too is held to the central desk.
    let mut world = with_result("quang-nam", false, Flags::default());
    world.process.steps.last_mut().unwrap().actor.roles.push("intake_officer".into());
    assert_eq!(world.ask(&staff(INTAKE), &hand_over()).unwrap_err().code(), "return.central_desk");
    assert!(world.ask(&staff(RETURN_DESK), &hand_over()).is_ok());
}

/// DN 16.1đ: a special procedure's result may be returned by the agency, as agreed with the Centre; nowhere else.
#[test]
fn res_02_in_dong_nai_the_agency_returns_the_result_of_a_special_procedure() {
    for province in ALL {
        let special = Flags { returned_by_agency: true, ..Flags::default() };
        let world = with_result(province, false, special);
        assert_eq!(world.ask(&agencys(Role::Clerk), &hand_over()).is_ok(), province == "dong-nai", "{province}");
        assert_eq!(world.ask(&staff(RETURN_DESK), &hand_over()).is_ok(), province != "dong-nai", "{province}");
    }
}

/// RES-04, QNI 13.3a: the originals of a partly online dossier are compared before the result leaves.
#[test]
fn res_04_in_quang_ninh_the_originals_of_a_partly_online_dossier_are_compared_first() {
    for province in ALL {
        let mut world = World::new(province);
        world.procedure.online_level = OnlineLevel::Partial;
        let mut world = brought_to(world, Stage::Submitted);
        let steps = [
            (INTAKE, Command::Accept { fees: None }),
            (HEAD, assign(SPECIALIST)),
            (SPECIALIST, appraise()),
            (SPECIALIST, Command::SubmitForApproval),
            (LEADER, approve()),
            (CLERK, result()),
        ];
        for (officer, command) in steps {
            world.act(&staff(officer), &command).unwrap();
        }
        let said = world.ask(&staff(RETURN_DESK), &hand_over());
        assert_eq!(said.is_ok(), province != "quang-ninh", "{province}");
        let compared = Command::HandOver(Handover { originals_compared: true, ..to_applicant() });
        assert!(world.ask(&staff(RETURN_DESK), &compared).is_ok(), "{province}");
        let Err(refusal) = said else { continue };
        assert_eq!((refusal.rule(), refusal.field()), ("RES-04", Some("originals_compared")));
    }
}

/// CLK-05: VL 4.3e the Centre, QN 6.3 the counter officer adjusts the date by the agency's slip; elsewhere the slip does.
#[test]
fn clk_05_in_vinh_long_and_quang_nam_the_date_moves_when_the_centre_adjusts_it() {
    let new = at("2025-10-24T17:00+07:00");
    for province in ["dong-nai", "vinh-long", "quang-nam", "quang-ninh"] {
        let mut world = brought_to(World::new(province), Stage::Appraisal);
        let old = world.dossier().due_at;
        after(&mut world, "2025-10-17T09:00+07:00");
        // NTF-01: the applicant is told with the date, and not before it stands.
        let waits = matches!(province, "vinh-long" | "quang-nam");
        let told = |w: &World, who: &Who, command: &Command| {
            let reactions = crate::notices::reactions(&w.ask(who, command).unwrap());
            reactions.iter().any(|r| matches!(r, crate::notices::Reaction::Tell { .. }))
        };
        assert_eq!(told(&world, &staff(SPECIALIST), &apologise("2025-10-24T17:00+07:00")), !waits, "{province}");
        world.act(&staff(SPECIALIST), &apologise("2025-10-24T17:00+07:00")).unwrap();
        assert_eq!(world.dossier().due_at, if waits { old } else { Some(new) }, "{province}");
        assert_eq!(has(&world, DueKind::DateToAdjust), waits, "{province}");
        if !waits {
            assert!(world.ask(&staff(DEPUTY), &Command::AdjustDate).is_err(), "{province}");
            continue;
        }
        let by_agency = world.ask(&staff(SPECIALIST), &Command::AdjustDate).unwrap_err();
        assert!(by_agency.is_forbidden());
        assert_eq!(world.ask(&staff(DEPUTY), &Command::AdjustDate).is_ok(), province == "vinh-long");
        assert!(offered(&world, &staff(INTAKE)).contains(&"date_adjustments"), "{province}");
        after(&mut world, "2025-10-17T10:00+07:00");
        assert!(told(&world, &staff(INTAKE), &Command::AdjustDate), "{province}");
        world.act(&staff(INTAKE), &Command::AdjustDate).unwrap();
        let d = world.dossier();
        assert_eq!((d.due_at, &d.appointment), (Some(new), &None), "{province}");
        assert_eq!(reckon(&d.ledger, &CALENDAR, &world.clock).unwrap().due_at, d.due_at);
        assert!(!has(&world, DueKind::DateToAdjust));
        let again = world.ask(&staff(INTAKE), &Command::AdjustDate).unwrap_err();
        assert_eq!(again.code(), "apology.nothing_to_adjust");
    }
}

/// Nobody promises a day that has passed.
#[test]
fn clk_05_a_date_that_has_passed_meanwhile_is_not_set() {
    let mut world = brought_to(World::new("vinh-long"), Stage::Appraisal);
    after(&mut world, "2025-10-17T09:00+07:00");
    world.act(&staff(SPECIALIST), &apologise("2025-10-24T17:00+07:00")).unwrap();
    world.now = at("2025-10-24T17:00+07:00");
    assert_eq!(world.ask(&staff(DEPUTY), &Command::AdjustDate).unwrap_err().code(), "apology.date_passed");
}

/// VL 4.3d, HUE: form 02 goes back through the Centre, which is called to give it to the applicant.
#[test]
fn int_09_a_supplement_request_that_goes_through_the_centre_calls_it() {
    for province in ["vinh-long", "quang-nam", "quang-ninh", "thua-thien-hue"] {
        let mut world = brought_to(World::new(province), Stage::Appraisal);
        world.act(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).unwrap();
        let through = matches!(province, "vinh-long" | "thua-thien-hue");
        assert_eq!(has(&world, DueKind::SupplementSlip), through, "{province}");
    }
}

/// HUE 3.3b: the agency states reason and new date, and the Centre, which writes the apology, hears of it.
#[test]
fn clk_05_in_hue_the_agencys_explanation_calls_the_centre() {
    let mut world = brought_to(World::new("thua-thien-hue"), Stage::Appraisal);
    after(&mut world, "2025-10-21T08:00+07:00");
    let explain =
        Command::Explain { reason: "Hồ sơ phức tạp.".into(), new_due_at: at("2025-10-24T17:00+07:00") };
    world.act(&staff(SPECIALIST), &explain).unwrap();
    assert!(has(&world, DueKind::Explained));
    world
        .act(
            &staff(DEPUTY),
            &Command::Apologise { reason: String::new(), new_due_at: None, files: vec![], late: false },
        )
        .unwrap();
    assert!(!has(&world, DueKind::Explained));
}

/// INT-04: how often one may still ask is the answer that the guard itself gives; Huế counts guidance and supplement together.
#[test]
fn int_04_how_often_one_may_still_ask_is_what_the_guard_allows() {
    for province in ALL {
        let mut world = brought_to(World::new(province), Stage::Submitted);
        let law_says = |w: &World| (guidances_left(w.dossier(), &w.law()), supplements_left(w.dossier(), &w.law()));
        assert_eq!(law_says(&world), (1, 1), "{province}");
        world.act(&staff(INTAKE), &guide(vec![item("don")])).unwrap();
        let together = province == "thua-thien-hue";
        assert_eq!(law_says(&world), (0, u32::from(!together)), "{province}");
    }
}

/// GR-2: the last day of an apology is the day after which it is late; a limit of one day has none.
#[test]
fn gr_2_the_last_day_of_an_apology_is_the_day_before_the_due_date() {
    let world = brought_to(World::new("dong-nai"), Stage::Appraisal);
    assert_eq!(last_apology_day(world.dossier(), &world.law()), Some(jiff::civil::date(2025, 10, 19)));
    let short = brought_to(World::new("dong-nai").limited(TimeLimit::WorkingDays(1)), Stage::Appraisal);
    assert_eq!(last_apology_day(short.dossier(), &short.law()), None);
    let hue = brought_to(World::new("thua-thien-hue"), Stage::Appraisal);
    assert_eq!(last_apology_day(hue.dossier(), &hue.law()), None, "there the Centre apologises once it is overdue");
}

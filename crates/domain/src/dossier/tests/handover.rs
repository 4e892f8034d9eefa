//! GR-5, INT-15, RES-02: who receives a result, in which way, against what.
use super::world::*;
use crate::dossier::{Applicant, Command, Handover, Intake, Proxy, Refusal, ResultBy};

/// At the return desk of `province`, wanted in that way, with an owner and a proxy on the dossier.
fn waiting(province: &str, result_by: ResultBy) -> World {
    let mut world = World::new(province);
    let mut everybody = people();
    let named = |name: &str, identity: &str| Applicant {
        name: name.into(),
        identity: Some(identity.into()),
        ..everybody.applicant.clone()
    };
    let (owner, proxy) = (named("Công ty Hạ Long", "5700100256"), named("Lê Thị Bưởi", "022190005678"));
    everybody.owner = Some(owner);
    everybody.proxy = Some(Proxy { person: proxy, authorisation: "Giấy ủy quyền 05 ngày 01/10/2025".into() });
    world.people = Some(everybody);
    world
        .act(
            &staff(INTAKE),
            &Command::TakeIn { intake: Intake { result_by, ..intake() }, received_at: None, fees: None },
        )
        .unwrap();
    let rest = [
        (HEAD, assign(SPECIALIST)),
        (SPECIALIST, appraise()),
        (SPECIALIST, Command::SubmitForApproval),
        (LEADER, approve()),
        (CLERK, result()),
    ];
    for (officer, command) in rest {
        world.act(&staff(officer), &command).unwrap();
    }
    world
}

fn refusal(world: &World, handover: Handover) -> Option<Refusal> {
    world.ask(&staff(RETURN_DESK), &Command::HandOver(handover)).err()
}
fn to(name: &str) -> Handover {
    Handover { to: name.into(), identity: None, ..to_applicant() }
}
fn said(text: &str) -> String {
    text.to_owned()
}

#[test]
fn gr_5_the_result_goes_to_somebody_on_the_dossier_or_against_an_authorisation() {
    let world = waiting("quang-ninh", ResultBy::Counter);
    let refused = Some(Refusal::ReceiverNotAuthorised);
    let cases: [(Handover, Option<Refusal>); 11] = [
        (to("applicant"), None),
        (to("owner"), None),
        (to("proxy"), None),
        (to(" nguyễn  văn AN "), None),
        (to("Lê Thị Bưởi"), None),
        (to("Nguyễn Văn Ấn"), refused.clone()),
        (to("Phạm Quốc Cường"), refused.clone()),
        (to(""), refused.clone()),
        (Handover { authorisation: Some(said("  ")), ..to("Phạm Quốc Cường") }, refused),
        (Handover { authorisation: Some(said("Số 07, 05/10/2025")), ..to("Phạm Quốc Cường") }, None),
        (Handover { identity: Some(said("022085001234")), ..to("Nguyen Van An") }, None),
    ];
    for (handover, expected) in cases {
        assert_eq!(refusal(&world, handover.clone()), expected, "{handover:?}");
    }
    assert_eq!(Refusal::ReceiverNotAuthorised.rule(), "GR-5");
}

/// RES-02: the slip would print one person's name with another's number.
#[test]
fn res_02_whoever_is_named_as_the_applicant_shows_the_applicants_own_number() {
    let world = waiting("quang-ninh", ResultBy::Counter);
    let owners = "022077004321";
    let mut people = world.people.clone().unwrap();
    people.owner.as_mut().unwrap().identity = Some(said(owners));
    let shows = |to_whom: &str, number: &str| Handover { identity: Some(said(number)), ..to(to_whom) };
    for (handover, expected) in [
        (shows("applicant", "022085001234"), true),
        (shows("applicant", owners), false),
        (shows("owner", owners), true),
        (shows("owner", "022085001234"), false),
    ] {
        assert_eq!(handover.is_on(&people), expected, "{handover:?}");
    }
}

/// Nguyễn Văn An is a common name: the number on the card tells two of them apart.
#[test]
fn gr_5_a_namesake_with_another_citizen_number_is_not_the_person_on_the_dossier() {
    let world = waiting("quang-ninh", ResultBy::Counter);
    let shows = |number: &str| Handover { identity: Some(said(number)), ..to("Nguyễn Văn An") };
    assert_eq!(refusal(&world, shows("022085009999")), Some(Refusal::ReceiverNotAuthorised));
    assert_eq!(refusal(&world, shows("022085001234")), None);
    // An old card or a passport has another number by its nature; the officer at the desk compares the face.
    assert_eq!(refusal(&world, shows("101234567")), None);
    let authorised = Handover { authorisation: Some(said("Số 07")), ..shows("022085009999") };
    assert_eq!(refusal(&world, authorised), None);
}

#[test]
fn gr_5_dong_nai_demands_the_identity_paper_and_quang_nam_does_not() {
    for (province, expected) in [("dong-nai", Some(Refusal::IdentityNeeded)), ("quang-nam", None)] {
        let world = waiting(province, ResultBy::Counter);
        assert_eq!(refusal(&world, to("applicant")), expected, "{province}");
        assert_eq!(refusal(&world, Handover { identity: Some(said("  ")), ..to("applicant") }), expected, "{province}");
        assert_eq!(refusal(&world, to_applicant()), None, "{province}");
    }
}

#[test]
fn gr_5_a_parcel_leaves_only_with_its_tracking_number() {
    let world = waiting("dong-nai", ResultBy::Post);
    let post = |tracking: Option<&str>| Handover {
        how: ResultBy::Post,
        tracking: tracking.map(str::to_owned),
        ..to("applicant")
    };
    for silent in [None, Some(""), Some(" ")] {
        assert_eq!(refusal(&world, post(silent)), Some(Refusal::TrackingNeeded));
    }
    assert_eq!(refusal(&world, post(Some("EB123456789VN"))), None);
}

#[test]
fn int_15_the_applicants_way_holds_but_whoever_comes_to_the_desk_may_have_it_there() {
    for chosen in ResultBy::ALL {
        let world = waiting("quang-ninh", chosen);
        for how in ResultBy::ALL {
            let handover = Handover { how, tracking: Some(said("EB123456789VN")), ..to_applicant() };
            let lawful = how == chosen || how == ResultBy::Counter;
            let refused = Refusal::OtherWayChosen { chosen: chosen.words() };
            assert_eq!(refusal(&world, handover), (!lawful).then_some(refused), "{chosen:?} by {how:?}");
        }
    }
    assert_eq!(Refusal::OtherWayChosen { chosen: ResultBy::Post.words() }.rule(), "INT-15");
}

#[test]
fn res_02_the_handover_closes_the_dossier_with_its_slip() {
    let world = dossier_at(Stage::Returned);
    let d = world.dossier();
    assert_eq!((d.status.national(), &d.handover, &d.holder), (Some(10), &world.numbers.slip, &None));
}

/// Once the people were erased nobody can be checked, so nothing is given away.
#[test]
fn gr_5_without_the_people_nothing_is_handed_over() {
    let mut world = waiting("quang-ninh", ResultBy::Counter);
    world.people = None;
    assert_eq!(refusal(&world, to_applicant()), Some(Refusal::ReceiverNotAuthorised));
}

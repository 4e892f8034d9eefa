//! ILK-04: who receives a part first, by the regulation: at the Centre (DN 12.2đ), the agency, the communes' units (VL 11–12).

use super::world::*;
use crate::{
    accounts::{Role, Who},
    dossier::{Called, Command, DueKind, Refusal, lawful},
    id::Id,
    interlink::{Body, Link, LinkRefusal, PartAsked, Stage, Travel},
    profile::Level,
};

const IN_TIME: &str = "2025-10-09T17:00:00+07:00";
const COMMUNE: i64 = 60;
/// The commune's one-stop unit.
const ITS_UNIT: i64 = 66;

fn part(agency: i64) -> PartAsked {
    PartAsked {
        body: Body::Agency(Id::new(agency)),
        level: Level::Province,
        unit: None,
        work: "Xác nhận nghĩa vụ tài chính".into(),
        due_at: at(IN_TIME),
        needs: vec![],
        posted: true,
        one_stop: None,
    }
}
fn local() -> PartAsked {
    PartAsked { level: Level::Commune, posted: false, one_stop: Some(Id::new(ITS_UNIT)), ..part(COMMUNE) }
}
fn opened(province: &str, parts: Vec<PartAsked>) -> World {
    let mut w = brought_to(World::new(province), super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &Command::Link(Link::Open { travel: Travel::Paper, parts })).unwrap();
    w
}
fn receive(id: u32) -> Command {
    Command::Link(Link::PassOn { id })
}
fn may(w: &World, who: &Who) -> bool {
    lawful(who, w.dossier(), &w.process).iter().any(|c| c.key() == "parts")
}

/// DN 12.2đ: "được thực hiện ngay tại Trung tâm ... do công chức tại Trung tâm của các cơ quan liên quan thực hiện".
#[test]
fn ilk_04_in_dong_nai_the_agencys_own_officer_receives_at_the_centre() {
    let mut w = opened("dong-nai", vec![part(STRANGE)]);
    assert!(matches!(w.dossier().links.parts[0].stage, Stage::AtOneStop { .. }));
    let theirs = who(61, &[Role::IntakeOfficer], STRANGE, Some(HERE));
    let at_another = who(62, &[Role::IntakeOfficer], STRANGE, Some(ELSEWHERE));
    for stranger in [&staff(INTAKE), &at_another, &staff(OTHER_SPECIALIST)] {
        assert_eq!(w.ask(stranger, &receive(1)), Err(Refusal::NotTheHolder), "{:?}", stranger.officer);
        assert!(!may(&w, stranger));
    }
    assert!(may(&w, &theirs));
    assert!(may(&w, &staff(OTHER_HEAD)), "no part hangs on an empty desk");
    let called = DueKind::PartDue.calls(w.dossier(), 1, &w.profile);
    assert!(called.contains(&(Called::Agency, STRANGE)), "{called:?}");
    w.act(&theirs, &receive(1)).unwrap();
    assert!(matches!(w.dossier().links.parts[0].stage, Stage::Open { .. }));
    assert_eq!(w.ask(&theirs, &receive(1)).map(drop), Err(Refusal::Link(LinkRefusal::Done)));
}

/// DN 12.2đ: who has nobody at the Centre, and what concerns a place, gets it from the lead straight away.
#[test]
fn ilk_04_in_dong_nai_what_nobody_could_receive_there_goes_straight_to_the_agency() {
    let nobody = PartAsked { posted: false, ..part(STRANGE) };
    for direct in [nobody, local()] {
        let w = opened("dong-nai", vec![direct]);
        assert!(w.dossier().links.parts[0].is_open());
    }
}

/// VL 11–12: with the one-stop units of the communes; the departments have it at once.
#[test]
fn ilk_04_in_vinh_long_a_communes_part_goes_through_its_one_stop_unit() {
    let mut w = opened("vinh-long", vec![local(), part(STRANGE)]);
    assert_eq!(w.dossier().links.one_stops(), [Id::new(ITS_UNIT)]);
    let unit = who(67, &[Role::IntakeOfficer], COMMUNE, Some(ITS_UNIT));
    assert_eq!(w.ask(&staff(INTAKE), &receive(1)), Err(Refusal::NotTheHolder));
    w.act(&unit, &receive(1)).unwrap();
    assert!(w.dossier().links.parts[0].is_open());
    assert_eq!(w.dossier().links.parts[1].via, None);
}

/// QN 6.4đ, HUE IV.3.2b: from agency to agency.
#[test]
fn ilk_04_elsewhere_agencies_hand_over_to_each_other() {
    for province in ["quang-nam", "quang-ninh", "thua-thien-hue"] {
        for parts in [vec![part(STRANGE)], vec![local()]] {
            let w = opened(province, parts);
            assert!(w.dossier().links.parts[0].is_open(), "{province}");
        }
    }
}

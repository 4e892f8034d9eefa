//! LNK-01, QNI 13.4a: what the national portal's account may do with what it delivered, and nothing else.
use super::{beside::*, world::*};
use crate::{
    accounts::{Role, Scope, Who},
    catalogue::Channel,
    dossier::{Command, CommandName, Event, Intake, Refusal, RequestItem, Status, next},
};

const PORTAL: i64 = 70;

fn portal(account: i64) -> Who {
    who(account, &[Role::NationalPortal], OF_THE_CENTRE, None)
}

fn online() -> Intake {
    Intake { channel: Channel::Online, ..intake() }
}

fn delivered() -> World {
    let mut world = World::new("quang-ninh");
    world.act(&portal(PORTAL), &Command::Submit(online())).unwrap();
    world
}

#[test]
fn qni_13_4a_the_portal_delivers_and_the_agency_holds_what_came() {
    let world = delivered();
    let d = world.dossier();
    assert!(matches!(d.status, Status::Submitted { .. }));
    assert_eq!(d.portal.map(crate::id::Id::raw), Some(PORTAL));
    let holder = d.holder.as_ref().unwrap();
    assert_eq!((holder.agency.raw(), holder.centre), (COMPETENT, None), "Điều 13.2a");
    assert!(matches!(world.ask(&staff(CLERK), &Command::Accept { fees: None }).unwrap()[..], [Event::Accepted { .. }]));
    assert!(world.history[0].body.contains(r#""through_portal":true"#));
}

/// QNI 13.2c: what is missing is told by guidance; what a citizen handed in elsewhere is never turned away at the door.
#[test]
fn qni_13_2c_the_portal_may_deliver_an_incomplete_dossier_but_no_paper_that_is_not_published() {
    let world = World::new("quang-ninh");
    let few = Intake { components: vec![brought("don")], ..online() };
    assert!(world.ask(&portal(PORTAL), &Command::Submit(few)).is_ok());
    let strange = Intake { components: vec![brought("khac")], ..online() };
    let said = world.ask(&portal(PORTAL), &Command::Submit(strange)).unwrap_err();
    assert!(matches!(said, Refusal::ComponentNotPublished { .. }));
}

#[test]
fn lnk_01_the_portal_delivers_only_online_and_only_where_the_regulation_names_it() {
    let refused = Some(Refusal::OnlyTheCentreTakesIn);
    let world = World::new("quang-ninh");
    for command in [Command::Submit(intake()), take_in(), Command::Draft { intake: online(), received_at: None }] {
        assert_eq!(world.ask(&portal(PORTAL), &command).err(), refused, "{command:?}");
    }
    let hue = World::new("thua-thien-hue");
    assert_eq!(hue.ask(&portal(PORTAL), &Command::Submit(online())).err(), refused, "own site only");
}

/// LNK-01, INT-05: the portal's message has no place for answers; a point in words never locks out whoever can only hand in there.
#[test]
fn lnk_01_the_portal_completes_what_was_asked_in_words_with_papers_alone() {
    let mut world = delivered();
    let point = RequestItem { component: None, note: "Ghi rõ nơi đặt biển báo.".into(), ..item("") };
    world.act(&staff(CLERK), &guide(vec![point, item("don")])).unwrap();
    after(&mut world, "2025-10-06T10:00+07:00");
    let said = world.ask(&staff(CLERK), &bring(vec![brought("don")])).unwrap_err();
    assert_eq!(said.code(), "supplement.unanswered", "an officer enters the answer");
    world.act(&portal(PORTAL), &bring(vec![brought("don")])).unwrap();
    assert!(matches!(world.dossier().status, Status::Submitted { .. }));
}

#[test]
fn lnk_01_it_completes_and_withdraws_its_own_and_no_others() {
    let mut world = delivered();
    world.act(&staff(CLERK), &guide(vec![item("don")])).unwrap();
    assert!(world.ask(&portal(71), &bring(vec![brought("don")])).is_err(), "another portal's account");
    let lawful = next(&portal(PORTAL), world.dossier(), &world.law());
    assert_eq!(lawful, [CommandName::Supplements, CommandName::Withdrawals]);
    assert_eq!(next(&portal(71), world.dossier(), &world.law()), []);
    after(&mut world, "2025-10-06T10:00+07:00");
    world.act(&portal(PORTAL), &bring(vec![brought("don")])).unwrap();
    assert!(matches!(world.dossier().status, Status::Submitted { .. }));
    assert!(world.ask(&portal(71), &withdraw()).is_err());
    world.act(&portal(PORTAL), &withdraw()).unwrap();
    assert!(matches!(world.dossier().status, Status::Withdrawn { .. }));
    assert!(matches!(world.ask(&portal(PORTAL), &withdraw()), Err(Refusal::NotNow { .. })), "once");
    for stage in Stage::ALL {
        let own = brought_to(World::new("quang-ninh"), stage);
        for (what, command) in commands().into_iter().chain([("withdraw", withdraw())]) {
            assert!(own.ask(&portal(PORTAL), &command).is_err(), "{what} at {stage:?} of what was handed in here");
        }
    }
}

/// Once delivered it goes no further by the portal's hand.
#[test]
fn gr_6_the_portal_takes_no_step_of_an_officer() {
    let world = delivered();
    for (what, command) in commands() {
        let said = world.ask(&portal(PORTAL), &command);
        assert!(said.is_err(), "{what}: {said:?}");
    }
    assert!(matches!(portal(PORTAL).scope(), Scope::Delivered { by } if by.raw() == PORTAL));
    assert!(!portal(PORTAL).scope().reaches(&[], crate::id::Id::new(HERE)));
}

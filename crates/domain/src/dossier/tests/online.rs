//! INT-01 online: what a citizen may do without an officer, and nothing else.
use super::world::*;
use crate::{
    accounts::{Scope, Who},
    catalogue::Channel,
    dossier::{Command, Event, Intake, Problem, Refusal, RequestItem, Status},
    id::Id,
};

fn citizen() -> Who {
    Who::citizen(Id::new(OF_THE_CENTRE))
}

fn online() -> Intake {
    Intake { channel: Channel::Online, ..intake() }
}

#[test]
fn int_01_a_citizen_sends_a_complete_dossier_where_the_province_has_a_portal_of_its_own() {
    let mut world = World::new("dong-nai");
    let events = world.ask(&citizen(), &Command::Submit(online())).unwrap();
    assert!(matches!(&events[..], [Event::Submitted { .. }]));
    let lacking = Intake { components: vec![brought("don")], ..online() };
    let refused = world.ask(&citizen(), &Command::Submit(lacking)).unwrap_err();
    assert!(matches!(refused, Refusal::Incomplete { missing } if missing.len() == 1), "the counter's own check");
    let by_post = Intake { channel: Channel::Post, ..online() };
    assert_eq!(world.ask(&citizen(), &Command::Submit(by_post)), Err(Refusal::ChannelClosed));
    world.act(&citizen(), &Command::Submit(online())).unwrap();
    assert!(matches!(world.state.unwrap().status, Status::Submitted { .. }));
}

#[test]
fn qni_13_4a_where_only_the_national_portal_takes_dossiers_a_citizen_sends_none_here() {
    let world = World::new("quang-ninh");
    assert_eq!(world.ask(&citizen(), &Command::Submit(online())), Err(Refusal::ChannelClosed));
}

#[test]
fn int_09_a_citizen_takes_nothing_in_and_reads_only_what_is_public() {
    let mut world = World::new("dong-nai");
    let taking = Command::TakeIn { intake: online(), received_at: None, fees: None };
    assert_eq!(world.ask(&citizen(), &taking), Err(Refusal::OnlyTheCentreTakesIn));
    world.act(&citizen(), &Command::Submit(online())).unwrap();
    for command in
        [Command::Accept { fees: None }, Command::Refuse { reason: "x".into(), directions: None, files: vec![] }]
    {
        assert!(world.ask(&citizen(), &command).is_err(), "{command:?}");
    }
    assert_eq!(citizen().scope(), Scope::Public);
}

#[test]
fn int_04_a_citizen_completes_online_what_guidance_asked_for() {
    let mut world = World::new("dong-nai");
    world.act(&citizen(), &Command::Submit(online())).unwrap();
    let item = RequestItem { component: Some("don".into()), problem: Problem::Unsigned, note: String::new() };
    world.numbers = numbers(2);
    world.act(&staff(INTAKE), &Command::Guide { items: vec![item], reason: None }).unwrap();
    let bring = |components| Command::Supplement { components, answers: vec![], received_at: None };
    assert!(matches!(world.ask(&citizen(), &bring(vec![])), Err(Refusal::SupplementIncomplete { .. })));
    world.act(&citizen(), &bring(vec![brought("don")])).unwrap();
    assert!(matches!(world.state.as_ref().unwrap().status, Status::Submitted { .. }));
    assert!(world.ask(&citizen(), &bring(vec![brought("don")])).is_err(), "nothing is asked for any more");
}

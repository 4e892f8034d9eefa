//! ADM-02, STF-01: to which fields a counter and an officer are bound.
use super::world::*;
use crate::{
    accounts::{Bound, Fields, Who},
    dossier::{Command, Refusal},
};

/// The field of the procedure of these tests.
const FIELD: &str = "Hoạt động xây dựng";

fn bound_to(who: Who, officer: &[&str], counter: &[&str]) -> Who {
    Who { bound: Bound { officer: Fields::named(officer), counter: Fields::named(counter) }, ..who }
}

#[test]
fn adm_02_a_counter_takes_in_its_own_fields_only() {
    let world = World::new("quang-ninh");
    let openings = [
        Command::Draft { intake: intake(), received_at: None },
        take_in(),
        Command::TurnAway { intake: intake(), reason: "Thiếu.".into(), directions: None },
    ];
    let refused = Refusal::FieldNotTakenIn { field: FIELD.into() };
    assert_eq!((refused.rule(), refused.is_forbidden()), ("ADM-02", true));
    assert!(refused.vi().contains(FIELD) && refused.en().contains(FIELD));
    for command in openings {
        for (officer, counter) in [(&[][..], &["Hộ tịch"][..]), (&["Hộ tịch"], &[]), (&[FIELD], &["Hộ tịch"])]
        {
            let who = bound_to(staff(INTAKE), officer, counter);
            assert_eq!(world.ask(&who, &command).unwrap_err(), refused, "{officer:?} {counter:?}");
        }
        for (officer, counter) in [(&[][..], &[FIELD][..]), (&["Hộ tịch", "hoat dong xay dung"], &[])] {
            let who = bound_to(staff(INTAKE), officer, counter);
            assert!(world.ask(&who, &command).is_ok(), "{officer:?} {counter:?}");
        }
    }
}

#[test]
fn adm_02_a_draft_is_accepted_by_whoever_takes_in_its_field() {
    let mut world = World::new("quang-ninh");
    world.act(&staff(INTAKE), &Command::Draft { intake: intake(), received_at: None }).unwrap();
    let other = bound_to(staff(INTAKE), &[], &["Hộ tịch"]);
    assert_eq!(world.ask(&other, &Command::Accept { fees: None }).unwrap_err().code(), "intake.other_field");
    world.act(&bound_to(staff(INTAKE), &[], &[FIELD]), &Command::Accept { fees: None }).unwrap();
}

#[test]
fn adm_02_work_is_given_to_whoever_is_in_charge_of_the_field() {
    let world = brought_to(World::new("quang-ninh"), Stage::Accepted);
    let other = bound_to(staff(SPECIALIST), &["Hộ tịch"], &[]);
    let refused = world.ask_with(&staff(HEAD), &assign(SPECIALIST), Some(&other)).unwrap_err();
    assert_eq!(
        (refused.rule(), refused.code(), refused.field()),
        ("ADM-02", "assignment.other_field", Some("officer"))
    );
    let own = bound_to(staff(SPECIALIST), &["Hộ tịch", FIELD], &["Hộ tịch"]);
    assert!(world.ask_with(&staff(HEAD), &assign(SPECIALIST), Some(&own)).is_ok(), "a counter binds no other work");
}

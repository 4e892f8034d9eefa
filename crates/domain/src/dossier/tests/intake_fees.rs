//! Fees that the counter asks for with the intake.

use super::world::*;
use crate::{
    accounts::Who,
    catalogue::{Channel, FeeKind, FeeLine},
    dossier::{ChosenFee, Command, Event, FeeMoment, Intake, IntakeFees, Refusal, Status, replay},
    id::Id,
    notices::{About, Reaction, reactions},
};

const COPY: &str = "Cấp bản sao trích lục";

/// A schedule of two lines with amounts and one that only the text states.
fn with_fees() -> World {
    with_fees_in("quang-ninh")
}

fn with_fees_in(province: &str) -> World {
    let mut world = World::new(province);
    let line = |kind, amount, text: &str| FeeLine {
        kind,
        amount,
        text: text.into(),
        basis: String::new(),
        effective_from: None,
    };
    for way in &mut world.procedure.ways {
        way.fees = vec![
            line(FeeKind::Charge, Some(8_000), COPY),
            line(FeeKind::Fee, Some(150_000), "- Thẩm định;"),
            line(FeeKind::Fee, None, "Theo nghị quyết của Hội đồng nhân dân"),
        ];
    }
    world
}

fn chosen(kind: FeeKind, amount: i64, text: &str, quantity: u32) -> ChosenFee {
    ChosenFee { kind, text: text.into(), amount, quantity }
}

fn both() -> Vec<ChosenFee> {
    vec![chosen(FeeKind::Charge, 8_000, COPY, 3), chosen(FeeKind::Fee, 150_000, "- Thẩm định;", 1)]
}

fn taking(lines: Vec<ChosenFee>, when: FeeMoment, proof: Option<&str>) -> Command {
    let fees = IntakeFees { lines, when, proof: proof.map(str::to_owned) };
    Command::TakeIn { intake: intake(), received_at: None, fees: Some(fees) }
}

fn told(events: &[Event]) -> Vec<About> {
    let told = reactions(events).into_iter().filter_map(|r| match r {
        Reaction::Tell { nth } => About::of(&events[nth]),
        _ => None,
    });
    told.collect()
}

/// FEE-01, FEE-02: each line is a fee of its own, so many times its amount, and the result waits for it.
#[test]
fn fee_01_the_counter_asks_for_lines_of_the_schedule_and_the_result_waits_for_them() {
    let mut world = with_fees();
    let events = world.ask(&staff(INTAKE), &taking(both(), FeeMoment::AtReturn, None)).unwrap();
    assert_eq!(told(&events), [About::Accepted, About::FeeOwed, About::FeeOwed]);
    world.act(&staff(INTAKE), &taking(both(), FeeMoment::AtReturn, None)).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.clone(), d.owed()), (Status::Accepted, 174_000));
    let reasons: Vec<&str> = d.fees.iter().map(|fee| fee.reason.as_str()).collect();
    assert_eq!(reasons, ["Lệ phí: Cấp bản sao trích lục × 3", "Phí: Thẩm định"]);
    let (state, _) = replay(&world.history).unwrap();
    assert_eq!(&state, world.dossier());
}

/// FEE-02: paid across the counter, nothing is owed, the date stays, and the applicant hears once that it was paid.
#[test]
fn fee_02_what_is_paid_at_the_counter_owes_nothing_and_moves_no_date() {
    let mut plain = with_fees();
    plain.act(&staff(INTAKE), &take_in()).unwrap();
    // Even asked to wait for: what is paid makes nothing wait.
    for when in [FeeMoment::AtReturn, FeeMoment::Now] {
        let mut world = with_fees();
        let events = world.ask(&staff(INTAKE), &taking(both(), when, Some(" BL 12 "))).unwrap();
        assert_eq!(told(&events), [About::Accepted, About::FeePaid, About::FeePaid]);
        world.act(&staff(INTAKE), &taking(both(), when, Some(" BL 12 "))).unwrap();
        let d = world.dossier();
        assert_eq!((d.status.clone(), d.owed(), d.due_at), (Status::Accepted, 0, plain.dossier().due_at));
        assert!(d.fees.iter().all(|fee| fee.proof.as_deref() == Some("BL 12") && fee.paid_at == Some(world.now)));
    }
    let silent = with_fees().ask(&staff(INTAKE), &taking(both(), FeeMoment::AtReturn, Some("  ")));
    assert_eq!(silent, Err(Refusal::ProofNeeded));
}

/// FEE-03: asked for before the work goes on, the dossier waits from its first minute.
#[test]
fn fee_03_a_fee_that_the_work_waits_for_stops_the_clock_at_once() {
    let mut world = with_fees();
    world.act(&staff(INTAKE), &taking(both(), FeeMoment::Now, None)).unwrap();
    let d = world.dossier();
    assert!(matches!(d.status, Status::AwaitingPayment { .. }), "{:?}", d.status);
    // One fee, so that no part of it lets the work go on.
    let asked: Vec<(i64, &str)> = d.fees.iter().map(|fee| (fee.amount, fee.reason.as_str())).collect();
    assert_eq!(asked, [(174_000, "Lệ phí: Cấp bản sao trích lục × 3; Phí: Thẩm định")]);
    let paid = |amount| Command::RecordPayment { amount, paid_at: None, proof: "BL 7".into() };
    world.ask(&staff(CASHIER), &paid(24_000)).unwrap_err();
    world.act(&staff(CASHIER), &paid(174_000)).unwrap();
    // Nobody was assigned yet, so the head still has to.
    assert_eq!((world.dossier().status.clone(), world.dossier().owed()), (Status::Accepted, 0));
    assert!(world.dossier().due_at.is_some());
    let (state, _) = replay(&world.history).unwrap();
    assert_eq!(&state, world.dossier());
}

/// FEE-01, INT-03: whoever takes an online dossier in asks for the lines of its own channel, and the citizen is told with it.
#[test]
fn fee_01_what_was_handed_in_online_is_asked_for_when_it_is_taken_in() {
    let mut world = with_fees_in("dong-nai");
    for way in world.procedure.ways.iter_mut().filter(|way| way.channel == Channel::Online) {
        way.fees[0].amount = Some(4_000);
    }
    let online = Intake { channel: Channel::Online, ..intake() };
    world.act(&Who::citizen(Id::new(OF_THE_CENTRE)), &Command::Submit(online)).unwrap();
    let accept = |amount, when, proof: Option<&str>| {
        let lines = vec![chosen(FeeKind::Charge, amount, COPY, 1)];
        Command::Accept { fees: Some(IntakeFees { lines, when, proof: proof.map(str::to_owned) }) }
    };
    let of_the_counter = world.ask(&staff(INTAKE), &accept(8_000, FeeMoment::AtReturn, None));
    assert!(matches!(of_the_counter, Err(Refusal::FeeNotPublished { .. })), "{of_the_counter:?}");
    let told_at_once = told(&world.ask(&staff(INTAKE), &accept(4_000, FeeMoment::AtReturn, None)).unwrap());
    assert_eq!(told_at_once, [About::Accepted, About::FeeOwed]);
    world.numbers = numbers(2);
    world.act(&staff(INTAKE), &accept(4_000, FeeMoment::Now, None)).unwrap();
    assert!(matches!(world.dossier().status, Status::AwaitingPayment { not_begun: true, .. }));
    let (state, _) = replay(&world.history).unwrap();
    assert_eq!(&state, world.dossier());
}

/// FEE-01: nothing outside the published schedule is asked for at the counter, whatever a form sends.
#[test]
fn fee_01_a_line_that_is_not_published_is_refused() {
    let world = with_fees();
    for (strange, words) in [
        (chosen(FeeKind::Charge, 9_000, COPY, 1), "another amount"),
        (chosen(FeeKind::Fee, 8_000, COPY, 1), "another kind"),
        (chosen(FeeKind::Charge, 8_000, "Khác", 1), "other words"),
        (chosen(FeeKind::Fee, 0, "Theo nghị quyết của Hội đồng nhân dân", 1), "no amount"),
    ] {
        let refused = world.ask(&staff(INTAKE), &taking(vec![strange], FeeMoment::AtReturn, None)).unwrap_err();
        assert_eq!((refused.rule(), refused.field()), ("FEE-01", Some("fees")), "{words}");
    }
    let none = chosen(FeeKind::Charge, 8_000, COPY, 0);
    let refused = world.ask(&staff(INTAKE), &taking(vec![none], FeeMoment::AtReturn, None));
    assert_eq!(refused, Err(Refusal::AmountWrong { owed: None }));
    // The schedule of its own channel counts.
    let mut world = with_fees();
    for way in world.procedure.ways.iter_mut().filter(|way| way.channel == Channel::Post) {
        way.fees.clear();
    }
    let by_post = Intake { channel: Channel::Post, ..intake() };
    let fees = Some(IntakeFees { lines: both(), when: FeeMoment::AtReturn, proof: None });
    let refused = world.ask(&staff(INTAKE), &Command::TakeIn { intake: by_post, received_at: None, fees });
    assert!(matches!(refused, Err(Refusal::FeeNotPublished { .. })), "{refused:?}");
}

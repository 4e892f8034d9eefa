//! FLW-08, FEE-03, GR-5: suspension and payment stop the clock for the working time they take.
use super::{beside::*, world::*};
use crate::{
    deadline::{TimeLimit, reckon},
    dossier::{Command, FeeMoment, Refusal, Status, next, replay, step_due},
};

fn five_days() -> World {
    let world = brought_to(World::new("quang-ninh").limited(TimeLimit::WorkingDays(5)), Stage::Appraisal);
    assert_eq!(world.dossier().due_at, Some(at("2025-10-13T17:00+07:00")));
    world
}

/// A pause adds the working time that was spent paused, never calendar time: Wednesday 08:30 to Monday 08:30 is 3 days.
#[test]
fn flw_08_a_suspension_adds_the_working_time_it_took() {
    let mut world = five_days();
    after(&mut world, "2025-10-08T08:30+07:00");
    world.act(&staff(SPECIALIST), &suspend("2025-10-20T17:00+07:00")).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.status.national()), ("suspended", Some(8)));
    let offered: Vec<_> = next(&staff(SPECIALIST), d, &world.law()).iter().map(|c| c.key()).collect();
    assert_eq!(offered, ["resumptions", "stops"]);
    assert_eq!(step_due(d, &world.process, &CALENDAR), None, "CLK-07: no step is late while the clock stands");
    after(&mut world, "2025-10-13T08:30+07:00");
    world.act(&staff(SPECIALIST), &Command::Resume).unwrap();
    let d = world.dossier();
    assert!(step_due(d, &world.process, &CALENDAR).is_some_and(|due| due > world.now), "its time begins again");
    assert_eq!((d.status.key(), d.due_at), ("in_progress", Some(at("2025-10-16T17:00+07:00"))));
    assert_eq!(reckon(&d.ledger, &CALENDAR, &world.clock).unwrap().due_at, d.due_at, "the ledger says the same");
}

#[test]
fn flw_08_a_suspension_needs_a_reason_and_an_end_that_lies_ahead() {
    let world = five_days();
    let silent = Command::Suspend { reason: " ".into(), until: at("2025-10-20T17:00+07:00") };
    assert_eq!(world.ask(&staff(SPECIALIST), &silent), Err(Refusal::ReasonNeeded));
    let past = world.ask(&staff(SPECIALIST), &suspend(MONDAY)).unwrap_err();
    assert_eq!((past.rule(), past.code()), ("FLW-08", "suspension.until_not_ahead"));
    assert!(world.ask(&staff(SPECIALIST), &suspend("2025-10-06T08:31+07:00")).is_ok());
    assert_eq!(world.ask(&staff(COLLEAGUE), &suspend("2025-10-20T17:00+07:00")), Err(Refusal::NotTheHolder));
}

/// No dossier hangs: at the end of its term a suspended one goes on by itself.
#[test]
fn flw_08_a_suspension_ends_by_itself_on_its_day() {
    let mut world = five_days();
    world.act(&staff(SPECIALIST), &suspend("2025-10-09T17:00+07:00")).unwrap();
    world.now = at("2025-10-09T16:59+07:00");
    assert_eq!(world.ask(&system(), &Command::Lapse).unwrap_err().code(), "dossier.not_now");
    world.now = at("2025-10-09T17:00+07:00");
    assert_eq!(world.ask(&staff(SPECIALIST), &Command::Lapse), Err(Refusal::NotTheHolder), "only the clock says so");
    world.act(&system(), &Command::Lapse).unwrap();
    assert_eq!(world.dossier().status, Status::InProgress);
}

/// FEE-03: work goes on only on proof, and the payer's time counts.
#[test]
fn fee_03_a_dossier_waits_for_its_fee_and_goes_on_with_the_proof() {
    let mut world = five_days();
    world.act(&staff(SPECIALIST), &fee(FeeMoment::Now)).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.status.national()), ("awaiting_payment", Some(6)));
    assert_eq!(world.ask(&staff(SPECIALIST), &appraise()).unwrap_err().code(), "dossier.not_now");
    assert_eq!(world.ask(&staff(SPECIALIST), &pay()), Err(Refusal::OnlyTheCentreTakesIn), "money is the Centre's");
    after(&mut world, "2025-10-08T10:00+07:00");
    let with = |amount, proof: &str, paid_at: &str| Command::RecordPayment {
        amount,
        paid_at: Some(at(paid_at)),
        proof: proof.into(),
    };
    let tuesday = "2025-10-07T08:30+07:00";
    let cases = [(1, "BL 1", tuesday, "fee.amount_wrong"), (150_000, " ", tuesday, "fee.proof_needed")];
    for (amount, proof, paid_at, code) in cases {
        assert_eq!(world.ask(&staff(CASHIER), &with(amount, proof, paid_at)).unwrap_err().code(), code);
    }
    assert!(world.ask(&staff(CASHIER), &with(150_000, "BL 1", "2025-10-08T10:01+07:00")).is_err(), "not ahead");
    world.act(&staff(CASHIER), &with(150_000, "BL 1", tuesday)).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.due_at), ("in_progress", Some(at("2025-10-14T17:00+07:00"))), "one day later");
    assert_eq!(reckon(&d.ledger, &CALENDAR, &world.clock).unwrap().due_at, d.due_at);
    assert_eq!(world.ask(&staff(CASHIER), &pay()).unwrap_err().code(), "dossier.not_now", "nothing is owed now");
}

/// INT-07: a fee due first does not start the clock.
#[test]
fn int_07_a_fee_due_before_acceptance_brings_it_back_to_the_counter() {
    let mut world = dossier_at(Stage::Submitted);
    world.act(&staff(INTAKE), &fee(FeeMoment::Now)).unwrap();
    assert_eq!(world.ask(&staff(INTAKE), &Command::Accept { fees: None }).unwrap_err().code(), "dossier.not_now");
    world.act(&staff(INTAKE), &pay()).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.due_at, d.ledger.len()), ("submitted", None, 0));
    assert!(world.ask(&staff(INTAKE), &Command::Accept { fees: None }).is_ok());
}

#[test]
fn gr_5_nothing_is_handed_over_while_a_fee_is_unpaid() {
    let mut world = brought_to(World::new("quang-ninh"), Stage::Appraisal);
    world.act(&staff(SPECIALIST), &fee(FeeMoment::AtReturn)).unwrap();
    assert_eq!(world.dossier().status, Status::InProgress, "nobody waits for it yet");
    for (officer, command) in
        [(SPECIALIST, appraise()), (SPECIALIST, Command::SubmitForApproval), (LEADER, approve()), (CLERK, result())]
    {
        world.act(&staff(officer), &command).unwrap();
    }
    let refused = world.ask(&staff(RETURN_DESK), &hand_over()).unwrap_err();
    assert_eq!((&refused, refused.rule()), (&Refusal::FeesUnpaid { amount: 150_000 }, "GR-5"));
    world.act(&staff(RETURN_DESK), &pay()).unwrap();
    world.act(&staff(RETURN_DESK), &hand_over()).unwrap();
    let (state, _) = replay(&world.history).unwrap();
    assert_eq!(&state, world.dossier());
}

/// FEE-02, FEE-03: while it waits for a fee that one is paid, whatever else is owed; the rest is told as one sum.
#[test]
fn fee_03_an_earlier_fee_for_the_return_does_not_hide_the_one_that_is_waited_for() {
    let mut world = five_days();
    let ask = |amount, when| Command::RequireFee { amount, reason: "Lệ phí theo biểu".into(), when };
    let paid = |amount| Command::RecordPayment { amount, paid_at: None, proof: "BL 1".into() };
    world.act(&staff(SPECIALIST), &ask(200_000, FeeMoment::AtReturn)).unwrap();
    world.act(&staff(SPECIALIST), &ask(1_150_000, FeeMoment::Now)).unwrap();
    let d = world.dossier();
    assert_eq!(d.unpaid().map(|f| f.amount), Some(1_150_000), "the one that it waits for");
    assert_eq!((d.payable().count(), d.owed()), (1, 1_350_000));
    let wrong = world.ask(&staff(CASHIER), &paid(200_000)).unwrap_err();
    assert_eq!(wrong, Refusal::AmountWrong { owed: Some(1_150_000) });
    assert!(wrong.vi().contains("1.150.000\u{a0}đ"), "{}", wrong.vi());
    world.act(&staff(CASHIER), &paid(1_150_000)).unwrap();
    assert_eq!(world.dossier().status, Status::InProgress);
    // Two at the desk: each is paid by its own amount, in whatever order, and both are told at once.
    world.act(&staff(SPECIALIST), &ask(50_000, FeeMoment::AtReturn)).unwrap();
    for (officer, command) in
        [(SPECIALIST, appraise()), (SPECIALIST, Command::SubmitForApproval), (LEADER, approve()), (CLERK, result())]
    {
        world.act(&staff(officer), &command).unwrap();
    }
    assert_eq!(world.ask(&staff(RETURN_DESK), &hand_over()), Err(Refusal::FeesUnpaid { amount: 250_000 }));
    world.act(&staff(RETURN_DESK), &paid(50_000)).unwrap();
    assert_eq!(world.dossier().unpaid().map(|f| f.amount), Some(200_000));
    world.act(&staff(RETURN_DESK), &paid(200_000)).unwrap();
    world.act(&staff(RETURN_DESK), &hand_over()).unwrap();
    let (state, _) = replay(&world.history).unwrap();
    assert_eq!(&state, world.dossier());
}

/// QN 8.1: against the receipt; a lost one is replaced by the reason and the identity paper.
#[test]
fn gr_5_without_the_receipt_only_with_a_reason_and_an_identity_paper() {
    for (province, asks) in [("quang-nam", true), ("quang-ninh", false)] {
        let mut world = brought_to(World::new(province), Stage::Return);
        world.profile.returning.slip_required = asks;
        world.profile.returning.identity_required = false;
        let lost = |without_slip: &str, identity: Option<&str>| {
            Command::HandOver(crate::dossier::Handover {
                without_slip: Some(without_slip.into()),
                identity: identity.map(str::to_owned),
                ..to_applicant()
            })
        };
        for silent in [lost("", Some("022085001234")), lost("Bị mất", None)] {
            let said = world.ask(&staff(RETURN_DESK), &silent).err();
            assert_eq!(said, asks.then_some(Refusal::SlipNeeded), "{province}");
        }
        assert!(world.ask(&staff(RETURN_DESK), &lost("Bị mất", Some("022085001234"))).is_ok(), "{province}");
        assert!(world.ask(&staff(RETURN_DESK), &hand_over()).is_ok(), "{province}: the receipt was shown");
    }
}

/// FEE-02: a fee asked of the wrong dossier is taken back with a reason: the clock goes on and the date gets the time back.
#[test]
fn fee_02_a_fee_asked_by_mistake_is_taken_back_and_nothing_hangs_on_it() {
    let mut world = five_days();
    world.act(&staff(SPECIALIST), &fee(FeeMoment::Now)).unwrap();
    after(&mut world, "2025-10-07T08:30+07:00");
    assert_eq!(world.ask(&staff(CASHIER), &cancel_fee()), Err(Refusal::NotTheHolder), "not who takes the money");
    let silent = Command::CancelFee { reason: " ".into() };
    assert_eq!(world.ask(&staff(SPECIALIST), &silent), Err(Refusal::ReasonNeeded));
    assert!(world.ask(&staff(LEADER), &cancel_fee()).is_ok(), "a head puts it right too");
    world.act(&staff(SPECIALIST), &cancel_fee()).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.unpaid(), d.due_at), ("in_progress", None, Some(at("2025-10-14T17:00+07:00"))));
    assert_eq!(reckon(&d.ledger, &CALENDAR, &world.clock).unwrap().due_at, d.due_at, "the ledger says the same");
    assert_eq!(world.ask(&staff(SPECIALIST), &cancel_fee()).unwrap_err().code(), "dossier.not_now");
    // The right one is asked anew.
    world.act(&staff(SPECIALIST), &fee(FeeMoment::Now)).unwrap();
    assert_eq!(&replay(&world.history).unwrap().0, world.dossier());
}

/// GR-5: a fee asked for the handover by mistake does not keep the result from its owner.
#[test]
fn gr_5_a_fee_taken_back_keeps_no_result() {
    let mut world = dossier_at(Stage::Appraisal);
    world.act(&staff(SPECIALIST), &fee(FeeMoment::AtReturn)).unwrap();
    for (officer, command) in
        [(SPECIALIST, appraise()), (SPECIALIST, Command::SubmitForApproval), (LEADER, approve()), (CLERK, result())]
    {
        world.act(&staff(officer), &command).unwrap();
    }
    world.act(&staff(LEADER), &cancel_fee()).unwrap();
    world.act(&staff(RETURN_DESK), &hand_over()).unwrap();
}

/// INT-07: before acceptance it goes back to the counter, whose clock of eight hours begins anew.
#[test]
fn int_07_a_fee_taken_back_before_acceptance_brings_it_back_to_the_counter() {
    let mut world = dossier_at(Stage::Submitted);
    world.act(&staff(INTAKE), &fee(FeeMoment::Now)).unwrap();
    world.act(&staff(INTAKE), &cancel_fee()).unwrap();
    assert_eq!((world.dossier().status.key(), world.dossier().ledger.len()), ("submitted", 0));
    assert!(world.ask(&staff(INTAKE), &Command::Accept { fees: None }).is_ok());
}

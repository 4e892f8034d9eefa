//! INT-13: a dossier taken in on paper during an outage has its true time, a reason, and a second officer's word.

use super::world::*;
use crate::{
    accounts::Role,
    dossier::{Called, Command, CommandName, DueKind, Intake, Late, Refusal, due_moments, next},
    id::Id,
};

const TRUE_TIME: &str = "2025-10-03T09:00:00+07:00";

fn late(received_at: Option<&str>) -> Command {
    let intake = Intake { late: Some("Mất điện cả ngày 03/10".into()), ..intake() };
    Command::TakeIn { intake, received_at: received_at.map(at), fees: None }
}

#[test]
fn int_13_the_clock_runs_from_the_true_time_of_receipt() {
    let mut w = World::new("quang-ninh");
    for wrong in [None, Some("2025-10-06T08:30:00+07:00"), Some("2025-10-07T08:30:00+07:00")] {
        assert_eq!(w.ask(&staff(INTAKE), &late(wrong)), Err(Refusal::TrueTimeNeeded), "{wrong:?}");
    }
    w.act(&staff(INTAKE), &late(Some(TRUE_TIME))).unwrap();
    assert_eq!(w.dossier().accepted_at, Some(at(TRUE_TIME)));
    assert_eq!(w.dossier().late, Some(Late { by: Id::new(INTAKE), confirmed_by: None }));
    // Without the reason nobody sets the time of what came to the counter (INT-08).
    let plain = Command::TakeIn { intake: intake(), received_at: Some(at(TRUE_TIME)), fees: None };
    assert!(matches!(World::new("quang-ninh").ask(&staff(INTAKE), &plain), Err(Refusal::ReceivedLater { .. })));
}

#[test]
fn int_13_a_second_officer_of_the_same_desk_confirms_once() {
    let mut w = World::new("quang-ninh");
    w.act(&staff(INTAKE), &late(Some(TRUE_TIME))).unwrap();
    let second = who(60, &[Role::IntakeOfficer], OF_THE_CENTRE, Some(HERE));
    let elsewhere = who(61, &[Role::IntakeOfficer], OF_THE_CENTRE, Some(ELSEWHERE));
    assert_eq!(w.ask(&staff(INTAKE), &Command::ConfirmLate), Err(Refusal::SecondOfficerNeeded));
    assert_eq!(w.ask(&elsewhere, &Command::ConfirmLate), Err(Refusal::OnlyTheCentreTakesIn));
    assert_eq!(w.ask(&staff(SPECIALIST), &Command::ConfirmLate), Err(Refusal::OnlyTheCentreTakesIn));
    w.act(&second, &Command::ConfirmLate).unwrap();
    assert_eq!(w.dossier().late.as_ref().unwrap().confirmed_by, Some(Id::new(60)));
    assert!(matches!(w.ask(&second, &Command::ConfirmLate), Err(Refusal::NotNow { .. })));
    let mut ordinary = World::new("quang-ninh");
    ordinary.act(&staff(INTAKE), &take_in()).unwrap();
    assert!(matches!(ordinary.ask(&second, &Command::ConfirmLate), Err(Refusal::NotNow { .. })));
}

/// "a second officer's confirmation" is a gate: the work goes on, the decision waits, and the Centre is called until then.
#[test]
fn int_13_nothing_is_decided_on_a_late_entry_before_the_second_officer_has_confirmed_it() {
    let mut w = World::new("quang-ninh");
    w.act(&staff(INTAKE), &late(Some(TRUE_TIME))).unwrap();
    w.act(&staff(HEAD), &assign(SPECIALIST)).unwrap();
    w.act(&staff(SPECIALIST), &appraise()).unwrap();
    w.act(&staff(SPECIALIST), &Command::SubmitForApproval).unwrap();
    let called = |w: &World| due_moments(w.dossier(), &w.law()).iter().any(|m| m.kind == DueKind::LateEntry);
    let offered = |w: &World| next(&staff(LEADER), w.dossier(), &w.law()).contains(&CommandName::Approvals);
    let refused = w.ask(&staff(LEADER), &approve()).unwrap_err();
    assert_eq!((refused.rule(), refused.code()), ("INT-13", "late.not_confirmed"));
    assert!(called(&w) && !offered(&w));
    let calls = DueKind::LateEntry.calls(w.dossier(), 0, &w.profile);
    assert_eq!(calls, [(Called::Centre, HERE)]);
    let second = who(60, &[Role::IntakeOfficer], OF_THE_CENTRE, Some(HERE));
    w.act(&second, &Command::ConfirmLate).unwrap();
    assert!(!called(&w) && offered(&w));
    w.act(&staff(LEADER), &approve()).unwrap();
}

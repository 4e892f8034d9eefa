//! GR-2, CLK-05: one re-appointment, no later than D−1, by whom the profile says; a late one is a breach.
use super::{beside::*, world::*};
use crate::{
    accounts::Role,
    deadline::{TimeLimit, reckon},
    dossier::{Command, Decision, Refusal, next},
};

/// Taken in on Monday 6 October, 10 working days: due on Monday 20 October.
fn in_appraisal(province: &str) -> World {
    let world = brought_to(World::new(province), Stage::Appraisal);
    assert_eq!(world.dossier().due_at, Some(at("2025-10-20T17:00+07:00")));
    world
}

const NEW: &str = "2025-10-24T17:00+07:00";

/// QN 6.3: no later than one day before; D−1 is a calendar day, Sunday here.
#[test]
fn gr_2_an_apology_is_in_time_on_the_day_before_and_too_late_on_the_day() {
    for province in ["quang-nam", "dong-nai", "vinh-long"] {
        let mut world = in_appraisal(province);
        world.now = at("2025-10-19T23:59+07:00");
        assert!(world.ask(&staff(SPECIALIST), &apologise(NEW)).is_ok(), "{province}");
        world.now = at("2025-10-20T00:00+07:00");
        let said = world.ask(&staff(SPECIALIST), &apologise(NEW)).unwrap_err();
        assert_eq!((said.rule(), said.code()), ("GR-2", "apology.too_late"), "{province}");
    }
}

#[test]
fn gr_2_a_second_re_appointment_is_refused_and_the_ledger_tells_the_first() {
    let mut world = in_appraisal("quang-nam");
    after(&mut world, "2025-10-17T09:00+07:00");
    world.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
    world.act(&staff(INTAKE), &Command::AdjustDate).unwrap();
    let d = world.dossier();
    assert_eq!((d.due_at, d.status.key()), (Some(at(NEW)), "in_progress"));
    assert_eq!(reckon(&d.ledger, &CALENDAR, &world.clock).unwrap().due_at, d.due_at);
    let again = world.ask(&staff(SPECIALIST), &apologise("2025-10-30T17:00+07:00")).unwrap_err();
    assert_eq!((&again, again.rule()), (&Refusal::AlreadyReappointed { times: 1 }, "GR-2"));
    // Quảng Ninh names no number.
    let mut free = in_appraisal("quang-ninh");
    after(&mut free, "2025-10-17T09:00+07:00");
    free.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
    assert!(free.ask(&staff(SPECIALIST), &apologise("2025-10-30T17:00+07:00")).is_ok());
}

/// QN 5.1a: a new appointment makes nothing timely: what the law set stands beside it, paused time included.
#[test]
fn cat_01_the_lawful_date_stands_whatever_an_apology_appoints() {
    let mut world = in_appraisal("quang-ninh");
    let due = world.dossier().due_at;
    let lawful = |w: &World| w.dossier().lawful_due(&CALENDAR, &w.clock);
    assert_eq!(lawful(&world), due);
    after(&mut world, "2025-10-17T09:00+07:00");
    world.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
    assert_eq!((world.dossier().due_at, lawful(&world)), (Some(at(NEW)), due));
}

#[test]
fn gr_2_the_new_date_lies_after_the_old_one_and_ahead() {
    let world = in_appraisal("quang-nam");
    for date in ["2025-10-20T17:00+07:00", "2025-10-01T17:00+07:00"] {
        assert_eq!(world.ask(&staff(SPECIALIST), &apologise(date)).unwrap_err().code(), "apology.date_not_later");
    }
    assert!(world.ask(&staff(SPECIALIST), &apologise("2025-10-21T07:30+07:00")).is_ok());
}

/// CLK-05, CLK-01: a promise is kept at an open door. A day off, the night and the lunch break are none; the next closing is
/// named instead.
#[test]
fn clk_05_a_new_date_lies_in_the_centres_working_hours() {
    let world = in_appraisal("quang-nam");
    for rest in ["2025-10-25T17:00+07:00", "2025-10-24T03:00+07:00", "2025-10-24T12:15+07:00", "2025-10-24T19:00+07:00"]
    {
        let said = world.ask(&staff(SPECIALIST), &apologise(rest)).unwrap_err();
        assert_eq!((said.rule(), said.code(), said.field()), ("CLK-05", "apology.date_at_rest", Some("new_due_at")));
    }
    let sunday = world.ask(&staff(SPECIALIST), &apologise("2025-10-26T17:00+07:00")).unwrap_err();
    assert_eq!(sunday, Refusal::DateAtRest { next: at("2025-10-27T17:00+07:00") });
    assert!(world.ask(&staff(SPECIALIST), &apologise("2025-10-27T17:00+07:00")).is_ok());
}

/// GR-2, VL 4.3e, QN 6.3: a date that a pause has overtaken meanwhile is not "adjusted" to an earlier one.
#[test]
fn gr_2_the_centre_never_adjusts_a_date_to_an_earlier_one() {
    let mut world = in_appraisal("quang-nam");
    after(&mut world, "2025-10-16T09:00+07:00");
    world.act(&staff(SPECIALIST), &apologise("2025-10-22T17:00+07:00")).unwrap();
    world.act(&staff(SPECIALIST), &suspend("2025-11-20T17:00+07:00")).unwrap();
    after(&mut world, "2025-11-03T08:00+07:00");
    world.act(&staff(SPECIALIST), &Command::Resume).unwrap();
    assert!(world.dossier().due_at > Some(at("2025-10-22T17:00+07:00")));
    let said = world.ask(&staff(INTAKE), &Command::AdjustDate).unwrap_err();
    assert_eq!(said.code(), "apology.nothing_to_adjust");
    let moments = crate::dossier::due_moments(world.dossier(), &world.law());
    assert!(moments.iter().all(|m| m.kind != crate::dossier::DueKind::DateToAdjust), "and nobody is called for it");
}

/// A limit of one day or less knows only the late apology.
#[test]
fn gr_2_limits_of_one_day_or_less_have_only_the_late_apology() {
    let one_day = [TimeLimit::SameDay, TimeLimit::WorkingHours(8), TimeLimit::WorkingDays(1)];
    for limit in one_day {
        let world = brought_to(World::new("quang-nam").limited(limit), Stage::Appraisal);
        let said = world.ask(&staff(SPECIALIST), &apologise(NEW)).unwrap_err();
        assert_eq!(said.code(), "apology.too_late", "{limit:?}");
        assert!(world.ask(&staff(SPECIALIST), &late(apologise(NEW))).is_ok(), "{limit:?}");
    }
    let world = brought_to(World::new("quang-nam").limited(TimeLimit::WorkingDays(2)), Stage::Appraisal);
    assert!(world.ask(&staff(SPECIALIST), &apologise(NEW)).is_ok());
}

/// Allowed only as a late apology: recorded as a breach, and it needs the Centre.
#[test]
fn gr_2_a_late_apology_waits_for_the_centre_and_stands_as_a_breach() {
    let mut world = in_appraisal("quang-nam");
    after(&mut world, "2025-10-20T10:00+07:00");
    world.act(&staff(SPECIALIST), &late(apologise(NEW))).unwrap();
    let d = world.dossier();
    assert_eq!(d.due_at, Some(at("2025-10-20T17:00+07:00")), "a proposal moves no date");
    assert!(d.proposal.is_some() && d.apologies.is_empty());
    assert_eq!(world.ask(&staff(LEADER), &approve()), Err(Refusal::NotTheHolder), "the Centre's, not the agency's");
    after(&mut world, "2025-10-20T11:00+07:00");
    world.act(&staff(DEPUTY), &approve()).unwrap();
    let d = world.dossier();
    assert_eq!((d.due_at, d.apologies[0].late), (Some(at(NEW)), true));
    assert_eq!(d.holder.as_ref().unwrap().officer.unwrap().raw(), SPECIALIST, "it is the agency's again");
}

/// HUE 3.3b: once overdue the agency explains in writing and the Centre writes the apology.
#[test]
fn clk_05_in_hue_the_centre_apologises_once_overdue_on_the_agencys_explanation() {
    let mut world = in_appraisal("thua-thien-hue");
    world.now = at("2025-10-20T16:00+07:00");
    let by_agency = world.ask(&staff(SPECIALIST), &apologise(NEW)).unwrap_err();
    assert_eq!((by_agency.rule(), by_agency.code()), ("CLK-05", "apology.by_the_centre"));
    assert!(by_agency.is_forbidden());
    assert_eq!(world.ask(&staff(DEPUTY), &apologise(NEW)).unwrap_err().code(), "apology.not_overdue");
    after(&mut world, "2025-10-21T08:00+07:00");
    let explain = Command::Explain { reason: "Hồ sơ phức tạp.".into(), new_due_at: at(NEW) };
    world.act(&staff(SPECIALIST), &explain).unwrap();
    let on_it = Command::Apologise { reason: String::new(), new_due_at: None, files: vec![], late: false };
    let supervisor = who(12, &[Role::Supervisor], OF_THE_CENTRE, Some(HERE));
    world.act(&supervisor, &on_it).unwrap();
    let d = world.dossier();
    assert_eq!((d.due_at, d.apologies[0].late, &d.explanation), (Some(at(NEW)), false, &None));
}

/// HUE IV.3.3b: no letter without the agency's explanation on file, and none from a counter.
#[test]
fn clk_05_in_hue_the_management_writes_and_only_on_an_explanation() {
    let mut world = in_appraisal("thua-thien-hue");
    after(&mut world, "2025-10-21T08:00+07:00");
    let said = world.ask(&staff(DEPUTY), &apologise(NEW)).unwrap_err();
    assert_eq!((said.rule(), said.code()), ("CLK-05", "apology.not_explained"));
    let explain = Command::Explain { reason: "Hồ sơ phức tạp.".into(), new_due_at: at(NEW) };
    world.act(&staff(SPECIALIST), &explain).unwrap();
    assert_eq!(world.ask(&staff(INTAKE), &apologise(NEW)), Err(Refusal::TheCentreApologises));
    assert!(world.ask(&staff(DEPUTY), &apologise(NEW)).is_ok());
}

#[test]
fn clk_05_a_dossier_without_a_date_has_nothing_to_re_appoint() {
    let world = brought_to(World::new("quang-nam").limited(TimeLimit::None), Stage::Appraisal);
    assert_eq!(world.ask(&staff(SPECIALIST), &apologise(NEW)), Err(Refusal::NoDueDate));
}

/// CLK-08: the cause is recorded once it is overdue, by the agency's heads too.
#[test]
fn clk_08_the_cause_of_lateness_is_recorded_when_it_is_late() {
    let mut world = in_appraisal("dong-nai");
    let cause = Command::ExplainOverdue { cause: "Chờ giám định.".into(), justified: false };
    assert_eq!(world.ask(&staff(LEADER), &cause).unwrap_err().code(), "dossier.not_now");
    world.now = at("2025-10-21T08:00+07:00");
    assert_eq!(world.ask(&staff(INTAKE), &cause), Err(Refusal::NotTheHolder));
    for officer in [SPECIALIST, LEADER, DEPUTY] {
        assert!(world.ask(&staff(officer), &cause).is_ok(), "{officer}");
    }
    world.act(&staff(LEADER), &cause).unwrap();
    assert!(!world.dossier().overdue.as_ref().unwrap().justified);
}

/// What is offered is what succeeds.
#[test]
fn gr_2_the_apology_is_offered_only_while_it_is_lawful() {
    let mut world = in_appraisal("quang-nam");
    let offered = |w: &World| {
        let next = next(&staff(SPECIALIST), w.dossier(), &w.law());
        next.iter().any(|c| c.key() == "apologies")
    };
    assert!(offered(&world));
    after(&mut world, "2025-10-17T09:00+07:00");
    world.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
    assert!(!offered(&world));
    let decline = Command::Approve { decision: Decision::Decline, reason: None };
    assert!(world.ask(&staff(DEPUTY), &decline).is_err(), "nothing waits for the Centre");
}

/// CLK-01, CLK-05: the Government declares the appointed day off before the Centre adjusts the date: the promise moves to the next
/// working day, as the ledger says.
#[test]
fn clk_05_a_promised_day_that_was_declared_off_meanwhile_moves_to_the_next_working_day() {
    use crate::{
        deadline::{Calendar, CalendarRow, Exception, HolidayRules, LedgerEntry, WorkingWeek, default_sessions},
        dossier::{Event, Facts, Law, decide},
    };
    let mut world = in_appraisal("quang-nam");
    after(&mut world, "2025-10-17T09:00+07:00");
    world.act(&staff(SPECIALIST), &apologise(NEW)).unwrap();
    let off = CalendarRow { day: jiff::civil::date(2025, 10, 24), exception: Exception::off("Nghỉ bù") };
    let (week, rules) = (WorkingWeek::default(), HolidayRules::default());
    let changed = Calendar::from_rules(8, week, default_sessions(), &rules, [off], 2024..=2027).unwrap();
    let law = Law { calendar: &changed, ..world.law() };
    let facts = Facts { who: &staff(INTAKE), law, assignee: None, people: None, numbers: &world.numbers, last: None };
    let events = decide(world.state.as_ref(), &Command::AdjustDate, &facts).unwrap();
    let [Event::DateAdjusted { due_at, slip, .. }] = &events[..] else { panic!("{events:?}") };
    assert_eq!(*due_at, at("2025-10-27T17:00+07:00"), "Friday is off, and so is the week-end");
    let mut ledger = world.dossier().ledger.clone();
    ledger.push(LedgerEntry::Reappoint { at: world.now, due_at: *due_at, slip: slip.number.clone() });
    assert_eq!(reckon(&ledger, &changed, &world.clock).unwrap().due_at, Some(*due_at));
}

//! INT-08, CLK-03: which moment starts the clock.
use super::world::*;
use crate::{
    catalogue::Channel,
    deadline::{TimeLimit, due_at},
    dossier::{Command, Intake, Refusal, needs_receipt},
};

fn by(channel: Channel, received_at: &str) -> Command {
    Command::TakeIn { intake: Intake { channel, ..intake() }, received_at: Some(at(received_at)), fees: None }
}

#[test]
fn int_08_the_time_of_receipt_is_said_only_for_the_post_and_never_ahead() {
    let world = World::new("quang-nam");
    let (friday, now, later) = ("2025-10-03T16:00+07:00", MONDAY, "2025-10-06T08:31:00+07:00");
    let cases = [
        (Channel::Post, friday, true),
        (Channel::PostEmployee, friday, true),
        (Channel::Post, now, true),
        (Channel::Post, later, false),
        (Channel::Counter, friday, false),
        (Channel::Counter, later, false),
        (Channel::Online, friday, false),
    ];
    for (channel, moment, lawful) in cases {
        let said = world.ask(&staff(INTAKE), &by(channel, moment));
        let refused = Refusal::ReceivedLater { at: at(moment) };
        assert_eq!(said.err(), (!lawful).then_some(refused), "{channel:?} at {moment}");
    }
}

#[test]
fn int_08_what_came_by_post_on_friday_counts_from_friday() {
    let mut world = World::new("quang-ninh").limited(TimeLimit::WorkingDays(2));
    world.act(&staff(INTAKE), &by(Channel::Post, "2025-10-03T16:00+07:00")).unwrap();
    assert_eq!(world.dossier().accepted_at, Some(at("2025-10-03T16:00+07:00")));
    assert_eq!(world.dossier().due_at, Some(at("2025-10-07T17:00+07:00")));
}

#[test]
fn clk_03_the_clock_runs_from_acceptance_and_not_from_the_draft_or_the_submission() {
    for stage in [Stage::Draft, Stage::Submitted] {
        let mut world = brought_to(World::new("quang-ninh").limited(TimeLimit::WorkingDays(5)), stage);
        let d = world.dossier();
        assert!(d.accepted_at.is_none() && d.due_at.is_none() && !d.status.clock_runs(), "{stage:?}");
        world.now = at("2025-10-08T14:00+07:00");
        world.act(&staff(INTAKE), &Command::Accept { fees: None }).unwrap();
        let d = world.dossier();
        assert_eq!(d.accepted_at, Some(world.now), "{stage:?}");
        let expected = due_at(world.now, TimeLimit::WorkingDays(5), &CALENDAR, &world.clock).unwrap();
        assert_eq!((d.due_at, d.status.clock_runs()), (expected, true), "{stage:?}");
    }
}

#[test]
fn clk_01_beyond_the_calendar_no_date_is_guessed() {
    let mut world = World::new("quang-ninh").limited(TimeLimit::Months(6));
    world.now = at("2027-08-02T09:00+07:00");
    let why = world.ask(&staff(INTAKE), &take_in()).unwrap_err();
    assert_eq!(why.rule(), "CLK-01");
    assert!(why.vi().contains("31/12/2027"), "{}", why.vi());
}

#[test]
fn clk_02_a_procedure_without_an_appointed_day_has_none() {
    let mut world = World::new("quang-ninh").limited(TimeLimit::None);
    world.act(&staff(INTAKE), &take_in()).unwrap();
    assert_eq!((world.dossier().due_at, world.dossier().limit), (None, Some(TimeLimit::None)));
}

#[test]
fn int_03_only_hue_does_without_a_receipt_and_only_on_the_same_day() {
    for (province, same_day_receipt) in
        [("dong-nai", true), ("quang-nam", true), ("quang-ninh", true), ("thua-thien-hue", false)]
    {
        let profile = profile(province);
        assert_eq!(needs_receipt(&profile, TimeLimit::SameDay), same_day_receipt, "{province}");
        assert!(needs_receipt(&profile, TimeLimit::WorkingDays(1)), "{province}");
    }
}

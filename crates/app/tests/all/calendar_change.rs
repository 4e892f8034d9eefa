//! CLK-01: a change of the calendar shows what it touches, dates the open dossiers anew, and can be taken back.

use crate::world::{World, applicant};
use domain::{
    accounts::{Role, Scope, Who},
    catalogue::Channel,
    dossier::{Command, Dossier, Event, Intake},
    id::Id,
    time::Instant,
};
use motcua::{
    dossier::{
        Order, Target,
        store::{self, Key},
    },
    schedule::settle,
    verify,
};

const PROCEDURE: &str = "1.000080";
const CALENDAR: &str = "/can-bo/quan-tri/lich";

struct Office {
    world: World,
    intake: Who,
    /// The session of somebody who keeps the calendar.
    keeper: String,
}

async fn office(world: World) -> Office {
    world.procedures(&[PROCEDURE]).await;
    let centre = world.app.reference().main_centre().unwrap().agency;
    let centre = world.app.reference().agency(centre).unwrap().identifier.clone();
    let intake = world.officer("lan", &centre, &[Role::IntakeOfficer]).await;
    let keeper = world.officer("lich", &centre, &[Role::ProcedureControl]).await;
    let keeper = world.sign_in(&keeper).await;
    Office { world, intake, keeper }
}

impl Office {
    async fn take_in(&self) -> (Id<Dossier>, Instant) {
        let done = self.world.take_in(&self.intake, PROCEDURE).await;
        (done.id, done.state.due_at.unwrap())
    }
    fn state(&self, id: Id<Dossier>) -> Dossier {
        let found = self.world.app.db.read_blocking(|q| store::find(q, &Scope::Province, &Key::Id(id)));
        found.unwrap().unwrap().state
    }
    /// A day off, prepared: the address of the change.
    async fn storm(&self, day: &str) -> String {
        let form = [("ngay", day), ("ten", "Nghỉ chống bão"), ("loai", "off"), ("so", "Công điện 12"), ("once", day)];
        let answer = self.world.post(&format!("{CALENDAR}/ngay")).cookie(&self.keeper).form(&form).send().await;
        answer.expect(303).location().to_owned()
    }
    async fn post(&self, path: &str) -> String {
        let answer = self.world.post(path).cookie(&self.keeper).form(&[("once", path)]).send().await;
        answer.expect(303).location().to_owned()
    }
    async fn page(&self, path: &str) -> String {
        self.world.get(path).cookie(&self.keeper).send().await.expect(200).text().to_owned()
    }
}

/// The next working day after the due date: the procedure counts working days, so one day off moves it by one.
fn day_after(due: Instant) -> jiff::civil::Date {
    let mut day = due.day().tomorrow().unwrap();
    while matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
        day = day.tomorrow().unwrap();
    }
    day
}

async fn changed_and_taken_back(world: World) {
    let o = office(world).await;
    let (id, due) = o.take_in().await;
    let receipt = o.state(id).receipt.unwrap();

    // Given a storm on a day that was counted, the change is shown before it is in force.
    let change = o.storm("08/10/2025").await;
    assert!(change.starts_with(&format!("{CALENDAR}/thay-doi/")), "{change}");
    let shown = o.page(&change).await;
    let code = o.state(id).code.unwrap().to_string();
    let expected = day_after(due);
    for told in [code.as_str(), &domain::time::day_text(due.day()), &domain::time::day_text(expected)] {
        assert!(shown.contains(told), "{told}");
    }
    assert_eq!(o.state(id).due_at, Some(due), "nothing has changed yet");
    assert_eq!(o.world.app.reference().calendar.is_working("2025-10-08".parse().unwrap()), Some(true));

    // When it is applied, every open dossier is dated anew, with an event, a ledger entry and a receipt printed again.
    assert_eq!(o.post(&format!("{change}/ap-dung")).await, change);
    let counts = settle(&o.world.app).await.unwrap();
    assert_eq!(counts["calendar"], 1);
    let state = o.state(id);
    assert_eq!(state.due_at.unwrap().day(), expected);
    assert_eq!(state.receipt.as_ref().unwrap().number, format!("{}/L1", receipt.number));
    assert_eq!(settle(&o.world.app).await.unwrap()["calendar"], 0, "once, not twice");
    assert_eq!(o.state(id).version, state.version);
    let events = o.world.app.db.read_blocking(|q| store::events(q, id, 1)).unwrap();
    assert!(matches!(serde_json::from_str(&events[0].body).unwrap(), Event::Redated { .. }));
    let slips = o.world.app.db.read_blocking(|q| store::slips_of(q, id)).unwrap();
    let day = |n: usize| serde_json::from_str::<serde_json::Value>(&slips[n].data).unwrap();
    assert_eq!(slips.len(), 2);
    assert_ne!(day(0), day(1), "the first receipt stays as it was issued, the second has the new date");

    // Then the page says what it did, and why this date says so too.
    assert!(o.page(&change).await.contains(&code));
    let why = o.world.get(&format!("/vi-sao/{code}")).send().await.expect(200);
    assert!(why.text().contains("Lịch làm việc thay đổi"), "{}", why.text());
    assert!(o.page(&format!("{CALENDAR}/thay-doi")).await.contains("Công điện 12"));

    // And the whole batch goes back: calendar, dates, with a trace of its own.
    let back = o.post(&format!("{change}/hoan-tac")).await;
    assert_ne!(back, change);
    assert_eq!(o.post(&format!("{back}/ap-dung")).await, back);
    settle(&o.world.app).await.unwrap();
    assert_eq!(o.state(id).due_at, Some(due));
    assert_eq!(o.world.app.reference().calendar.is_working("2025-10-08".parse().unwrap()), Some(true));
    assert!(o.page(&change).await.contains("đã hoàn tác"));
    let verified = verify::all(&o.world.app.db, &o.world.app.blobs).await.unwrap();
    assert_eq!(verified.faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_01_a_change_shows_what_it_touches_dates_it_anew_and_can_be_taken_back() {
    changed_and_taken_back(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_01_a_change_shows_what_it_touches_dates_it_anew_and_can_be_taken_back_on_postgresql() {
    changed_and_taken_back(World::postgres()).await;
}

/// A dossier that ended, one due before the changed day and one without a date keep what they were promised.
#[tokio::test(flavor = "multi_thread")]
async fn clk_01_only_open_dossiers_that_are_due_after_the_changed_day_move() {
    let o = office(World::sqlite()).await;
    let (early, due) = o.take_in().await;
    o.world.at(&format!("{}T08:00:00+07:00", due.day()));
    let (late, late_due) = o.take_in().await;
    let day = domain::time::day_text(day_after(due));
    let change = o.storm(&day).await;
    o.post(&format!("{change}/ap-dung")).await;
    assert_eq!(settle(&o.world.app).await.unwrap()["calendar"], 1);
    assert_eq!(o.state(early).due_at, Some(due));
    assert!(o.state(late).due_at > Some(late_due));
}

/// More dossiers than one unit of work takes.
#[tokio::test(flavor = "multi_thread")]
async fn clk_01_the_recount_goes_on_from_chunk_to_chunk_until_all_are_dated() {
    let o = office(World::sqlite()).await;
    let mut ids = Vec::new();
    for _ in 0..20 {
        ids.push(o.take_in().await);
    }
    let change = o.storm("08/10/2025").await;
    o.post(&format!("{change}/ap-dung")).await;
    assert_eq!(settle(&o.world.app).await.unwrap()["calendar"], 20);
    assert!(ids.iter().all(|(id, due)| o.state(*id).due_at > Some(*due)));
    assert!(o.page(&change).await.contains("có hiệu lực, đã đổi ngày hẹn 20 hồ sơ"));
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_01_a_draft_can_be_given_up_and_one_that_was_overtaken_is_refused() {
    let o = office(World::sqlite()).await;
    o.take_in().await;
    let first = o.storm("08/10/2025").await;
    o.post(&format!("{first}/bo")).await;
    o.post(&format!("{first}/ap-dung")).await;
    assert_eq!(settle(&o.world.app).await.unwrap()["calendar"], 0, "a draft that was given up never comes into force");

    let form = |once: &'static str| [("ngay", "09/10/2025"), ("ten", once), ("loai", "off"), ("once", once)];
    let mut prepared = Vec::new();
    for once in ["một", "hai"] {
        let answer = o.world.post(&format!("{CALENDAR}/ngay")).cookie(&o.keeper).form(&form(once)).send().await;
        prepared.push(answer.expect(303).location().to_owned());
    }
    o.post(&format!("{}/ap-dung", prepared[0])).await;
    let refused = o.world.post(&format!("{}/ap-dung", prepared[1])).cookie(&o.keeper).send().await.expect(422);
    assert!(refused.text().contains("đã được sửa sau khi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_01_a_swap_and_a_years_decision_are_entered_whole() {
    let o = office(World::sqlite()).await;
    let swap = [
        ("ngay", "31/08/2027"),
        ("ten", "Nghỉ hoán đổi"),
        ("loai", "off"),
        ("lam_bu", "28/08/2027"),
        ("so", "TB 1"),
        ("once", "a"),
    ];
    o.world.post(&format!("{CALENDAR}/ngay")).cookie(&o.keeper).form(&swap).send().await.expect(303);
    let works = |day: &str| o.world.app.reference().calendar.is_working(day.parse().unwrap());
    assert_eq!((works("2027-08-31"), works("2027-08-28")), (Some(false), Some(true)));

    let decision = format!("{CALENDAR}/quyet-dinh");
    let wrong = [("so", "TB 2"), ("bang", "30/04/2028,Nghỉ,off\n32/13/2028,Sai,off"), ("once", "b")];
    let refused = o.world.post(&decision).cookie(&o.keeper).form(&wrong).send().await.expect(422);
    assert!(refused.text().contains("Dòng 2") && refused.text().contains("30/04/2028,Nghỉ,off"));
    let right =
        [("so", "TB 2"), ("bang", "03/01/2028,Nghỉ bù,nghỉ\n08/01/2028,Ca thêm,làm việc,08:00-11:00"), ("once", "b")];
    o.world.post(&decision).cookie(&o.keeper).form(&right).send().await.expect(303);
    assert_eq!((works("2028-01-03"), works("2028-01-08")), (Some(false), Some(true)));
    let unchanged = [right[0], right[1], ("once", "c")];
    o.world.post(&decision).cookie(&o.keeper).form(&unchanged).send().await.expect(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_01_only_those_who_keep_the_calendar_reach_its_changes() {
    let o = office(World::sqlite()).await;
    o.take_in().await;
    let change = o.storm("08/10/2025").await;
    let other = o.world.officer("khac", "H49.28", &[Role::Supervisor]).await;
    let other = o.world.sign_in(&other).await;
    for path in [change.clone(), format!("{CALENDAR}/thay-doi"), format!("{CALENDAR}/quyet-dinh")] {
        o.world.get(&path).cookie(&other).send().await.expect(403);
    }
    for act in ["ap-dung", "bo", "hoan-tac"] {
        o.world.post(&format!("{change}/{act}")).cookie(&other).send().await.expect(403);
    }
}

/// CLK-01, INT-06: a dossier without a date has terms by the calendar all the same: on a day of storm nobody is late with the check
/// of what was handed in, and on a day that is worked after all it is due again.
async fn terms_move_with_the_calendar(world: World) {
    let o = office(world).await;
    o.world.at("2025-10-06T16:00+07:00");
    let intake = Intake { channel: Channel::Online, ..o.world.intake(&o.intake, PROCEDURE) };
    let order = Order { target: Target::New(Box::new(applicant())), command: Command::Submit(intake) };
    o.world.order(&o.intake, order).await.unwrap();
    let reminders = async || settle(&o.world.app).await.unwrap()["deadlines"]["reminders"].as_u64().unwrap();
    // No date is touched, so it is in force at once.
    o.storm("07/10/2025").await;
    assert_eq!(reminders().await, 0);
    // Eight working hours after Monday, 16:00: on Wednesday with the storm, on Tuesday without it.
    o.world.at("2025-10-08T08:00+07:00");
    assert_eq!(reminders().await, 0, "the storm counted for nothing");
    let faults = verify::all(&o.world.app.db, &o.world.app.blobs).await.unwrap().faults;
    assert_eq!(faults, []);
    o.world.at("2025-10-09T08:00+07:00");
    assert_eq!(reminders().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_01_terms_of_dossiers_without_a_date_move_with_the_calendar_on_sqlite() {
    terms_move_with_the_calendar(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_01_terms_of_dossiers_without_a_date_move_with_the_calendar_on_postgresql() {
    terms_move_with_the_calendar(World::postgres()).await;
}

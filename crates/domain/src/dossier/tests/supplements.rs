//! GR-1, INT-04, CLK-04: one guidance and one supplement, whole lists, the window, the limit from zero.
use super::{beside::*, world::*};
use crate::{
    catalogue::Channel,
    deadline::{TimeLimit, reckon},
    dossier::{Command, CommandName, FeeMoment, Intake, ItemAnswer, Refusal, RequestItem, Status, next},
};

fn in_appraisal(province: &str) -> World {
    brought_to(World::new(province), Stage::Appraisal)
}

fn offered(world: &World, officer: i64, name: CommandName) -> bool {
    next(&staff(officer), world.dossier(), &world.law()).contains(&name)
}

/// INT-04, QN 6.4c: once in appraisal; the second is refused with the rule's name.
#[test]
fn gr_1_a_second_supplement_request_is_refused_where_the_first_passed() {
    let mut world = in_appraisal("quang-ninh");
    assert!(offered(&world, SPECIALIST, CommandName::SupplementRequests));
    world.act(&staff(SPECIALIST), &ask_supplement(vec![item("ban-ve")])).unwrap();
    assert!(matches!(world.dossier().status, Status::AwaitingSupplement { .. }));
    assert_eq!(world.dossier().status.national(), Some(5));
    after(&mut world, "2025-10-08T09:00+07:00");
    world.act(&staff(INTAKE), &bring(vec![brought("ban-ve")])).unwrap();
    let again = world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).unwrap_err();
    assert_eq!((&again, again.rule()), (&Refusal::SupplementAlreadyAsked { times: 1 }, "GR-1"));
    assert_eq!(again.code(), "supplement.already_asked");
    assert!(!offered(&world, SPECIALIST, CommandName::SupplementRequests));
}

/// INT-04: guidance at intake and supplement in appraisal are counted apart; HUE 4.1 counts them together.
#[test]
fn gr_1_guidance_and_supplement_are_counted_apart_except_in_hue_where_one_is_all() {
    for (province, together) in [("quang-nam", false), ("dong-nai", false), ("thua-thien-hue", true)] {
        let mut world = brought_to(World::new(province), Stage::Submitted);
        world.act(&staff(INTAKE), &guide(vec![item("don")])).unwrap();
        after(&mut world, "2025-10-06T10:00+07:00");
        world.act(&staff(INTAKE), &bring(vec![brought("don")])).unwrap();
        let twice = world.ask(&staff(INTAKE), &guide(vec![item("don")])).unwrap_err();
        assert_eq!((twice.rule(), twice.code()), ("GR-1", "guidance.already_asked"), "{province}");
        after(&mut world, "2025-10-06T10:30+07:00");
        world.act(&staff(INTAKE), &Command::Accept { fees: None }).unwrap();
        world.act(&staff(HEAD), &assign(SPECIALIST)).unwrap();
        let said = world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).err();
        let refused = Refusal::SupplementAlreadyAsked { times: 1 };
        assert_eq!(said, together.then_some(refused), "{province}");
    }
}

#[test]
fn gr_1_a_request_without_the_full_list_is_refused() {
    let world = in_appraisal("quang-ninh");
    let silent = RequestItem { component: None, note: "  ".into(), ..item("don") };
    for items in [vec![], vec![silent]] {
        let said = world.ask(&staff(SPECIALIST), &ask_supplement(items)).unwrap_err();
        assert_eq!((&said, said.rule()), (&Refusal::ListNeeded, "GR-1"));
    }
    let in_words = RequestItem { component: None, ..item("don") };
    assert!(world.ask(&staff(SPECIALIST), &ask_supplement(vec![in_words])).is_ok());
}

/// DN 9.5c: everything at once. A list that leaves out a required paper which is not here is no full list.
#[test]
fn gr_1_guidance_must_name_every_required_paper_that_is_not_here() {
    let mut world = World::new("quang-ninh");
    let half = Intake { components: vec![brought("don")], channel: Channel::Online, ..intake() };
    world.act(&staff(INTAKE), &Command::Submit(half)).unwrap();
    let left_out = world.ask(&staff(INTAKE), &guide(vec![item("don")])).unwrap_err();
    assert_eq!(left_out.code(), "supplement.list_incomplete");
    assert!(matches!(left_out, Refusal::ListIncomplete { missing } if missing[0].0 == "ban-ve"));
    assert!(world.ask(&staff(INTAKE), &guide(vec![item("don"), item("ban-ve")])).is_ok());
}

#[test]
fn gr_3_only_published_papers_may_be_asked_for() {
    let world = in_appraisal("quang-ninh");
    let said = world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("ho-khau")])).unwrap_err();
    assert_eq!((said.rule(), said.code()), ("GR-3", "component.not_published"));
    // One that may come, though it need not, may be asked for.
    assert!(world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("uy-quyen")])).is_ok());
}

/// DN 16.1e, VL 4.3d, QN 6.4c: within 3 working days of intake. Taken in on Monday: Thursday is the last day.
#[test]
fn gr_1_the_window_of_three_working_days_holds_where_the_profile_sets_it() {
    let (thursday, friday) = ("2025-10-09T16:59+07:00", "2025-10-10T07:31+07:00");
    for (province, window) in [("quang-nam", true), ("vinh-long", true), ("quang-ninh", false)] {
        let mut world = in_appraisal(province);
        world.now = at(thursday);
        assert!(world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).is_ok(), "{province}");
        world.now = at(friday);
        let said = world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).err();
        assert_eq!(said.as_ref().map(|r| (r.rule(), r.code())), window.then_some(("GR-1", "supplement.window_passed")));
        assert_eq!(offered(&world, SPECIALIST, CommandName::SupplementRequests), !window, "{province}");
    }
}

/// "unless the procedure's sector law sets another".
#[test]
fn gr_1_the_sectors_own_window_stands_before_the_provinces() {
    for (days, lawful) in [(5, true), (1, false)] {
        let mut world = in_appraisal("quang-nam");
        world.procedure.flags.supplement_window_working_days = Some(days);
        world.now = at("2025-10-08T09:00+07:00");
        let said = world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("don")]));
        assert_eq!(said.is_ok(), lawful, "{days} working days");
    }
}

/// CLK-04, INT-08: the limit counts again from the start, from the time of receipt at the Centre.
#[test]
fn clk_04_the_limit_runs_from_zero_once_the_supplement_is_complete() {
    let mut world = brought_to(World::new("quang-ninh").limited(TimeLimit::WorkingDays(5)), Stage::Appraisal);
    assert_eq!(world.dossier().due_at, Some(at("2025-10-13T17:00+07:00")));
    after(&mut world, "2025-10-08T09:00+07:00");
    world.act(&staff(SPECIALIST), &ask_supplement(vec![item("ban-ve"), item("don")])).unwrap();
    assert_eq!(world.dossier().holder.as_ref().unwrap().officer.unwrap().raw(), SPECIALIST, "somebody has it");
    after(&mut world, "2025-10-15T10:00+07:00");
    // Half of it does not start the limit.
    let half = world.ask(&staff(INTAKE), &bring(vec![brought("don")])).unwrap_err();
    assert_eq!((half.rule(), half.code()), ("CLK-04", "supplement.incomplete"));
    let all = vec![brought("don"), brought("ban-ve")];
    // By post on Tuesday, opened on Wednesday: Tuesday counts. Never before it was asked, never ahead.
    let tuesday = |moment: &str| Command::Supplement {
        components: all.clone(),
        answers: Vec::new(),
        received_at: Some(at(moment)),
    };
    for wrong in ["2025-10-08T08:59+07:00", "2025-10-15T10:01+07:00"] {
        assert_eq!(world.ask(&staff(INTAKE), &tuesday(wrong)).unwrap_err().rule(), "INT-08");
    }
    world.act(&staff(INTAKE), &tuesday("2025-10-14T15:00+07:00")).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.due_at), ("in_progress", Some(at("2025-10-21T17:00+07:00"))));
    assert_eq!(d.intake.components[0].originals, 2, "what was brought adds to what is there");
    let told = reckon(&d.ledger, &CALENDAR, &world.clock).unwrap();
    assert_eq!(told.due_at, d.due_at, "the ledger says the same");
}

/// INT-09: supplements come in at the Centre's counter and nowhere else.
#[test]
fn int_09_an_agency_takes_no_supplement_in() {
    let mut world = in_appraisal("quang-ninh");
    world.act(&staff(SPECIALIST), &ask_supplement(vec![item("ban-ve")])).unwrap();
    let command = bring(vec![brought("ban-ve")]);
    assert_eq!(world.ask(&staff(SPECIALIST), &command), Err(Refusal::OnlyTheCentreTakesIn));
    assert!(!offered(&world, SPECIALIST, CommandName::Supplements));
    assert!(world.ask(&staff(INTAKE), &command).is_ok() && offered(&world, INTAKE, CommandName::Supplements));
}

/// A draft that is guided gets its code, so that the applicant finds it again.
#[test]
fn int_04_a_guided_draft_gets_a_code_and_keeps_it() {
    let mut world = dossier_at(Stage::Draft);
    assert_eq!(world.dossier().code, None);
    world.act(&staff(INTAKE), &guide(vec![item("don")])).unwrap();
    let code = world.dossier().code.clone();
    assert!(code.is_some() && world.dossier().accepted_at.is_none());
    after(&mut world, "2025-10-07T09:00+07:00");
    world.act(&staff(INTAKE), &bring(vec![brought("don")])).unwrap();
    world.act(&staff(INTAKE), &Command::Accept { fees: None }).unwrap();
    assert_eq!(world.dossier().code, code);
}

/// INT-08: what came by post and was guided counts from the receipt of what completed it.
#[test]
fn int_08_a_postal_draft_accepted_later_keeps_its_time_of_receipt() {
    let post = Intake { channel: Channel::Post, ..intake() };
    let friday = at("2025-10-03T15:00+07:00");
    let mut world = World::new("quang-ninh");
    let draft = |received_at| Command::Draft { intake: post.clone(), received_at: Some(received_at) };
    assert_eq!(world.ask(&staff(INTAKE), &draft(at("2025-10-07T15:00+07:00"))).unwrap_err().rule(), "INT-08");
    world.act(&staff(INTAKE), &draft(friday)).unwrap();
    world.now = at("2025-10-08T09:00+07:00");
    world.act(&staff(INTAKE), &Command::Accept { fees: None }).unwrap();
    assert_eq!(world.dossier().accepted_at, Some(friday));
}

#[test]
fn int_01_a_channel_that_the_province_has_not_opened_is_refused() {
    let by_employee = Intake { channel: Channel::PostEmployee, ..intake() };
    for (province, open) in [("quang-ninh", false), ("quang-nam", true)] {
        let world = World::new(province);
        let taken = Command::TakeIn { intake: by_employee.clone(), received_at: None, fees: None };
        assert_eq!(world.ask(&staff(INTAKE), &taken).err(), (!open).then_some(Refusal::ChannelClosed), "{province}");
    }
    assert_eq!(Refusal::ChannelClosed.rule(), "INT-01");
}

/// A fee that the dossier waits for does not hide what else must be done.
#[test]
fn a_supplement_is_not_asked_while_a_payment_is_waited_for() {
    let mut world = in_appraisal("quang-ninh");
    world.act(&staff(SPECIALIST), &fee(FeeMoment::Now)).unwrap();
    let said = world.ask(&staff(SPECIALIST), &ask_supplement(vec![item("don")])).unwrap_err();
    assert_eq!(said.code(), "dossier.not_now");
}

/// GR-1, INT-04: "chưa đúng" alone tells nobody what to mend; a phrase that says it all needs no note.
#[test]
fn gr_1_what_is_wrong_is_said_in_words_unless_the_phrase_says_it_all() {
    use crate::dossier::{Problem, RequestItem};
    let world = dossier_at(Stage::Appraisal);
    let silent = |problem| RequestItem { component: Some("don".into()), problem, note: " ".into() };
    for problem in Problem::ALL {
        let said = world.ask(&staff(SPECIALIST), &ask_supplement(vec![silent(*problem)]));
        assert_eq!(said.is_ok(), problem.says_all(), "{problem:?}");
        if let Err(refusal) = said {
            assert_eq!((refusal.rule(), refusal.code()), ("GR-1", "supplement.list_needed"));
        }
    }
    assert!(!Problem::Wrong.says_all() && Problem::Missing.says_all());
}

fn answered(answers: &[(u32, &str, usize)]) -> Command {
    let one = |&(item, text, files): &(u32, &str, usize)| ItemAnswer {
        item,
        text: text.into(),
        files: vec!["5c".repeat(32); files],
    };
    Command::Supplement {
        components: vec![brought("ban-ve")],
        answers: answers.iter().map(one).collect(),
        received_at: None,
    }
}

/// A drawing, and two points that name no paper.
fn asked_in_words(world: &mut World) {
    let point = |note: &str| RequestItem { component: None, note: note.into(), ..item("") };
    let items = vec![point("Ghi rõ nơi đặt biển báo."), item("ban-ve"), point("Nêu số tầng.")];
    world.act(&staff(SPECIALIST), &ask_supplement(items)).unwrap();
    after(world, "2025-10-08T09:00+07:00");
}

/// INT-05, CLK-04: what was asked in words is complete once it is answered in words or by a file; until then the limit stands.
#[test]
fn int_05_what_was_asked_in_words_is_complete_once_each_point_is_answered() {
    let mut world = in_appraisal("quang-ninh");
    asked_in_words(&mut world);
    for too_little in [answered(&[]), answered(&[(1, "Ở cổng.", 0)]), answered(&[(1, "Ở cổng.", 0), (3, "  ", 0)])]
    {
        let said = world.ask(&staff(INTAKE), &too_little).unwrap_err();
        assert_eq!((said.rule(), said.code(), said.field()), ("CLK-04", "supplement.unanswered", Some("answers")));
        assert!(said.vi().contains("3. Nêu số tầng.") && said.en().contains("3. Nêu số tầng."), "{}", said.vi());
    }
    // The second line names a paper, and there is no fourth.
    for astray in [0, 2, 4] {
        let said = world.ask(&staff(INTAKE), &answered(&[(1, "a", 0), (3, "b", 0), (astray, "c", 0)])).unwrap_err();
        assert_eq!((said.code(), said), ("supplement.no_such_item", Refusal::NoSuchItem { item: astray }));
    }
    world.act(&staff(INTAKE), &answered(&[(1, "Ở cổng.", 0), (3, "", 1)])).unwrap();
    let d = world.dossier();
    assert_eq!((d.status.key(), d.request.is_none()), ("in_progress", true));
    let kept: Vec<_> = d.answers.iter().map(|a| (a.number, a.asked.note.as_str(), a.files.len())).collect();
    assert_eq!(kept, [(1, "Ghi rõ nơi đặt biển báo.", 0), (2, "Nêu số tầng.", 1)]);
    // SEC: the words stand beside the chain, in a row that can be erased.
    assert!(!serde_json::to_string(d).unwrap().contains("Ở cổng"));
}

/// What was completed before answers were asked for is read as it was written.
#[test]
fn int_05_a_supplement_written_before_answers_were_kept_is_still_read() {
    let mut world = in_appraisal("quang-ninh");
    world.act(&staff(SPECIALIST), &ask_supplement(vec![item("ban-ve")])).unwrap();
    let events = world.ask(&staff(INTAKE), &bring(vec![brought("ban-ve")])).unwrap();
    let written = serde_json::to_string(&events[0]).unwrap();
    assert!(!written.contains("answers"), "nothing is written where nothing was asked in words: {written}");
    assert_eq!(serde_json::from_str::<crate::dossier::Event>(&written).unwrap(), events[0]);
}

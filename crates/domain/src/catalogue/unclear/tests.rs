//! INT-12: asked by the counter, answered by the agency, agreed by the Centre.
use super::*;
use crate::{
    accounts::{Bound, Role},
    people::Unit,
};

fn who(role: Role, agency: i64, centre: Option<i64>) -> Who {
    let (officer, unit): (_, Id<Unit>) = (Id::new(1), Id::new(5));
    Who {
        officer,
        agency: Id::new(agency),
        unit,
        centre: centre.map(Id::new),
        roles: vec![role],
        bound: Bound::default(),
    }
}
fn counter() -> Who {
    who(Role::IntakeOfficer, 20, Some(1))
}
fn specialist(agency: i64) -> Who {
    who(Role::Specialist, agency, None)
}
fn now() -> Instant {
    "2025-10-06T08:30:00+07:00".parse().unwrap()
}
fn case(asked: &[i64]) -> UnclearCase {
    let asked: Vec<_> = asked.iter().map(|a| Id::new(*a)).collect();
    ask_unclear(&counter(), "Có cần bản sao chứng thực không?", &asked).unwrap()
}
fn meeting() -> Meeting {
    let participants = vec!["Trần Văn A, Sở Xây dựng".into(), "Lê Thị B, Sở Tài chính".into()];
    Meeting { at: now(), place: "Phòng họp Trung tâm".into(), participants }
}

/// VL 7.1: the Centre asks at once, before anything is taken in; nobody else opens a thread.
#[test]
fn int_12_a_counter_asks_the_agency_in_words() {
    assert_eq!(case(&[10]).stage, UnclearStage::Open);
    assert_eq!(ask_unclear(&specialist(10), "Hỏi?", &[Id::new(10)]), Err(UnclearRefusal::NotYours));
    assert_eq!(ask_unclear(&counter(), " ", &[Id::new(10)]), Err(UnclearRefusal::NothingSaid));
    assert_eq!(ask_unclear(&counter(), "Hỏi?", &[]), Err(UnclearRefusal::Nobody));
}

/// Closed by an agreed answer: the agency says it, the Centre agrees; neither does the other's part.
#[test]
fn int_12_the_agency_answers_and_the_centre_agrees() {
    let mut case = case(&[10]);
    let answer = UnclearAct::Answer("Không cần.".into());
    assert_eq!(decide_unclear(&counter(), &case, &UnclearAct::Agree, now()), Err(UnclearRefusal::NoAnswerYet));
    assert_eq!(decide_unclear(&counter(), &case, &answer, now()), Err(UnclearRefusal::NotYours));
    assert_eq!(decide_unclear(&specialist(11), &case, &answer, now()), Err(UnclearRefusal::NotYours));
    let silent = UnclearAct::Answer("  ".into());
    assert_eq!(decide_unclear(&specialist(10), &case, &silent, now()), Err(UnclearRefusal::NothingSaid));
    case.stage = decide_unclear(&specialist(10), &case, &answer, now()).unwrap();
    assert_eq!(case.stage, UnclearStage::Answered);
    assert_eq!(decide_unclear(&specialist(10), &case, &UnclearAct::Agree, now()), Err(UnclearRefusal::NotYours));
    case.stage = decide_unclear(&counter(), &case, &UnclearAct::Agree, now()).unwrap();
    assert_eq!(case.stage, UnclearStage::Agreed);
    let late = UnclearAct::Say("Còn nữa.".into());
    assert_eq!(decide_unclear(&counter(), &case, &late, now()), Err(UnclearRefusal::Closed));
}

/// VL 7.2: several agencies agree in a meeting that the Centre records, whole.
#[test]
fn int_12_several_agencies_meet_and_the_record_is_whole() {
    let one = case(&[10]);
    let met = |m: Meeting| UnclearAct::Meet(m, "Thống nhất nộp một bộ.".into());
    assert_eq!(decide_unclear(&counter(), &one, &met(meeting()), now()), Err(UnclearRefusal::OneAgencyOnly));
    assert_eq!(
        decide_unclear(&counter(), &one, &UnclearAct::Invite(Id::new(10)), now()),
        Err(UnclearRefusal::AskedAlready)
    );
    assert_eq!(decide_unclear(&counter(), &one, &UnclearAct::Invite(Id::new(11)), now()), Ok(UnclearStage::Open));
    let two = case(&[10, 11]);
    for wrong in [
        Meeting { at: now().plus_millis(1), ..meeting() },
        Meeting { place: " ".into(), ..meeting() },
        Meeting { participants: vec!["Một người".into()], ..meeting() },
    ] {
        assert_eq!(decide_unclear(&counter(), &two, &met(wrong), now()), Err(UnclearRefusal::MeetingIncomplete));
    }
    assert_eq!(decide_unclear(&counter(), &two, &met(meeting()), now()), Ok(UnclearStage::Answered));
    assert_eq!(decide_unclear(&specialist(10), &two, &met(meeting()), now()), Err(UnclearRefusal::NotYours));
}

#[test]
fn int_12_only_both_sides_and_supervisors_read_the_thread() {
    let case = case(&[10]);
    for reader in [counter(), specialist(10), who(Role::Supervisor, 20, None)] {
        assert!(reads_unclear(&reader, &case), "{reader:?}");
    }
    for stranger in [specialist(11), who(Role::IntakeOfficer, 20, Some(2)), who(Role::Cashier, 20, Some(1))] {
        assert!(!reads_unclear(&stranger, &case), "{stranger:?}");
    }
}

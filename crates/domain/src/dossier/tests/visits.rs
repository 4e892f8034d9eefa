//! FLW-03, QN 6.4b: a visit on the spot is appointed, moved, called off, held; and the applicant is told.

use super::{beside::suspend, world::*};
use crate::{
    dossier::{Called, Command, DueKind, Event, Refusal, due_moments, lawful},
    interlink::{Link, LinkRefusal, Visit, VisitStage},
    notices::About,
};

const EIGHTH: &str = "2025-10-08T08:30:00+07:00";

fn visit(when: &str) -> Visit {
    Visit {
        at: at(when),
        place: "Thửa đất số 12, phường Hồng Gai".into(),
        participants: vec!["Chủ hồ sơ hoặc người đại diện".into(), "Cán bộ địa chính phường".into()],
        content: "Đo vẽ hiện trạng".into(),
    }
}
fn appoint(visit: Visit) -> Command {
    Command::Link(Link::Appoint { visit, applicant: true })
}
fn postpone(id: u32, when: &str, reason: &str) -> Command {
    Command::Link(Link::Postpone { id, at: at(when), place: None, reason: reason.into() })
}
fn call_off(id: u32, reason: &str) -> Command {
    Command::Link(Link::CallOff { id, reason: reason.into() })
}
fn minutes(when: &str, appointed: Option<u32>) -> Command {
    let findings = "Hiện trạng đúng hồ sơ.".into();
    Command::Link(Link::Verify { visit: Some(visit(when)), findings, conclusion: None, appointed })
}
fn link(refusal: LinkRefusal) -> Result<(), Refusal> {
    Err(Refusal::Link(refusal))
}
fn appointed() -> World {
    let mut w = brought_to(World::new("quang-nam"), Stage::Appraised);
    w.act(&staff(SPECIALIST), &appoint(visit(EIGHTH))).unwrap();
    w
}
/// Of what the applicant is told by the last event.
fn told(w: &World) -> Option<About> {
    let event: Event = serde_json::from_str(&w.history.last().unwrap().body).unwrap();
    About::of(&event)
}

#[test]
fn flw_03_a_visit_is_appointed_ahead_with_place_people_and_content_by_who_works_on_it() {
    let mut w = brought_to(World::new("quang-nam"), Stage::Appraised);
    let due = w.dossier().due_at;
    for late in ["2025-10-06T08:00:00+07:00", "2025-12-01T08:00:00+07:00"] {
        assert_eq!(w.act(&staff(SPECIALIST), &appoint(visit(late))), link(LinkRefusal::VisitTime { due }), "{late}");
    }
    let without = [
        Visit { place: " ".into(), ..visit(EIGHTH) },
        Visit { participants: vec![String::new()], ..visit(EIGHTH) },
        Visit { content: String::new(), ..visit(EIGHTH) },
    ];
    for wrong in without {
        assert_eq!(w.act(&staff(SPECIALIST), &appoint(wrong)), link(LinkRefusal::Appointment));
    }
    for stranger in [INTAKE, COLLEAGUE] {
        assert_eq!(w.act(&staff(stranger), &appoint(visit(EIGHTH))), Err(Refusal::NotTheHolder), "{stranger}");
    }
    w.act(&staff(SPECIALIST), &appoint(visit(EIGHTH))).unwrap();
    assert_eq!(told(&w), Some(About::VisitAppointed));
    assert_eq!(w.dossier().links.visits[0].at, at(EIGHTH));
    let said = w.history.iter().any(|line| line.body.contains("Thửa đất"));
    assert!(!said, "a place may be somebody's home: it stands beside the chain, not in it");
}

#[test]
fn flw_03_it_is_moved_or_called_off_with_a_reason_and_only_once() {
    let mut w = appointed();
    let later = "2025-10-09T14:00:00+07:00";
    assert_eq!(w.act(&staff(SPECIALIST), &postpone(1, later, " ")), link(LinkRefusal::NothingSaid));
    assert_eq!(w.act(&staff(COLLEAGUE), &postpone(1, later, "Mưa bão.")), Err(Refusal::NotTheHolder));
    assert_eq!(w.act(&staff(SPECIALIST), &postpone(7, later, "Mưa bão.")), link(LinkRefusal::Unknown { id: 7 }));
    w.act(&staff(SPECIALIST), &postpone(1, later, "Mưa bão.")).unwrap();
    assert_eq!((told(&w), w.dossier().links.visits[0].at), (Some(About::VisitMoved), at(later)));
    // A dossier that waits is no reason to let people wait on the spot.
    w.act(&staff(SPECIALIST), &suspend("2025-10-20T08:00:00+07:00")).unwrap();
    assert!(lawful(&staff(SPECIALIST), w.dossier(), &w.process).iter().any(|c| c.key() == "visit_changes"));
    w.act(&staff(SPECIALIST), &call_off(1, "Tạm dừng chờ giám định.")).unwrap();
    assert_eq!(told(&w), Some(About::VisitCalledOff));
    assert!(matches!(w.dossier().links.visits[0].stage, VisitStage::CalledOff { .. }));
    assert!(w.ask(&staff(SPECIALIST), &call_off(1, "Lần nữa.")).is_err(), "nothing is left to call off");
}

#[test]
fn flw_03_the_minutes_end_it_and_without_them_nobody_goes_on() {
    let mut w = appointed();
    let open = link(LinkRefusal::VisitOpen { at: at(EIGHTH) });
    assert_eq!(w.act(&staff(SPECIALIST), &Command::SubmitForApproval), open);
    assert_eq!(w.act(&staff(SPECIALIST), &minutes(EIGHTH, Some(1))), link(LinkRefusal::Visit), "it lies ahead");
    w.now = at("2025-10-08T10:00:00+07:00");
    let other = w.ask(&staff(SPECIALIST), &minutes(EIGHTH, Some(2))).map(drop);
    assert_eq!(other, link(LinkRefusal::Unknown { id: 2 }));
    let at_a_desk = Link::Verify { visit: None, findings: "Đúng.".into(), conclusion: None, appointed: Some(1) };
    assert_eq!(w.act(&staff(SPECIALIST), &Command::Link(at_a_desk)), link(LinkRefusal::Visit));
    w.act(&staff(SPECIALIST), &minutes(EIGHTH, Some(1))).unwrap();
    assert_eq!(w.dossier().links.visits[0].stage, VisitStage::Held { verification: 1 });
    assert_eq!(w.act(&staff(SPECIALIST), &minutes(EIGHTH, Some(1))), link(LinkRefusal::Done));
    w.act(&staff(SPECIALIST), &Command::SubmitForApproval).unwrap();
}

#[test]
fn flw_03_a_visit_without_minutes_calls_whoever_appointed_it_on_the_next_working_day() {
    let mut w = appointed();
    let call = |w: &World| {
        let all = due_moments(w.dossier(), &w.law());
        all.into_iter().find(|m| m.kind == DueKind::VisitMinutes)
    };
    let first = call(&w).unwrap();
    assert_eq!(first.at, at("2025-10-09T17:01:00+07:00"));
    let called = DueKind::VisitMinutes.calls(w.dossier(), first.nth, &w.profile);
    assert_eq!(called, [(Called::Holder, SPECIALIST), (Called::Agency, COMPETENT)]);
    w.now = at("2025-10-07T09:00:00+07:00");
    w.act(&staff(SPECIALIST), &postpone(1, "2025-10-10T08:30:00+07:00", "Mưa.")).unwrap();
    let moved = call(&w).unwrap();
    assert!(moved.at > first.at && moved.key() != first.key(), "another time is another call");
    w.act(&staff(SPECIALIST), &call_off(1, "Không cần nữa.")).unwrap();
    assert_eq!(call(&w), None);
}

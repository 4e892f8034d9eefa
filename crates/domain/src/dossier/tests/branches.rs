//! ILK-01 … ILK-05, FLW-03: what other agencies do for a dossier, and what is refused.

use super::world::*;
use crate::{
    dossier::{Command, Refusal},
    id::Id,
    interlink::{Body, Branch, Link, LinkRefusal, PartAsked, PartResult, Stage, Travel, Visit},
    profile::Level,
    time::Instant,
};

const IN_TIME: &str = "2025-10-09T17:00:00+07:00";

fn consult(agency: i64) -> Command {
    let asked = vec![(Id::new(agency), None)];
    Command::Link(Link::Consult {
        asked, content: "Vị trí có thuộc quy hoạch không?".into(), due_at: at(IN_TIME)
    })
}
fn reply() -> Command {
    Command::Link(Link::Reply { id: 1, text: "Không thuộc quy hoạch.".into(), files: vec![] })
}
fn part(agency: i64, due_at: &str) -> PartAsked {
    PartAsked {
        body: Body::Agency(Id::new(agency)),
        level: Level::Province,
        unit: None,
        work: "Xác nhận nghĩa vụ tài chính".into(),
        due_at: at(due_at),
        needs: vec![],
        posted: false,
        one_stop: None,
    }
}
fn open(travel: Travel, parts: Vec<PartAsked>) -> Command {
    Command::Link(Link::Open { travel, parts })
}
fn finish(id: u32) -> Command {
    let by = Id::new(0);
    let result = PartResult {
        text: "Đã xác nhận.".into(),
        number: Some("7/XN".into()),
        date: None,
        signer: None,
        files: vec![],
        by,
        at: Instant::from_millis(0),
    };
    Command::Link(Link::Finish { id, result })
}
fn give(id: u32, officer: i64) -> Command {
    Command::Link(Link::Give { id, officer: Id::new(officer) })
}
fn link(refusal: LinkRefusal) -> Result<(), Refusal> {
    Err(Refusal::Link(refusal))
}

/// CLK-06: while the deputy director looks at a proposal, whoever was asked may go on answering, and is told so.
#[test]
fn ilk_05_an_answer_is_offered_and_taken_while_a_proposal_waits_for_the_deputy() {
    let mut w = brought_to(World::new("dong-nai"), super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &consult(STRANGE)).unwrap();
    w.act(&staff(SPECIALIST), &super::beside::suspend("2025-10-30T17:00+07:00")).unwrap();
    assert!(w.dossier().proposal.is_some());
    let offered = |who: &crate::accounts::Who| crate::dossier::next(who, w.dossier(), &w.law());
    assert_eq!(offered(&staff(OTHER_SPECIALIST)), [crate::dossier::CommandName::Replies]);
    assert!(offered(&staff(COLLEAGUE)).is_empty(), "nobody else's business");
    assert!(w.ask(&staff(OTHER_SPECIALIST), &reply()).is_ok());
}

// ---- consultation -------------------------------------------------------------------------------------------------

#[test]
fn ilk_05_the_holder_asks_the_asked_agency_answers_and_the_holder_stays() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    let holder = w.dossier().holder.clone();
    w.act(&staff(SPECIALIST), &consult(STRANGE)).unwrap();
    assert_eq!(w.dossier().links.agencies(), [Id::new(STRANGE)]);
    assert_eq!(w.act(&staff(SPECIALIST), &reply()), Err(Refusal::NotTheHolder), "the asker does not answer for others");
    w.act(&staff(OTHER_SPECIALIST), &reply()).unwrap();
    assert!(w.dossier().links.consultations[0].is_answered());
    assert_eq!(w.act(&staff(OTHER_SPECIALIST), &reply()), link(LinkRefusal::Done));
    assert_eq!(w.dossier().holder, holder);
}

#[test]
fn ilk_05_only_whoever_works_on_the_content_asks_and_never_for_longer_than_the_dossier_has() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    assert_eq!(w.act(&staff(COLLEAGUE), &consult(STRANGE)), Err(Refusal::NotTheHolder));
    assert_eq!(w.act(&staff(OTHER_SPECIALIST), &consult(COMPETENT)), Err(Refusal::NotTheHolder));
    assert_eq!(w.act(&staff(SPECIALIST), &consult(COMPETENT)), link(LinkRefusal::Itself));
    let late = Command::Link(Link::Consult {
        asked: vec![(Id::new(STRANGE), None)],
        content: "x".into(),
        due_at: at("2026-10-09T17:00:00+07:00"),
    });
    assert_eq!(w.act(&staff(SPECIALIST), &late), link(LinkRefusal::Date { due: w.dossier().due_at }));
    let nobody = Command::Link(Link::Consult { asked: vec![], content: "x".into(), due_at: at(IN_TIME) });
    assert_eq!(w.act(&staff(SPECIALIST), &nobody), link(LinkRefusal::Nobody));
    let unit = Command::Link(Link::Consult {
        asked: vec![(Id::new(COMPETENT), Some(Id::new(999)))],
        content: "Ý kiến của phòng?".into(),
        due_at: at(IN_TIME),
    });
    assert_eq!(w.act(&staff(SPECIALIST), &unit), Ok(()), "another unit of the own agency may be asked");
}

#[test]
fn ilk_05_the_lead_tells_the_centre_once_and_only_when_the_date_has_passed() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &consult(STRANGE)).unwrap();
    let report = Command::Link(Link::Report { id: 1 });
    assert_eq!(w.act(&staff(SPECIALIST), &report), link(LinkRefusal::NotOverdue { due: at(IN_TIME) }));
    w.now = at("2025-10-10T08:00:00+07:00");
    assert_eq!(w.act(&staff(OTHER_HEAD), &report), Err(Refusal::NotTheHolder));
    w.act(&staff(SPECIALIST), &report).unwrap();
    assert_eq!(w.dossier().links.consultations[0].reported_at, Some(w.now));
    assert_eq!(w.act(&staff(SPECIALIST), &report), link(LinkRefusal::Told));
    w.act(&staff(OTHER_SPECIALIST), &reply()).unwrap();
}

/// DN 13.2b, QN 6.4d: whoever goes on without an overdue opinion has told the Centre; elsewhere nothing is asked.
#[test]
fn ilk_05_in_dong_nai_and_quang_nam_nothing_is_submitted_before_the_centre_knows_of_an_overdue_opinion() {
    use super::world::{Stage, appraise, brought_to};
    for province in ["dong-nai", "quang-nam", "vinh-long", "quang-ninh", "thua-thien-hue"] {
        let told = matches!(province, "dong-nai" | "quang-nam");
        let mut w = brought_to(World::new(province), Stage::Appraisal);
        w.act(&staff(SPECIALIST), &consult(STRANGE)).unwrap();
        w.act(&staff(SPECIALIST), &appraise()).unwrap();
        assert!(w.ask(&staff(SPECIALIST), &Command::SubmitForApproval).is_ok(), "{province}: not overdue yet");
        w.now = at("2025-10-10T08:00:00+07:00");
        let said = w.ask(&staff(SPECIALIST), &Command::SubmitForApproval);
        assert_eq!(said.is_err(), told, "{province}");
        if let Err(refused) = said {
            assert_eq!((refused.rule(), refused.code()), ("ILK-05", "consultation.not_told"));
            w.act(&staff(SPECIALIST), &Command::Link(Link::Report { id: 1 })).unwrap();
            assert!(w.ask(&staff(SPECIALIST), &Command::SubmitForApproval).is_ok(), "{province}");
        }
    }
}

// ---- verification -------------------------------------------------------------------------------------------------

#[test]
fn flw_03_a_verification_has_findings_and_a_visit_its_time_place_people_and_content() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    let visit = Visit {
        at: at("2025-10-06T08:00:00+07:00"),
        place: "Thửa đất số 12".into(),
        participants: vec!["Nguyễn Văn An, chủ hồ sơ".into()],
        content: "Đo hiện trạng".into(),
    };
    let verify = |visit: Option<Visit>, findings: &str| {
        Command::Link(Link::Verify { visit, findings: findings.into(), conclusion: None, appointed: None })
    };
    assert_eq!(w.act(&staff(SPECIALIST), &verify(None, " ")), link(LinkRefusal::NothingSaid));
    let ahead = Visit { at: at("2025-12-01T08:00:00+07:00"), ..visit.clone() };
    let nobody = Visit { participants: vec![" ".into()], ..visit.clone() };
    for wrong in [ahead, nobody, Visit { place: String::new(), ..visit.clone() }] {
        assert_eq!(w.act(&staff(SPECIALIST), &verify(Some(wrong), "Đúng")), link(LinkRefusal::Visit));
    }
    assert_eq!(w.act(&staff(COLLEAGUE), &verify(None, "Đúng")), Err(Refusal::NotTheHolder));
    w.act(&staff(SPECIALIST), &verify(Some(visit), "Hiện trạng đúng hồ sơ.")).unwrap();
    assert_eq!(w.dossier().links.verifications[0].findings, "Hiện trạng đúng hồ sơ.");
    let names = w.history.iter().any(|line| line.body.contains("Nguyễn Văn An"));
    assert!(!names, "whoever took part stands in the minutes, not in the chain");
}

// ---- parts --------------------------------------------------------------------------------------------------------

#[test]
fn ilk_01_paper_goes_from_agency_to_agency_in_the_order_set_and_back_to_the_lead() {
    let mut w = dossier_at(super::world::Stage::Accepted);
    let parts = vec![part(STRANGE, "2025-10-08T17:00:00+07:00"), part(40, IN_TIME)];
    // ILK-01: the counter that took it in sets the order.
    w.act(&staff(INTAKE), &open(Travel::Paper, parts)).unwrap();
    let stages = |w: &World| w.dossier().links.parts.iter().map(|p| p.stage.clone()).collect::<Vec<_>>();
    assert!(matches!(stages(&w)[..], [Stage::Open { .. }, Stage::Waiting]));
    let second = who(77, &[crate::accounts::Role::Specialist], 40, None);
    assert_eq!(w.act(&second, &finish(2)), link(LinkRefusal::Waits));
    assert_eq!(w.act(&second, &finish(1)), Err(Refusal::NotTheHolder));
    w.act(&staff(OTHER_HEAD), &give(1, OTHER_SPECIALIST)).unwrap();
    assert_eq!(w.act(&staff(OTHER_HEAD), &finish(1)), Err(Refusal::NotTheHolder), "one officer holds it now");
    w.act(&staff(OTHER_SPECIALIST), &finish(1)).unwrap();
    assert!(matches!(stages(&w)[..], [Stage::Done(_), Stage::Open { .. }]));
    w.act(&second, &finish(2)).unwrap();
    assert_eq!(w.dossier().links.unfinished().count(), 0);
}

#[test]
fn ilk_02_electronic_parts_open_at_once_unless_one_needs_the_result_of_another() {
    let mut w = dossier_at(super::world::Stage::Accepted);
    let third = PartAsked { needs: vec![1, 2], ..part(50, IN_TIME) };
    let parts = vec![part(STRANGE, IN_TIME), part(40, IN_TIME), third];
    w.act(&staff(HEAD), &open(Travel::Electronic, parts)).unwrap();
    let waiting = |w: &World| w.dossier().links.parts.iter().filter(|p| p.stage == Stage::Waiting).count();
    assert_eq!(waiting(&w), 1);
    w.act(&staff(OTHER_SPECIALIST), &finish(1)).unwrap();
    assert_eq!(waiting(&w), 1, "it needs two");
    w.act(&who(77, &[crate::accounts::Role::Specialist], 40, None), &finish(2)).unwrap();
    assert_eq!(waiting(&w), 0);
    let circular = PartAsked { needs: vec![2], ..part(60, IN_TIME) };
    let mut other = dossier_at(super::world::Stage::Accepted);
    let refused = other.act(&staff(HEAD), &open(Travel::Electronic, vec![circular, part(STRANGE, IN_TIME)]));
    assert_eq!(refused, link(LinkRefusal::Order));
}

#[test]
fn ilk_01_the_lead_submits_only_when_every_part_is_back_and_a_part_ends_within_the_total_date() {
    let mut w = dossier_at(super::world::Stage::Appraised);
    let late = part(STRANGE, "2026-01-05T17:00:00+07:00");
    let due = w.dossier().due_at;
    assert_eq!(w.act(&staff(SPECIALIST), &open(Travel::Paper, vec![late])), link(LinkRefusal::Date { due }));
    let wrong = vec![part(STRANGE, IN_TIME), part(40, "2025-10-08T17:00:00+07:00")];
    assert_eq!(w.act(&staff(SPECIALIST), &open(Travel::Paper, wrong)), link(LinkRefusal::DatesOutOfOrder));
    let itself = open(Travel::Paper, vec![part(COMPETENT, IN_TIME)]);
    assert_eq!(w.act(&staff(SPECIALIST), &itself), link(LinkRefusal::Itself));
    w.act(&staff(SPECIALIST), &open(Travel::Paper, vec![part(STRANGE, IN_TIME)])).unwrap();
    assert_eq!(w.act(&staff(SPECIALIST), &Command::SubmitForApproval), link(LinkRefusal::PartsOpen { count: 1 }));
    w.act(&staff(OTHER_SPECIALIST), &finish(1)).unwrap();
    assert_eq!(w.act(&staff(SPECIALIST), &Command::SubmitForApproval), Ok(()));
}

/// FLW-06: a ministry has no account here; what comes back from it is entered by the lead.
#[test]
fn flw_06_the_result_of_a_body_outside_is_entered_by_the_lead() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    let ministry = PartAsked { body: Body::Outside("Bộ Xây dựng".into()), ..part(0, IN_TIME) };
    w.act(&staff(SPECIALIST), &open(Travel::Paper, vec![ministry])).unwrap();
    assert_eq!(w.act(&staff(OTHER_SPECIALIST), &finish(1)), Err(Refusal::NotTheHolder));
    w.act(&staff(SPECIALIST), &finish(1)).unwrap();
    assert_eq!(w.dossier().links.unfinished().count(), 0);
}

#[test]
fn gr_6_nobody_without_a_part_acts_on_a_branch() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &open(Travel::Electronic, vec![part(STRANGE, IN_TIME)])).unwrap();
    w.act(&staff(SPECIALIST), &consult(STRANGE)).unwrap();
    let stranger = who(90, &[crate::accounts::Role::AgencyLeader], 60, None);
    for command in [consult(STRANGE), reply(), open(Travel::Paper, vec![part(40, IN_TIME)]), give(1, 90), finish(1)] {
        assert_eq!(w.act(&stranger, &command), Err(Refusal::NotTheHolder), "{command:?}");
    }
}

/// ILK-03, QN 6.4e, VL 11: a commune's dossier goes up through the province's one-stop unit, which passes it on; its result
/// comes back to the unit that took the dossier in. Huế's regulation of 2017 knows no such step.
#[test]
fn ilk_03_a_part_for_the_upper_level_goes_through_its_one_stop_unit() {
    for province in ["quang-nam", "vinh-long", "dong-nai", "quang-ninh", "thua-thien-hue"] {
        let mut w = World::new(province);
        w.provincial = false;
        let mut w = brought_to(w, super::world::Stage::Appraisal);
        let parts = vec![part(STRANGE, IN_TIME), PartAsked { level: Level::Commune, ..part(60, IN_TIME) }];
        w.act(&staff(SPECIALIST), &open(Travel::Electronic, parts)).unwrap();
        let stages: Vec<_> = w.dossier().links.parts.iter().map(|p| p.stage.clone()).collect();
        let through = province != "thua-thien-hue";
        assert_eq!(matches!(stages[0], Stage::AtOneStop { .. }), through, "{province}");
        assert!(matches!(stages[1], Stage::Open { .. }), "the commune's own level needs no such step");
        if !through {
            continue;
        }
        let upper = who(61, &[crate::accounts::Role::IntakeOfficer], OF_THE_CENTRE, Some(ELSEWHERE));
        let pass = Command::Link(Link::PassOn { id: 1 });
        assert_eq!(w.ask(&staff(OTHER_SPECIALIST), &give(1, OTHER_SPECIALIST)), Err(Refusal::NotTheHolder));
        assert_eq!(w.ask(&staff(INTAKE), &pass), Err(Refusal::NotTheHolder), "another one-stop unit");
        assert!(crate::dossier::lawful(&upper, w.dossier(), &w.process).iter().any(|c| c.key() == "parts"));
        w.act(&upper, &pass).unwrap();
        assert_eq!(w.ask(&upper, &pass).map(drop), link(LinkRefusal::Done));
        w.act(&staff(OTHER_SPECIALIST), &give(1, OTHER_SPECIALIST)).unwrap();
        w.act(&staff(OTHER_SPECIALIST), &finish(1)).unwrap();
        assert_eq!(w.dossier().intake.centre.raw(), HERE, "and back to the unit that took it in");
    }
}

/// ILK-04, DN 12.2đ: the lead agency sends the communes' parts, not the counter.
#[test]
fn ilk_04_in_dong_nai_the_lead_sends_the_local_parts() {
    for province in ["dong-nai", "quang-nam"] {
        let w = brought_to(World::new(province), super::world::Stage::Appraisal);
        let local = open(Travel::Electronic, vec![PartAsked { level: Level::Commune, ..part(60, IN_TIME) }]);
        let by_counter = w.ask(&staff(INTAKE), &local).map(drop);
        assert_eq!(by_counter.is_err(), province == "dong-nai", "{province}");
        assert!(w.ask(&staff(SPECIALIST), &local).is_ok(), "{province}");
    }
}

/// ILK-01, ILK-02: a way that the province does not know is closed.
#[test]
fn ilk_02_a_way_that_the_province_does_not_know_is_refused() {
    let mut w = brought_to(World::new("quang-nam"), super::world::Stage::Appraisal);
    w.profile.consultation.electronic_parallel = false;
    let parts = || vec![part(STRANGE, IN_TIME)];
    let closed = w.ask(&staff(SPECIALIST), &open(Travel::Electronic, parts())).map(drop);
    assert_eq!(closed, link(LinkRefusal::WayClosed));
    assert!(w.ask(&staff(SPECIALIST), &open(Travel::Paper, parts())).is_ok());
}

/// ILK-05, QN 6.4d, DN 13.2b: the click reaches the Centre and stays before it until somebody answers; the lead's own call
/// stays open as well.
#[test]
fn ilk_05_what_the_lead_reports_calls_the_centre_until_it_is_answered() {
    use crate::dossier::{Called, DueKind, due_moments};
    let mut w = dossier_at(super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &consult(STRANGE)).unwrap();
    let has = |w: &World, kind| due_moments(w.dossier(), &w.law()).iter().any(|m| m.kind == kind);
    w.now = at("2025-10-10T08:00:00+07:00");
    assert!(!has(&w, DueKind::ConsultationReported));
    w.act(&staff(SPECIALIST), &Command::Link(Link::Report { id: 1 })).unwrap();
    assert!(has(&w, DueKind::ConsultationReported) && has(&w, DueKind::ConsultationDue));
    let called = DueKind::ConsultationReported.calls(w.dossier(), 1, &w.profile);
    assert_eq!(called, [(Called::Centre, HERE)]);
    // CLK-07: who was asked is called too, before the date and after it.
    assert!(has(&w, DueKind::ConsultationNear));
    assert_eq!(DueKind::ConsultationNear.calls(w.dossier(), 1, &w.profile), [(Called::Agency, STRANGE)]);
    assert!(DueKind::ConsultationDue.calls(w.dossier(), 1, &w.profile).contains(&(Called::Agency, STRANGE)));
    w.act(&staff(OTHER_SPECIALIST), &reply()).unwrap();
    assert!(!has(&w, DueKind::ConsultationReported) && !has(&w, DueKind::ConsultationDue));
}

/// CLK-07: the agency that has a part hears of its date, and its officer once one has it in person.
#[test]
fn clk_07_whoever_has_a_part_is_called_near_its_date_and_after_it() {
    use crate::dossier::{Called, DueKind};
    let mut w = dossier_at(super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &open(Travel::Electronic, vec![part(STRANGE, IN_TIME)])).unwrap();
    assert_eq!(DueKind::PartNear.calls(w.dossier(), 1, &w.profile), [(Called::Agency, STRANGE)]);
    w.act(&staff(OTHER_HEAD), &give(1, OTHER_SPECIALIST)).unwrap();
    let near = DueKind::PartNear.calls(w.dossier(), 1, &w.profile);
    assert_eq!(near, [(Called::Holder, OTHER_SPECIALIST), (Called::Agency, STRANGE)]);
    let due = DueKind::PartDue.calls(w.dossier(), 1, &w.profile);
    assert!(due.contains(&(Called::Agency, STRANGE)) && due.contains(&(Called::Agency, COMPETENT)), "{due:?}");
}

/// ILK-01, ILK-05: an overdue dossier needs an opinion most; the broken promise does not forbid to ask for one.
#[test]
fn ilk_05_an_overdue_dossier_may_still_ask_and_open_parts() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    w.now = at("2025-11-10T08:00:00+07:00");
    assert!(w.dossier().due_at.unwrap() < w.now);
    let ahead = at("2025-11-14T17:00:00+07:00");
    let consult = |due_at| {
        let asked = vec![(Id::new(STRANGE), None)];
        Command::Link(Link::Consult { asked, content: "Ý kiến?".into(), due_at })
    };
    assert_eq!(w.ask(&staff(SPECIALIST), &consult(w.now)).map(drop), link(LinkRefusal::Date { due: None }));
    assert!(w.ask(&staff(SPECIALIST), &consult(ahead)).is_ok());
    let parts = vec![part(STRANGE, "2025-11-14T17:00:00+07:00")];
    w.act(&staff(SPECIALIST), &open(Travel::Paper, parts)).unwrap();
}

/// ILK-01, "no hồ sơ treo": a part of the wrong agency, or of one that is no more, is taken back and the lead goes on.
#[test]
fn ilk_01_the_lead_takes_a_part_back_and_what_needed_it_goes_on() {
    let mut w = dossier_at(super::world::Stage::Appraised);
    w.act(&staff(SPECIALIST), &open(Travel::Paper, vec![part(STRANGE, IN_TIME), part(40, IN_TIME)])).unwrap();
    let recall = |id: u32, reason: &str| Command::Link(Link::Recall { what: Branch::Part, id, reason: reason.into() });
    assert_eq!(w.ask(&staff(OTHER_HEAD), &recall(1, "x")), Err(Refusal::NotTheHolder));
    assert_eq!(w.ask(&staff(SPECIALIST), &recall(1, " ")).map(drop), link(LinkRefusal::NothingSaid));
    w.act(&staff(SPECIALIST), &recall(1, "Chọn nhầm cơ quan.")).unwrap();
    assert!(w.dossier().links.parts[1].is_open(), "the next sets out without it");
    assert!(w.ask(&staff(OTHER_SPECIALIST), &finish(1)).is_err(), "nobody is asked for it any more");
    w.act(&staff(SPECIALIST), &recall(2, "Cơ quan đã giải thể.")).unwrap();
    assert_eq!(w.ask(&staff(SPECIALIST), &recall(2, "Lại")).map(drop), link(LinkRefusal::Done));
    assert!(w.ask(&staff(SPECIALIST), &Command::SubmitForApproval).is_ok());
    let (state, _) = crate::dossier::replay(&w.history).unwrap();
    assert_eq!(&state, w.dossier());
}

/// ILK-05: who has not answered is not asked any more once the question is taken back.
#[test]
fn ilk_05_a_question_sent_in_error_is_taken_back() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &consult(STRANGE)).unwrap();
    let recall = Command::Link(Link::Recall { what: Branch::Consultation, id: 1, reason: "Gửi nhầm.".into() });
    w.act(&staff(SPECIALIST), &recall).unwrap();
    assert!(w.dossier().links.consultations[0].is_answered());
    assert!(w.ask(&staff(OTHER_SPECIALIST), &reply()).is_err());
}

/// ILK-01, CLK-05: after a re-appointment the parts get dates within the new one, on paper still in their order.
#[test]
fn ilk_01_parts_get_another_date_with_a_reason_and_in_order() {
    let mut w = dossier_at(super::world::Stage::Appraisal);
    w.act(&staff(SPECIALIST), &open(Travel::Paper, vec![part(STRANGE, IN_TIME), part(40, IN_TIME)])).unwrap();
    let redate = |id: u32, due: &str| {
        let (due_at, reason) = (at(due), "Đã hẹn lại.".to_owned());
        Command::Link(Link::Redate { what: Branch::Part, id, due_at, reason })
    };
    let early = w.ask(&staff(SPECIALIST), &redate(1, "2025-10-14T17:00:00+07:00")).map(drop);
    assert_eq!(early, link(LinkRefusal::DatesOutOfOrder), "the second would be due before the first");
    w.act(&staff(SPECIALIST), &redate(2, "2025-10-15T17:00:00+07:00")).unwrap();
    w.act(&staff(SPECIALIST), &redate(1, "2025-10-14T17:00:00+07:00")).unwrap();
    assert_eq!(w.dossier().links.parts[0].due_at, at("2025-10-14T17:00:00+07:00"));
    let beyond = w.ask(&staff(SPECIALIST), &redate(2, "2026-10-15T17:00:00+07:00")).map(drop);
    assert_eq!(beyond, link(LinkRefusal::Date { due: w.dossier().due_at }));
}

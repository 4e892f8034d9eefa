//! INT-05, INT-04, CLK-04: what form 02 asks in words is answered, in words or by a file, at the counter, by post, from home and by API;
//! the answer stands beside what was asked.

use crate::{
    desk::{PDF, desk, hidden, multipart, pairs},
    lifecycle::Case,
    online::home,
    world::World,
};
use domain::dossier::{Command, Problem, RequestItem};
use motcua::dossier::{Order, Target, store::Key};
use platform::db::{Query, params, sql};
use serde_json::{Value, json};

const ASKED: &str = "Ghi rõ nơi đặt biển báo.";
const SAID: &str = "Đặt ở cổng nhà ông Trần Văn Mẫu.";

/// A paper, and a point that names none.
fn both(c: &Case) -> Value {
    let paper = json!({"component": c.paper(), "problem": "wrong", "note": "Xin nộp bản có xác nhận."});
    json!({"items": [paper, {"problem": "incomplete", "note": ASKED}], "reason": "Giấy tờ chưa đúng quy định."})
}

async fn answers(c: &Case) -> Value {
    let path = format!("/api/v1/dossiers/{}/answers", c.code);
    c.w.get(&path).bearer(&c.keys["specialist"]).send().await.expect(200).json()
}

async fn by_api(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let list = both(&c);
    c.does("specialist", "supplement_requests", list).await;
    let with = |answers: Value| {
        let mut body = c.brought();
        body["answers"] = answers;
        body
    };
    let (whole, blank) = (with(json!([{"item": 2, "text": SAID}])), with(json!([{"item": 2, "text": "  "}])));
    let astray = with(json!([{"item": 1, "text": "x"}, {"item": 2, "text": SAID}]));
    c.refused("intake", "supplements", c.brought(), 409, "CLK-04", "supplement.unanswered").await;
    c.refused("intake", "supplements", blank, 409, "CLK-04", "supplement.unanswered").await;
    c.refused("intake", "supplements", astray, 409, "CLK-04", "supplement.no_such_item").await;
    assert_eq!(answers(&c).await, json!([]));
    // By post: what reached the Centre earlier counts from then, with its answer.
    c.w.at("2025-10-08T09:00:00+07:00");
    let d = c.does("intake", "supplements", whole).await;
    assert_eq!(d["status"], "in_progress");
    let told = answers(&c).await;
    assert_eq!((&told[0]["asked"]["note"], &told[0]["text"]), (&json!(ASKED), &json!(SAID)));
    // The words may name people: they stand in a row that can be erased, and nowhere in the chain.
    let path = format!("/api/v1/dossiers/{}/events", c.code);
    let events = c.w.get(&path).bearer(&c.keys["specialist"]).send().await.expect(200);
    assert!(events.text().contains("supplement_completed") && !events.text().contains("Trần Văn Mẫu"));
    assert_eq!(motcua::verify::all(&c.w.app.db, &c.w.app.blobs).await.unwrap().faults, []);
    let kept =
        c.w.app.db.read_blocking(|q| q.one(sql!("SELECT COUNT(*) FROM dossier_answers"), params![], |r| r.get(0)));
    let kept: i64 = kept.unwrap();
    assert_eq!(kept, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn int_05_a_point_asked_in_words_is_answered_before_the_limit_starts_on_sqlite() {
    by_api(World::sqlite()).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn int_05_a_point_asked_in_words_is_answered_before_the_limit_starts_on_postgresql() {
    by_api(World::postgres()).await;
}

/// At the counter: what the applicant says is typed; without it the form comes back whole, with the fault beside its field.
#[tokio::test(flavor = "multi_thread")]
async fn int_05_the_counter_writes_the_answer_down_and_the_officer_sees_it_beside_the_point() {
    let d = desk().await;
    let code = d.take_in().await;
    d.step(&d.head, &code, "phan-cong", &[("officer", &d.ha.officer.to_string())]).await.expect(303);
    let item = RequestItem { component: None, problem: Problem::Incomplete, note: ASKED.into() };
    let command = Command::RequestSupplement { items: vec![item], reason: Some("Chưa rõ.".into()), files: vec![] };
    let target = Target::Known { key: Key::Code(code.clone()), version: 2 };
    d.w.order(&d.ha, Order { target, command }).await.unwrap();
    let silent = d.step(&d.intake, &code, "nhan-bo-sung", &[("components.0.answer", " ")]).await.expect(422);
    assert!(silent.text().contains("id=\"components.0.answer-error\"") && silent.text().contains(ASKED));
    d.step(&d.intake, &code, "nhan-bo-sung", &[("components.0.answer", SAID)]).await.expect(303);
    let page = d.page(&d.specialist, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    let (point, answer) = (page.text().find(ASKED).unwrap(), page.text().find(SAID).unwrap());
    assert!(point < answer && page.text().contains("Người nộp trả lời phiếu yêu cầu bổ sung"));
}

/// From home: a file answers as well as words do; what was typed stays when the other is missing.
#[tokio::test(flavor = "multi_thread")]
async fn int_05_a_citizen_answers_from_home_in_words_or_by_a_file() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.fill(&session).await;
    let code = h.submit(&session, &draft).await.expect(303).location().strip_prefix("/da-nop/").unwrap().to_owned();
    let point = |note: &str| RequestItem { component: None, problem: Problem::Incomplete, note: note.into() };
    let command = Command::Guide { items: vec![point(ASKED), point("Gửi sơ đồ.")], reason: None };
    let target = Target::Known { key: Key::Code(code.clone()), version: 1 };
    h.w.order(&h.officer, Order { target, command }).await.unwrap();

    let at = format!("/bo-sung/{code}");
    let page = h.w.get(&at).cookie(&session).send().await.expect(200);
    assert!(
        page.text().contains("name=\"tra-loi.1\"") && page.text().contains("name=\"tep.item-2\""),
        "{}",
        page.text()
    );
    let texts = pairs(&[("once", &hidden(&page, "once")), ("act", "send"), ("tra-loi.1", SAID), ("tra-loi.2", "")]);
    let half = multipart(h.w.post(&at).cookie(&session), &texts, &[]).send().await.expect(422);
    assert!(half.text().contains("id=\"tra-loi.2-error\"") && half.text().contains(SAID), "{}", half.text());
    let files: [(&str, &str, &[u8]); 1] = [("tep.item-2", "so-do.pdf", PDF)];
    multipart(h.w.post(&at).cookie(&session), &texts, &files).send().await.expect(303);
    let officer = h.w.sign_in(&h.officer).await;
    let look = h.w.get(&format!("/can-bo/ho-so/{code}")).cookie(&officer).send().await.expect(200);
    for shown in [ASKED, SAID, "Gửi sơ đồ.", "so-do.pdf"] {
        assert!(look.text().contains(shown), "{shown}: {}", look.text());
    }
    assert_eq!(motcua::verify::all(&h.w.app.db, &h.w.app.blobs).await.unwrap().faults, []);
}

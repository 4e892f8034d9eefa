//! FEE-01, FEE-02: the counter asks for fees of the published schedule with the intake, by page and by API.

use crate::{
    desk::{Desk, PROCEDURE, desk, hidden},
    lifecycle::Case,
    world::{World, applicant},
};
use domain::{
    accounts::Role,
    catalogue::{FeeKind, FeeLine},
    dossier::Command,
};
use motcua::dossier::{Order, Target};
use serde_json::{Value, json};

const COPY: &str = "Cấp bản sao trích lục \"A\"";

/// The procedure with a schedule of one line that has an amount and one that only the text states.
async fn with_fees(w: &World, code: &str) {
    let version = w.app.reference().procedure(code).unwrap().version;
    let app = w.app.clone();
    let governing = w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let mut newer = governing.procedure.clone();
    let line = |kind, amount, text: &str| FeeLine {
        kind,
        amount,
        text: text.into(),
        basis: String::new(),
        effective_from: None,
    };
    for way in &mut newer.ways {
        way.fees = vec![
            line(FeeKind::Charge, Some(8_000), COPY),
            line(FeeKind::Fee, None, "Theo nghị quyết của Hội đồng nhân dân"),
        ];
    }
    w.put_in_force(&newer).await;
}

async fn counter() -> Desk {
    let d = desk().await;
    with_fees(&d.w, PROCEDURE).await;
    d
}

/// What the counter types for three copies.
fn three<'a>(key: &'a str, when: &'a str, proof: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("fees.0.line", key),
        ("fees.0.take", "1"),
        ("fees.0.quantity", "3"),
        ("fees_when", when),
        ("fees_proof", proof),
    ]
}

async fn key(d: &Desk) -> String {
    let page = d.page(&d.intake, &format!("/can-bo/tiep-nhan/{PROCEDURE}")).await.expect(200);
    assert!(page.text().contains("Theo nghị quyết của Hội đồng nhân dân"), "what only the text says is shown");
    hidden(&page, "fees.0.line").replace("&#34;", "\"").replace("&quot;", "\"")
}

#[tokio::test(flavor = "multi_thread")]
async fn fee_01_the_counter_ticks_a_line_sees_the_sum_and_the_return_desk_asks_for_it() {
    let d = counter().await;
    let key = key(&d).await;
    // Shown again by any other act, the sum stands there, and everything typed.
    let again = d.intake_form(&[three(&key, "at_return", ""), vec![("act", "again")]].concat()).await;
    let shown = d.send_intake(&again, &[]).await.expect(200);
    assert!(shown.text().contains("Phải thu 24.000") && shown.text().contains("value=\"3\""), "{}", shown.text());
    let done = d.send_intake(&d.intake_form(&three(&key, "at_return", "")).await, &[]).await.expect(303);
    let code = d.code_of(&d.page(&d.intake, done.location()).await.expect(200));
    d.until_approval(&code).await;
    d.step(&d.leader, &code, "phe-duyet", &[("decision", "grant")]).await.expect(303);
    let result = [("number", "118/TL"), ("date", "08/10/2025"), ("signer", "Lê Văn Ký")];
    d.step(&d.clerk, &code, "ket-qua", &result).await.expect(303);
    let desk = d.page(&d.returns, &format!("/can-bo/ho-so/{code}/tra-ket-qua")).await.expect(200);
    assert!(desk.text().contains("Còn phải thu 24.000") && desk.text().contains("nop-phi"), "{}", desk.text());
    d.step(&d.returns, &code, "nop-phi", &[("proof", "BL 9")]).await.expect(303);
    let desk = d.page(&d.returns, &format!("/can-bo/ho-so/{code}/tra-ket-qua")).await.expect(200);
    assert!(!desk.text().contains("Còn phải thu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn fee_02_money_taken_at_the_counter_needs_its_receipt_and_nothing_typed_is_lost() {
    let d = counter().await;
    let key = key(&d).await;
    let silent = d.intake_form(&three(&key, "paid", " ")).await;
    let wrong = d.send_intake(&silent, &[]).await.expect(422);
    assert!(wrong.text().contains("Xin ghi số biên lai") && wrong.text().contains("Đỗ Thị Ánh Nguyệt"));
    let many = [three(&key, "paid", "BL 12"), vec![("fees.0.quantity", "nhiều")]].concat();
    let wrong = d.send_intake(&d.intake_form(&many).await, &[]).await.expect(422);
    assert!(wrong.text().contains("Số lượng là số từ 1 đến 999") && wrong.text().contains("BL 12"));
    // The schedule changed while the form stood open: said beside the fees, and the form offers today's.
    let old = key.replace("8000", "7000");
    let wrong = d.send_intake(&d.intake_form(&three(&old, "paid", "BL 12")).await, &[]).await.expect(422);
    assert!(wrong.text().contains("không có trong biểu phí đã công bố"), "{}", wrong.text());
    let done = d.send_intake(&d.intake_form(&three(&key, "paid", "BL 12")).await, &[]).await.expect(303);
    let code = d.code_of(&d.page(&d.intake, done.location()).await.expect(200));
    let page = d.page(&d.intake, &format!("/can-bo/ho-so/{code}")).await.expect(200);
    assert!(page.text().contains("24.000") && page.text().contains("BL 12"), "{}", page.text());
}

/// FEE-02: asked for later, too, a line of the schedule is chosen and not copied by hand.
#[tokio::test(flavor = "multi_thread")]
async fn fee_02_a_fee_asked_for_later_is_chosen_from_the_schedule() {
    let d = counter().await;
    let code = d.take_in().await;
    let ha = d.ha.officer.to_string();
    d.step(&d.head, &code, "phan-cong", &[("officer", &ha)]).await.expect(303);
    let page = d.page(&d.specialist, &format!("/can-bo/ho-so/{code}/thong-bao-phi")).await.expect(200);
    assert!(page.text().contains("Khoản trong biểu phí đã công bố") && page.text().contains("8.000"));
    let key = format!("charge|8000|{COPY}");
    let wrong = [("line", key.as_str()), ("quantity", "0"), ("when", "at_return")];
    let page = d.step(&d.specialist, &code, "thong-bao-phi", &wrong).await.expect(422);
    assert!(page.text().contains("Số lượng là số từ 1 đến 999"));
    let asked = [("line", key.as_str()), ("quantity", "2"), ("when", "at_return")];
    d.step(&d.specialist, &code, "thong-bao-phi", &asked).await.expect(303);
    let page = d.page(&d.intake, &format!("/can-bo/ho-so/{code}/nop-phi")).await.expect(200);
    assert!(page.text().contains("16.000"), "{}", page.text());
}

fn body(c: &Case, change: &[(&str, Value)]) -> Value {
    let mut body = c.body.clone();
    for (name, value) in change {
        body[*name] = value.clone();
    }
    body
}

/// contract.md: the same by API, each fault beside its field.
#[tokio::test(flavor = "multi_thread")]
async fn fee_01_the_api_takes_lines_of_the_schedule_and_refuses_others() {
    let c = Case::empty(World::sqlite()).await;
    with_fees(&c.w, c.body["procedure"].as_str().unwrap()).await;
    let send = |once: &'static str, body: Value| {
        let call = c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once(once).json(&body);
        call.send()
    };
    let line =
        |amount: i64, quantity: i64| json!([{"kind": "charge", "text": COPY, "amount": amount, "quantity": quantity}]);
    let paid = [("fees", line(8_000, 2)), ("fees_proof", json!("BL 3"))];
    let done = send("1", body(&c, &paid)).await.expect(201).json();
    assert_eq!((&done["fees"][0]["amount"], done["fees"][0]["paid_at"].is_string()), (&json!(16_000), true), "{done}");
    let waits = [("fees", line(8_000, 1)), ("fees_when", json!("now"))];
    let done = send("2", body(&c, &waits)).await.expect(201).json();
    assert_eq!(done["status"], "awaiting_payment", "{done}");
    let refused = send("3", body(&c, &[("fees", line(9_000, 1))])).await.expect(409).json();
    assert_eq!((refused["code"].as_str(), refused["rule"].as_str()), (Some("fee.not_published"), Some("FEE-01")));
    for (once, change, field) in [
        ("4", vec![("fees", line(8_000, 0))], "fees.0.quantity"),
        ("5", vec![("fees", json!([{"kind": "thue", "amount": 1}]))], "fees.0.kind"),
        ("6", vec![("fees", line(8_000, 1)), ("fees_when", json!("mai"))], "fees_when"),
        ("7", vec![("fees", line(8_000, 1)), ("fees_proof", json!(" "))], "fees_proof"),
        ("8", vec![("fees", line(8_000, 1)), ("draft", json!(true))], "fees"),
    ] {
        let problem = send(once, body(&c, &change)).await.expect(422).json();
        assert_eq!(problem["errors"][0]["field"], field, "{problem}");
    }
}

/// INT-03, FEE-01: what was kept as a draft, or handed in online, is asked for when it is taken in, by page and by API.
#[tokio::test(flavor = "multi_thread")]
async fn fee_01_a_draft_is_asked_for_its_fees_when_it_is_taken_in() {
    let c = Case::empty(World::sqlite()).await;
    with_fees(&c.w, c.body["procedure"].as_str().unwrap()).await;
    let drafted =
        c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("1").json(&body(&c, &[("draft", json!(true))]));
    let drafted = drafted.send().await.expect(201).json();
    let at = format!("/api/v1/dossiers/{}/acceptances", drafted["id"].as_str().unwrap());
    let send = |once: &'static str, body: Value| {
        c.w.post(&at).bearer(&c.keys["intake"]).once(once).if_match(1).json(&body).send()
    };
    let line = |amount: i64| json!([{"kind": "charge", "text": COPY, "amount": amount}]);
    let problem = send("2", json!({"fees": line(8_000), "fees_when": "mai"})).await.expect(422).json();
    assert_eq!(problem["errors"][0]["field"], "fees_when", "{problem}");
    let refused = send("3", json!({"fees": line(9_000)})).await.expect(409).json();
    assert_eq!(refused["code"], "fee.not_published");
    let done = send("4", json!({"fees": line(8_000)})).await.expect(200).json();
    assert_eq!((&done["fees"][0]["amount"], &done["status"]), (&json!(8_000), &json!("accepted")), "{done}");
}

/// The same by page: the schedule of its channel, the sum of what is ticked, and nothing typed lost.
#[tokio::test(flavor = "multi_thread")]
async fn fee_01_the_page_that_takes_a_draft_in_asks_for_lines_of_the_schedule() {
    let d = counter().await;
    let centre = d.w.app.reference().main_centre().unwrap().agency;
    let centre = d.w.app.reference().agency(centre).unwrap().identifier.clone();
    let nga = d.w.officer("nga", &centre, &[Role::IntakeOfficer]).await;
    let command = Command::Draft { intake: d.w.intake(&nga, PROCEDURE), received_at: None };
    let order = Order { target: Target::New(Box::new(applicant())), command };
    let drafted = d.w.order(&nga, order).await.unwrap();
    let (session, id) = (d.w.sign_in(&nga).await, drafted.id.to_string());
    let page = d.page(&session, &format!("/can-bo/ho-so/{id}/tiep-nhan")).await.expect(200);
    let key = hidden(&page, "fees.0.line").replace("&#34;", "\"").replace("&quot;", "\"");
    let sum = [three(&key, "at_return", ""), vec![("act", "sum")]].concat();
    let shown = d.step(&session, &id, "tiep-nhan", &sum).await.expect(422);
    assert!(shown.text().contains("Phải thu 24.000") && shown.text().contains("value=\"3\""), "{}", shown.text());
    let wrong = d.step(&session, &id, "tiep-nhan", &three(&key, "paid", " ")).await.expect(422);
    assert!(wrong.text().contains("Xin ghi số biên lai") && wrong.text().contains("value=\"3\""));
    d.step(&session, &id, "tiep-nhan", &three(&key, "now", "")).await.expect(303);
    let page = d.page(&session, &format!("/can-bo/ho-so/{id}")).await.expect(200);
    assert!(page.text().contains("24.000") && page.text().contains("Chờ nộp phí"), "{}", page.text());
}

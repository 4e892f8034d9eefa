//! TRK-01, NTF-02: who writes a code to the Centre's number is answered with what anybody may know, once for each message.

use crate::{
    call::Answer,
    outside::{Gateway, Reply},
    world::{World, applicant},
};
use domain::{accounts::Role, dossier::Command};
use motcua::dossier::{Order, Target};
use serde_json::json;

const SECRET: &str = "mot-chuoi-bi-mat-dai";
const PROCEDURE: &str = "1.000080";

/// A world with a gateway and one dossier; its code.
async fn world(more: &str) -> (World, Gateway, String) {
    let (gateway, url) = Gateway::start().await;
    let text = format!("url='{url}/gui'\n[incoming]\nsecret='{SECRET}'\n{more}");
    let w = World::sqlite_with("quang-ninh", |config| config.notices.sms = Some(toml::from_str(&text).unwrap()));
    w.procedures(&[PROCEDURE]).await;
    let who = w.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let command = Command::TakeIn { intake: w.intake(&who, PROCEDURE), received_at: None, fees: None };
    let done = w.order(&who, Order { target: Target::New(Box::new(applicant())), command }).await.unwrap();
    (w, gateway, done.state.code.unwrap().to_string())
}

async fn write(w: &World, id: &str, text: &str) -> Answer {
    let message = json!({"from": "84987654321", "text": text, "id": id});
    w.post("/tin-den/sms").bearer(SECRET).json(&message).send().await
}

fn last(gateway: &Gateway) -> (String, String) {
    let posted = gateway.posted().pop().unwrap();
    let message: serde_json::Value = serde_json::from_str(&posted.body).unwrap();
    (message["to"].as_str().unwrap().to_owned(), message["text"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn trk_01_a_text_with_a_code_is_answered_with_the_public_status_and_names_nobody() {
    let (w, gateway, code) = world("").await;
    let answer = write(&w, "1", &format!("tc {} den dau roi", code.to_lowercase())).await.expect(200);
    assert_eq!(answer.json()["answered"], true);
    let (to, text) = last(&gateway);
    assert_eq!(to, "84987654321");
    assert!(text.starts_with(&format!("{code}: Da tiep nhan ho so cua ong/ba")), "{text}");
    assert!(text.contains(" Hen tra 17:00 ngay ") && text.contains(&format!("/tra-cuu/{code}")), "{text}");
    for hidden in ["Nguyen", "Thi Mau", "0912345678", "5678"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }

    write(&w, "2", "H49.28-251006-9999").await.expect(200);
    assert!(last(&gateway).1.starts_with("Chua tim thay ho so H49.28-251006-9999"), "{:?}", last(&gateway));
    write(&w, "3", "xin chao").await.expect(200);
    assert!(last(&gateway).1.contains("Xin nhan ma ho so"), "{:?}", last(&gateway));
    let counts = w.app.db.read_blocking(|q| motcua::notices::store::counts(q, "2025-01")).unwrap();
    assert_eq!(counts.iter().map(|c| c.sent).sum::<i64>(), 3, "each answer is on the bill: {counts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ntf_02_a_message_handed_over_twice_is_answered_once_and_again_after_a_failure() {
    let (w, gateway, code) = world("").await;
    for _ in 0..3 {
        write(&w, "m-1", &code).await.expect(200);
    }
    assert_eq!(gateway.posted().len(), 1);
    gateway.reply(&[Reply::status(500)]);
    write(&w, "m-2", &code).await.expect(503);
    write(&w, "m-2", &code).await.expect(200);
    assert_eq!(gateway.posted().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_only_the_provider_is_heard_and_a_closed_door_is_not_there() {
    let (w, gateway, code) = world("from_field='sender'\n").await;
    let message = json!({"sender": "+84987654321", "text": code, "id": 77});
    w.post("/tin-den/sms").json(&message).send().await.expect(401);
    w.post("/tin-den/sms").bearer("sai").json(&message).send().await.expect(401);
    w.post("/tin-den/sms")
        .bearer(SECRET)
        .json(&json!({"sender": "chu", "text": "", "id": "1"}))
        .send()
        .await
        .expect(422);
    w.post("/tin-den/sms")
        .bearer(SECRET)
        .json(&json!({"sender": "+84987654321", "text": code}))
        .send()
        .await
        .expect(422);
    assert_eq!(gateway.posted().len(), 0);
    w.post("/tin-den/sms").bearer(SECRET).json(&message).send().await.expect(200);
    let form = [("sender", "0987654321"), ("text", code.as_str()), ("id", "78")];
    w.post("/tin-den/sms").bearer(SECRET).form(&form).send().await.expect(200);
    assert_eq!(gateway.posted().len(), 2);
    let closed = World::sqlite();
    closed.post("/tin-den/sms").bearer(SECRET).json(&message).send().await.expect(404);
}

/// TRK-01: guessing codes by text messages is slowed like guessing them on the page, and costs the Centre no fortune.
#[tokio::test(flavor = "multi_thread")]
async fn trk_01_whoever_writes_without_end_is_not_answered_for_a_while() {
    let (w, gateway, _) = world("").await;
    for n in 0..30 {
        write(&w, &format!("n-{n}"), &format!("H49.28-251006-{n:04}")).await.expect(200);
    }
    let answered = gateway.posted().len();
    assert!((10..15).contains(&answered), "{answered}");
}

const OA_SECRET: &str = "bi-mat-cua-tai-khoan-oa";

/// A world with an official account, and one dossier; its code. The token lies in the first answer of the gateway.
async fn with_zalo() -> (World, Gateway, String) {
    let (gateway, url) = Gateway::start().await;
    gateway.reply(&[Reply::body(r#"{"access_token":"a1","refresh_token":"r1","expires_in":"90000"}"#)]);
    let text = format!(
        "token_url='{url}/token'\napp_id='42'\nsecret='x'\nrefresh_token='dau'\n\
         incoming={{secret='{OA_SECRET}', reply_url='{url}/tra-loi'}}\n"
    );
    let w = World::sqlite_with("quang-ninh", |config| config.notices.zalo = Some(toml::from_str(&text).unwrap()));
    w.procedures(&[PROCEDURE]).await;
    let who = w.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let command = Command::TakeIn { intake: w.intake(&who, PROCEDURE), received_at: None, fees: None };
    let done = w.order(&who, Order { target: Target::New(Box::new(applicant())), command }).await.unwrap();
    (w, gateway, done.state.code.unwrap().to_string())
}

/// Posts an event as Zalo does; `secret` is what it signs with.
async fn event(w: &World, name: &str, id: &str, text: &str, secret: &str) -> Answer {
    let body = json!({
        "app_id": "42", "event_name": name, "timestamp": "1699003881354", "sender": {"id": "6142494823"},
        "recipient": {"id": "3662729599"}, "message": {"text": text, "msg_id": id},
    });
    let body = body.to_string();
    let signed = <sha2::Sha256 as sha2::Digest>::digest(format!("42{body}1699003881354{secret}"));
    let call = w.post("/tin-den/zalo").header("x-zevent-signature", &format!("mac={}", domain::hex(&signed)));
    call.bytes("application/json", body).send().await
}

/// What was written back to whom.
fn told(gateway: &Gateway) -> Vec<(String, String)> {
    let replies = gateway.posted().into_iter().filter(|p| p.path == "/tra-loi");
    let read = |p: crate::outside::Posted| {
        assert_eq!(p.headers["access_token"], "a1");
        let said: serde_json::Value = serde_json::from_str(&p.body).unwrap();
        let text = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
        (text(&said["recipient"]["user_id"]), text(&said["message"]["text"]))
    };
    replies.map(read).collect()
}

/// TRK-01, NTF-01 two-way: Zalo answers what the SMS and the tracking page answer, names nobody, and each message once.
#[tokio::test(flavor = "multi_thread")]
async fn trk_01_a_zalo_text_with_a_code_is_answered_once_with_the_public_status_and_names_nobody() {
    let (w, gateway, code) = with_zalo().await;
    for _ in 0..3 {
        event(&w, "user_send_text", "m1", &format!("hồ sơ {code} đến đâu rồi"), OA_SECRET).await.expect(200);
    }
    let answers = told(&gateway);
    assert_eq!(answers.len(), 1, "{answers:?}");
    let (to, text) = &answers[0];
    assert_eq!(to, "6142494823");
    assert!(text.starts_with(&format!("{code}: Đã tiếp nhận hồ sơ của ông/bà")), "{text}");
    assert!(text.contains(" Hẹn trả 17:00 ngày ") && text.contains(&format!("/tra-cuu/{code}")), "{text}");
    for hidden in ["Nguyễn", "Thị Mẫu", "0912345678", "5678"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    event(&w, "user_send_text", "m2", "xin chào", OA_SECRET).await.expect(200);
    assert!(told(&gateway)[1].1.contains("Xin nhắn mã hồ sơ"), "{:?}", told(&gateway));
    let silent = event(&w, "user_send_image", "m3", &code, OA_SECRET).await.expect(200);
    assert_eq!((silent.json()["answered"].as_bool(), told(&gateway).len()), (Some(false), 2));
    // A failure on the way is tried again when Zalo comes again with the same message.
    gateway.reply(&[Reply::status(500)]);
    event(&w, "user_send_text", "m4", &code, OA_SECRET).await.expect(503);
    event(&w, "user_send_text", "m4", &code, OA_SECRET).await.expect(200);
    assert_eq!(told(&gateway).len(), 4);
    let counts = w.app.db.read_blocking(|q| motcua::notices::store::counts(q, "2025-01")).unwrap();
    assert_eq!(counts.iter().map(|c| c.sent).sum::<i64>(), 3, "what went out is counted: {counts:?}");
}

/// SEC-01: whoever does not know the account's secret asks nothing in anybody's name.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_an_event_that_zalo_did_not_sign_is_not_heard() {
    let (w, gateway, code) = with_zalo().await;
    event(&w, "user_send_text", "m1", &code, "mot-bi-mat-khac-han-di").await.expect(401);
    let bare = json!({"app_id": "42", "event_name": "user_send_text", "timestamp": "1"});
    w.post("/tin-den/zalo").json(&bare).send().await.expect(401);
    w.post("/tin-den/zalo").bytes("application/json", "[]").send().await.expect(422);
    assert_eq!(gateway.posted().len(), 0);
    World::sqlite().post("/tin-den/zalo").json(&bare).send().await.expect(404);
}

/// TRK-01: guessing codes by Zalo is slowed as by SMS.
#[tokio::test(flavor = "multi_thread")]
async fn trk_01_whoever_writes_by_zalo_without_end_is_not_answered_for_a_while() {
    let (w, gateway, _) = with_zalo().await;
    for n in 0..30 {
        event(&w, "user_send_text", &format!("n-{n}"), &format!("H49.28-251006-{n:04}"), OA_SECRET).await.expect(200);
    }
    let answered = told(&gateway).len();
    assert!((10..15).contains(&answered), "{answered}");
}

//! CLK-07 … CLK-09: deadlines are rows that fire once, by any number of workers, late ones marked; lists tell whom they call.

use crate::{lifecycle::Case, world::World};
use platform::db::{params, sql};
use serde_json::{Value, json};

async fn settle(c: &Case) -> Value {
    motcua::schedule::settle(&c.w.app).await.unwrap()["deadlines"].clone()
}

/// The keys of open calls on the officer's page.
async fn calls(c: &Case, login: &str) -> String {
    let who = c.w.app.reference().officers().find(|o| o.login == login).unwrap().who.clone();
    let session = c.w.sign_in(&who).await;
    let page = c.w.get("/can-bo/viec-can-chu-y").cookie(&session).send().await.expect(200);
    page.text().to_owned()
}

const NEAR: &str = "Sắp đến hạn";
const OVERDUE: &str = "Đã quá hạn";
const EARLY: &str = "Có kết quả trước hạn";

async fn overdue(w: World) {
    let mut c = Case::in_appraisal(w).await;
    assert_eq!(settle(&c).await, json!({"reminders": 0, "lapsed": 0, "late": 0}));
    let due: domain::time::Instant = c.last["due_at"].as_str().unwrap().parse().unwrap();
    c.w.at(&due.plus_millis(61_000).to_string());
    let (one, two) = tokio::join!(settle(&c), settle(&c));
    let fired = |v: &Value| v["reminders"].as_u64().unwrap();
    assert!(fired(&one) + fired(&two) >= 3, "step, near, overdue: {one} {two}");
    assert_eq!(fired(&settle(&c).await), 0, "each fires once");
    let holder = calls(&c, "specialist").await;
    assert!(holder.contains(OVERDUE) && holder.contains(NEAR) && holder.contains("báo muộn"), "{holder}");
    assert_eq!(holder.matches(OVERDUE).count(), 1);
    assert!(calls(&c, "leader").await.contains(OVERDUE), "escalated to the agency's head");
    assert!(calls(&c, "deputy").await.contains(OVERDUE), "and to the Centre");
    assert!(!calls(&c, "colleague").await.contains(OVERDUE), "but to nobody else");
    // The clock steps back and forth: nothing fires again.
    c.w.at("2025-10-06T09:00:00+07:00");
    assert_eq!(fired(&settle(&c).await), 0);
    c.w.at(&due.plus_millis(600_000).to_string());
    assert_eq!(fired(&settle(&c).await), 0);
    // CLK-08: the cause; then it is done, and nobody is called any more.
    c.does("leader", "overdue_causes", json!({"cause": "Chờ xác minh.", "justified": false})).await;
    c.does("intake", "withdrawals", json!({"reason": "Thôi."})).await;
    assert!(!calls(&c, "specialist").await.contains(OVERDUE));
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_07_a_deadline_fires_once_and_calls_holder_head_and_centre_on_sqlite() {
    overdue(World::sqlite()).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn clk_07_a_deadline_fires_once_and_calls_holder_head_and_centre_on_postgres() {
    overdue(World::postgres()).await;
}

async fn lapses(w: World) {
    let mut c = Case::in_appraisal(w).await;
    let list = c.list();
    let until = c.does("specialist", "supplement_requests", list).await["request"]["until"].clone();
    let until: domain::time::Instant = until.as_str().unwrap().parse().unwrap();
    c.w.at(&until.to_string());
    assert_eq!(settle(&c).await["lapsed"], 0, "the last minute is the applicant's");
    c.w.at(&until.plus_millis(60_000).to_string());
    let (one, two) = tokio::join!(settle(&c), settle(&c));
    assert_eq!(one["lapsed"].as_u64().unwrap() + two["lapsed"].as_u64().unwrap(), 1, "{one} {two}");
    let d = c.w.get(&format!("/api/v1/dossiers/{}", c.code)).bearer(&c.keys["intake"]).send().await.expect(200).json();
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("stopped"), Some(8)));
    assert_eq!(c.slips().await, 3, "receipt, form 02, notice");
    let found = motcua::verify::all(&c.w.app.db, &c.w.app.blobs).await.unwrap();
    assert_eq!(found.faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn int_04_an_unanswered_supplement_lapses_once_with_its_notice_on_sqlite() {
    lapses(World::sqlite()).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn int_04_an_unanswered_supplement_lapses_once_with_its_notice_on_postgres() {
    lapses(World::postgres()).await;
}

/// FLW-08: a suspended dossier goes on by itself, and the system stands in the history.
#[tokio::test(flavor = "multi_thread")]
async fn flw_08_a_suspension_ends_by_itself() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    c.does("specialist", "suspensions", json!({"reason": "Chờ giám định.", "until": "2025-10-10"})).await;
    c.w.at("2025-10-10T17:00:00+07:00");
    assert_eq!(settle(&c).await["lapsed"], 1);
    let path = format!("/api/v1/dossiers/{}/events", c.code);
    let events = c.w.get(&path).bearer(&c.keys["intake"]).send().await.expect(200).json();
    let last = events.as_array().unwrap().last().unwrap();
    assert_eq!((last["kind"].as_str(), &last["officer"]), (Some("resumed"), &Value::Null));
}

/// CLK-09: done early, the desk invites the applicant; RES-03: unclaimed, it reminds.
#[tokio::test(flavor = "multi_thread")]
async fn clk_09_an_early_result_is_told_to_the_desk_and_an_unclaimed_one_again() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    c.does("specialist", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
    c.does("specialist", "submissions", json!({})).await;
    c.does("leader", "approvals", json!({"decision": "grant"})).await;
    let result = json!({"number": "12/TLKH", "date": "2025-10-06", "signer": "Phạm Văn Lãnh", "files": []});
    c.does("clerk", "results", result).await;
    assert_eq!(settle(&c).await["reminders"], 1);
    assert!(calls(&c, "desk").await.contains(EARLY));
    c.w.at("2025-10-13T17:01:00+07:00");
    assert_eq!(settle(&c).await["reminders"], 1, "five working days");
    assert!(calls(&c, "desk").await.contains("Kết quả chưa có người nhận"));
}

/// CLK-08, DN 13.3b: published where the regulation says so, and without anything personal.
#[tokio::test(flavor = "multi_thread")]
async fn clk_08_overdue_without_reason_is_public_in_dong_nai_and_not_in_quang_ninh() {
    for (province, published) in [("dong-nai", true), ("quang-ninh", false)] {
        let mut c = Case::in_appraisal(World::sqlite_of(province)).await;
        let due: domain::time::Instant = c.last["due_at"].as_str().unwrap().parse().unwrap();
        let empty = c.w.get("/cong-khai/qua-han").send().await;
        assert_eq!(empty.status.as_u16(), if published { 200 } else { 404 }, "{province}");
        c.w.at(&due.plus_millis(86_400_000).to_string());
        if !published {
            continue;
        }
        let page = c.w.get("/cong-khai/qua-han").send().await.expect(200);
        assert!(page.text().contains(&c.code) && !page.text().contains("Nguyễn Thị Mẫu"));
        c.does("specialist", "overdue_causes", json!({"cause": "Bão lụt.", "justified": true})).await;
        let page = c.w.get("/cong-khai/qua-han").send().await.expect(200);
        assert!(!page.text().contains(&c.code), "the law knows the reason");
    }
}

/// A dossier from before deadlines were rows gets them without anybody touching it, and they fire.
async fn owed(w: World) {
    let c = Case::in_appraisal(w).await;
    let forget = |unit: &mut platform::db::Unit| {
        unit.execute(sql!("DELETE FROM due_moments"), params![])?;
        unit.execute(sql!("INSERT INTO due_moments_owed (dossier_id) SELECT id FROM dossiers"), params![])
    };
    assert_eq!(c.w.app.db.unit(forget).await.unwrap(), 1);
    assert_eq!(motcua::attention::keep_owed(&c.w.app).await.unwrap(), 1);
    assert_eq!(motcua::attention::keep_owed(&c.w.app).await.unwrap(), 0, "once");
    let due: domain::time::Instant = c.last["due_at"].as_str().unwrap().parse().unwrap();
    c.w.at(&due.plus_millis(61_000).to_string());
    settle(&c).await;
    assert!(calls(&c, "leader").await.contains(OVERDUE));
}

#[tokio::test]
async fn clk_07_an_older_dossier_gets_its_deadlines_without_a_command_on_sqlite() {
    owed(World::sqlite()).await;
}
#[tokio::test]
async fn clk_07_an_older_dossier_gets_its_deadlines_without_a_command_on_postgres() {
    owed(World::postgres()).await;
}

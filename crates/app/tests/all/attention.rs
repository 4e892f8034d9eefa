//! CLK-07 … CLK-09: deadlines are rows that fire once, by any number of workers, late ones marked; lists tell whom they call.

use crate::{lifecycle::Case, world::World};
use motcua::attention::{Columns, KeptMoment};
use platform::db::{Migration, Query, Reader, Unit, idempotency, params, sql};
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

const REPORT: &str = "Báo cáo hồ sơ quá hạn";
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
        // Nobody excuses oneself (DN 7.2), and an officer's free words, which may name people, are not published.
        let excuse = json!({"cause": "Chờ ông Trần Văn Bí Mật.", "justified": true});
        c.refused("specialist", "overdue_causes", excuse.clone(), 409, "CLK-08", "overdue.centre_excuses").await;
        c.does("specialist", "overdue_causes", json!({"cause": "Chờ ông Trần Văn Bí Mật.", "justified": false})).await;
        let page = c.w.get("/cong-khai/qua-han").send().await.expect(200);
        assert!(page.text().contains(&c.code) && !page.text().contains("Bí Mật"));
        c.does("deputy", "overdue_causes", excuse).await;
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

/// CLK-11, DN 12.1, VL 8.6: urged by the Centre, the agency hears at once, answers in writing, and its silence is told.
#[tokio::test(flavor = "multi_thread")]
async fn clk_11_the_centre_urges_the_agency_answers_and_silence_is_told() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    let urge = json!({"text": "Xin giải quyết trước thứ Sáu.", "answer_by": "2025-10-08"});
    c.refused("specialist", "urgings", urge.clone(), 403, "GR-6", "dossier.not_the_holder").await;
    let d = c.does("deputy", "urgings", urge).await;
    assert_eq!((d["urgings"][0]["id"].as_str(), &d["urgings"][0]["answer"]), (Some("1"), &Value::Null));
    settle(&c).await;
    for login in ["specialist", "leader"] {
        assert!(calls(&c, login).await.contains("Trung tâm hoặc lãnh đạo đôn đốc"), "{login}");
    }
    c.w.at("2025-10-08T17:01:00+07:00");
    settle(&c).await;
    assert!(calls(&c, "deputy").await.contains("Cơ quan chưa trả lời đôn đốc"));
    let wrong = json!({"id": "7", "text": "Xong thứ Sáu."});
    c.refused("specialist", "urging_answers", wrong, 409, "CLK-11", "urging.nothing_to_answer").await;
    let d = c.does("specialist", "urging_answers", json!({"id": "1", "text": "Xong thứ Sáu."})).await;
    assert_eq!(d["urgings"][0]["answer"], "Xong thứ Sáu.");
    assert!(!calls(&c, "deputy").await.contains("chưa trả lời đôn đốc"), "what was answered is closed");
}

/// CLK-11: the same by the pages, with everything typed kept.
#[tokio::test(flavor = "multi_thread")]
async fn clk_11_the_pages_urge_and_answer() {
    let c = Case::in_appraisal(World::sqlite()).await;
    let who = |login: &str| c.w.app.reference().officers().find(|o| o.login == login).unwrap().who.clone();
    let (deputy, specialist) = (c.w.sign_in(&who("deputy")).await, c.w.sign_in(&who("specialist")).await);
    let page = format!("/can-bo/ho-so/{}", c.code);
    let version = c.last["version"].to_string();
    let urge = format!("{page}/don-doc");
    c.w.get(&urge).cookie(&deputy).send().await.expect(200);
    c.w.get(&urge).cookie(&specialist).send().await.expect(409);
    let typed = [("version", version.as_str()), ("once", "u1"), ("reason", "Xin giải quyết ngay.")];
    let again = c.w.post(&urge).cookie(&deputy).form(&[&typed[..], &[("answer_by", "mai")]].concat()).send().await;
    assert!(again.expect(422).text().contains("Xin giải quyết ngay."));
    let full = [&typed[..], &[("answer_by", "08/10/2025")]].concat();
    c.w.post(&urge).cookie(&deputy).form(&full).send().await.expect(303);
    let answer = format!("{page}/tra-loi-don-doc");
    let shown = c.w.get(&answer).cookie(&specialist).send().await.expect(200);
    assert!(shown.text().contains("Xin giải quyết ngay."));
    let version = (c.last["version"].as_u64().unwrap() + 1).to_string();
    let said = [("version", version.as_str()), ("once", "u2"), ("id", "1"), ("reason", "Xong ngày mai.")];
    c.w.post(&answer).cookie(&specialist).form(&said).send().await.expect(303);
    let dossier = c.w.get(&page).cookie(&deputy).send().await.expect(200);
    assert!(dossier.text().contains("Cơ quan trả lời đôn đốc"));
}

/// RES-01: signed and not issued, the promised day passes: holder's agency and Centre are told, and the chip says so.
#[tokio::test(flavor = "multi_thread")]
async fn res_01_a_signed_paper_that_nobody_issues_is_told_when_its_day_passes() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    let due: domain::time::Instant = c.last["due_at"].as_str().unwrap().parse().unwrap();
    c.does("specialist", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
    c.does("specialist", "submissions", json!({})).await;
    c.does("leader", "approvals", json!({"decision": "grant"})).await;
    c.w.at(&due.plus_millis(61_000).to_string());
    settle(&c).await;
    for login in ["leader", "deputy"] {
        assert!(calls(&c, login).await.contains("chưa vào số, phát hành"), "{login}");
    }
    let result = json!({"number": "12/TLKH", "date": "2025-10-06", "signer": "Phạm Văn Lãnh", "files": []});
    c.does("clerk", "results", result).await;
    assert!(!calls(&c, "deputy").await.contains("chưa vào số, phát hành"));
}

/// CLK-08, DN 7.2, 13.3b: the Chairman hears when the cause is there, or when nobody gave one within a working day.
#[tokio::test(flavor = "multi_thread")]
async fn clk_08_the_chairman_hears_of_lateness_with_its_cause() {
    let mut c = Case::in_appraisal(World::sqlite_of("dong-nai")).await;
    let province = c.w.app.profile.province.identifier.clone();
    c.w.officer("chutich", &province, &[domain::accounts::Role::ProvinceLeader]).await;
    let due: domain::time::Instant = c.last["due_at"].as_str().unwrap().parse().unwrap();
    c.w.at(&due.plus_millis(61_000).to_string());
    settle(&c).await;
    assert!(!calls(&c, "chutich").await.contains(REPORT), "the cause is made clear first");
    c.does("leader", "overdue_causes", json!({"cause": "Thiếu người.", "justified": false})).await;
    settle(&c).await;
    assert!(calls(&c, "chutich").await.contains(REPORT));
    c.does("deputy", "overdue_causes", json!({"cause": "Bão lụt.", "justified": true})).await;
    assert!(!calls(&c, "chutich").await.contains(REPORT), "what the Centre accepts is reported no more");
}

/// Deadlines of a data base from before they lay in one row are the same after `migrate`, fired ones too; so is the answer kept
/// under an API key.
async fn brought_along(w: World) {
    let c = Case::in_appraisal(w).await;
    let read = |q: &mut Reader| {
        q.rows(sql!("SELECT moments, reminds_at, acts_at, last_at FROM due_moments"), params![], |r| {
            let columns = Columns { reminds_at: r.get(1)?, acts_at: r.get(2)?, last_at: r.get(3)? };
            let mut all = KeptMoment::all_of(&r.get::<String>(0)?).unwrap();
            all.sort_by(|a, b| a.key.cmp(&b.key));
            Ok((all, columns))
        })
    };
    let (mut expected, _) = c.w.app.db.read(read).await.unwrap().remove(0);
    expected[0].fired = true;
    expected.push(KeptMoment { key: "suspension_end/7/0".into(), fires_at: 9, fired: false });
    let before = expected.clone();
    let dossier = |q: &mut Reader| q.one(sql!("SELECT dossier_id FROM due_moments"), params![], |r| r.get::<i64>(0));
    let dossier = c.w.app.db.read(dossier).await.unwrap();
    let row = |m: &KeptMoment| {
        let (fired_at, acts) = (if m.fired { "1" } else { "NULL" }, if m.acts() { "TRUE" } else { "FALSE" });
        format!("({dossier}, '{}', '{}', {acts}, {}, {fired_at}, FALSE)", m.key, m.kind_key(), m.fires_at)
    };
    let rows: Vec<String> = before.iter().map(row).collect();
    let table = "DROP TABLE due_moments;
        CREATE TABLE due_moments (dossier_id BIGINT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, acts BOOLEAN NOT NULL,
          fires_at BIGINT NOT NULL, fired_at BIGINT, late BOOLEAN NOT NULL, PRIMARY KEY (dossier_id, key));
        INSERT INTO due_moments VALUES ";
    let back = Migration { name: "9999_as_it_was", sql: format!("{table}{};", rows.join(", ")).leak() };
    c.w.app.db.migrate(&[motcua::cli::MIGRATIONS, &[back]].concat(), 0).unwrap();
    let as_it_was = |unit: &mut Unit| {
        let kept = sql!("INSERT INTO idempotency VALUES ($1, 'k', 'h', 201, 'answer', 1)");
        unit.execute(kept, params![format!("key/{}", "0123456789abcdef".repeat(4))])?;
        unit.execute(sql!("DELETE FROM schema_migrations WHERE name >= '0340_storage'"), params![])
    };
    assert!(c.w.app.db.unit(as_it_was).await.unwrap() >= 2);
    c.w.app.db.migrate(motcua::cli::MIGRATIONS, 0).unwrap();
    expected.sort_by(|a, b| a.key.cmp(&b.key));
    let columns = KeptMoment::columns(&expected);
    assert_eq!(columns.acts_at, Some(9));
    assert_eq!(c.w.app.db.read(read).await.unwrap(), [(expected, columns)]);
    let known = |q: &mut Reader| idempotency::answer_to(q, "key/0123456789abcdef", "k");
    assert_eq!(c.w.app.db.read(known).await.unwrap().unwrap().body, "answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_07_deadlines_from_before_are_brought_along_by_migrate_on_sqlite() {
    brought_along(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_07_deadlines_from_before_are_brought_along_by_migrate_on_postgresql() {
    brought_along(World::postgres()).await;
}

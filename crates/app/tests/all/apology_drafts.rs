//! CLK-05, CLK-06: form 04 is drafted by the system before D−1, kept, filled in by the agency and signed by its leader; and what waits
//! for somebody's word is read by API.

use crate::{lifecycle::Case, world::World};
use platform::db::{params, sql};
use serde_json::{Value, json};

const PAGE: &str = "/can-bo/phieu-xin-loi";

async fn settle(c: &Case) -> Value {
    motcua::schedule::settle(&c.w.app).await.unwrap()["deadlines"].clone()
}

async fn session(c: &Case, login: &str) -> String {
    let who = c.w.app.reference().officers().find(|o| o.login == login).unwrap().who.clone();
    c.w.sign_in(&who).await
}

async fn list(c: &Case, login: &str) -> String {
    let cookie = session(c, login).await;
    c.w.get(PAGE).cookie(&cookie).send().await.expect(200).text().to_owned()
}

async fn proposals(c: &Case, who: &str) -> Value {
    let path = format!("/api/v1/dossiers/{}/proposals", c.code);
    c.w.get(&path).bearer(&c.keys[who]).send().await.expect(200).json()
}

/// Some minutes after the moment at which form 04 is drafted: two working days before the date.
fn to_the_draft(c: &Case, more_minutes: i64) {
    let app = c.w.app.clone();
    let code = c.code.clone();
    let at = c.w.app.db.read_blocking(move |q| {
        let key = motcua::dossier::store::Key::Code(code);
        let kept = motcua::dossier::store::find(q, &domain::accounts::Scope::Province, &key)?.unwrap();
        let (reference, governing) = (app.reference(), app.versions.of(q, &kept.state.intake)?);
        let law = motcua::dossier::law(&app, &reference, &governing, &kept.state.intake).unwrap();
        Ok::<_, motcua::error::AppError>(domain::dossier::apology_drafted_at(&kept.state, &law).unwrap())
    });
    c.w.at(&at.unwrap().plus_millis(more_minutes * 60_000).to_string());
}

async fn drafted_filled_and_signed(w: World) {
    let mut c = Case::in_appraisal(w).await;
    to_the_draft(&c, -1);
    settle(&c).await;
    assert!(!list(&c, "leader").await.contains(&c.code), "it is not time yet");
    to_the_draft(&c, 1);
    // Any number of workers: one draft.
    let (one, two) = tokio::join!(settle(&c), settle(&c));
    assert!(one["reminders"].as_u64().unwrap() + two["reminders"].as_u64().unwrap() >= 1, "{one} {two}");
    let page = list(&c, "leader").await;
    assert_eq!(page.matches(&format!("ho-so/{}/xin-loi", c.code)).count(), 1, "{page}");
    assert!(page.contains("chưa điền lý do") && !page.contains("soạn muộn"), "{page}");
    assert!(list(&c, "specialist").await.contains(&c.code), "whoever has the dossier fills it in");
    assert!(!list(&c, "colleague").await.contains(&c.code) && !list(&c, "intake").await.contains(&c.code));
    let duyet = c.w.get("/can-bo/duyet").cookie(&session(&c, "leader").await).send().await.expect(200);
    assert!(duyet.text().contains(PAGE), "the leader's own list says that something waits");
    let waits = proposals(&c, "leader").await;
    assert_eq!((&waits[0]["what"], &waits[0]["state"]), (&json!("apology"), &json!("drafted")));
    assert_eq!((&waits[0]["reason"], &waits[0]["new_due_at"]), (&Value::Null, &Value::Null));

    found_where_it_does_not_belong(&c).await;

    // The specialist fills in what is known and keeps it; nothing is asked of a draft.
    let form = format!("/can-bo/ho-so/{}/xin-loi", c.code);
    let cookie = session(&c, "specialist").await;
    let kept = [("act", "keep"), ("reason", "Chờ đo lại ranh giới."), ("day", "other"), ("new_due_at", "ngày mai")];
    let kept = c.w.post(&form).cookie(&cookie).form(&kept).send().await.expect(303);
    assert!(kept.location().ends_with("?xong=draft"), "{}", kept.location());
    let waits = proposals(&c, "specialist").await;
    assert_eq!((&waits[0]["by"], &waits[0]["reason"]), (&json!("specialist"), &json!("Chờ đo lại ranh giới.")));
    let cookie = session(&c, "leader").await;
    let shown = c.w.get(&form).cookie(&cookie).send().await.expect(200);
    for there in ["Chờ đo lại ranh giới.", "ngày mai", "Hệ thống đã soạn phiếu này lúc"] {
        assert!(shown.text().contains(there), "{there}: {}", shown.text());
    }
    assert!(list(&c, "leader").await.contains("đã điền"));

    // The leader signs, and the draft is gone; whoever has the dossier goes on.
    assert!(c.next_of("leader").await.contains(&"apologies".to_owned()));
    let holder = c.last["holder"].clone();
    let new = json!({"reason": "Chờ đo lại ranh giới.", "new_due_at": "2026-03-20"});
    let d = c.does("leader", "apologies", new).await;
    assert_eq!((&d["holder"], d["apologies"].as_array().unwrap().len()), (&holder, 1));
    assert_eq!(d["due_at"], "2026-03-20T17:00:00+07:00");
    assert!(!list(&c, "leader").await.contains(&c.code));
    assert_eq!(proposals(&c, "leader").await, json!([]));
    assert_eq!(motcua::verify::all(&c.w.app.db, &c.w.app.blobs).await.unwrap().faults, []);
}

/// `verify` looks at the drafts too: each change is found, and each has its way back.
async fn found_where_it_does_not_belong(c: &Case) {
    let changes = [
        (
            sql!("UPDATE apology_drafts SET closed_at = 1 WHERE closed_at IS NULL"),
            sql!("UPDATE apology_drafts SET closed_at = NULL WHERE closed_at = 1"),
            "no letter of apology waits",
        ),
        (
            sql!("UPDATE apology_drafts SET key = 'x/' || key"),
            sql!("UPDATE apology_drafts SET key = REPLACE(key, 'x/', '')"),
            "no deadline drafted its letter",
        ),
        (
            sql!("UPDATE apology_drafts SET agency_id = agency_id + 1"),
            sql!("UPDATE apology_drafts SET agency_id = agency_id - 1"),
            "waits with another agency",
        ),
        (
            sql!("UPDATE apology_drafts SET due_at = due_at + 60000"),
            sql!("UPDATE apology_drafts SET due_at = due_at - 60000"),
            "which is not its own",
        ),
    ];
    for (change, back, told) in changes {
        c.w.app.db.unit(move |unit| unit.execute(change, params![])).await.unwrap();
        let found = placed(c).await;
        assert!(found.contains(told), "{told}: {found}");
        c.w.app.db.unit(move |unit| unit.execute(back, params![])).await.unwrap();
        assert_eq!(placed(c).await, "");
    }
}

async fn placed(c: &Case) -> String {
    let mut found = motcua::verify::Verified::default();
    motcua::verify::hold_against_law(&c.w.app.db, &c.w.app.profile, c.w.app.now(), &mut found).await.unwrap();
    found.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn clk_05_form_04_is_drafted_once_kept_filled_in_and_signed_by_the_leader_on_sqlite() {
    drafted_filled_and_signed(World::sqlite()).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn clk_05_form_04_is_drafted_once_kept_filled_in_and_signed_by_the_leader_on_postgresql() {
    drafted_filled_and_signed(World::postgres()).await;
}

/// After an outage the draft says that it came late; it goes when the dossier is late-bound no longer, and comes back with the same
/// date and what was filled in.
#[tokio::test(flavor = "multi_thread")]
async fn clk_05_a_late_draft_says_so_and_goes_with_the_danger() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    to_the_draft(&c, 16);
    assert!(settle(&c).await["late"].as_u64().unwrap() >= 1);
    assert!(list(&c, "leader").await.contains("soạn muộn"));
    assert_eq!(proposals(&c, "leader").await[0]["late"], true);
    let cookie = session(&c, "specialist").await;
    let form = format!("/can-bo/ho-so/{}/xin-loi", c.code);
    c.w.post(&form).cookie(&cookie).form(&[("act", "keep"), ("reason", "Chờ ý kiến.")]).send().await.expect(303);
    // A fee that is waited for stops the clock; paid within the minute, the date is the same.
    c.does("specialist", "fee_requests", json!({"amount": 10_000, "reason": "Lệ phí", "when": "now"})).await;
    assert!(!list(&c, "leader").await.contains(&c.code));
    c.does("cashier", "payments", json!({"amount": 10_000, "proof": "BL 1"})).await;
    assert!(list(&c, "leader").await.contains(&c.code));
    assert_eq!(proposals(&c, "leader").await[0]["reason"], "Chờ ý kiến.");
    // Done in time: nothing is left to sign, and nothing to keep.
    c.does("specialist", "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
    c.does("specialist", "submissions", json!({})).await;
    c.does("leader", "approvals", json!({"decision": "grant"})).await;
    assert!(!list(&c, "leader").await.contains(&c.code));
    let gone = c.w.post(&form).cookie(&cookie).form(&[("act", "keep"), ("reason", "Muộn.")]).send().await;
    assert!(matches!(gone.status.as_u16(), 403 | 409), "{}", gone.status);
}

/// CLK-06, DN 9.2i: what waits for the deputy director is read with its contents by whoever may read the dossier, and by nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn clk_06_a_proposal_is_read_with_its_contents_by_api() {
    let mut c = Case::in_appraisal(World::sqlite_of("dong-nai")).await;
    assert_eq!(proposals(&c, "specialist").await, json!([]));
    // A commune has no deputy director of its own: the provincial counter took this one in.
    c.does("specialist", "suspensions", json!({"reason": "Chờ giám định.", "until": "2025-10-10"})).await;
    let waits = proposals(&c, "deputy").await;
    let first = &waits[0];
    assert_eq!((&first["what"], &first["state"]), (&json!("suspension"), &json!("waiting")));
    assert_eq!((&first["by"], &first["confirmed_by"]), (&json!("specialist"), &json!("centre")));
    assert_eq!((&first["reason"], &first["until"]), (&json!("Chờ giám định."), &json!("2025-10-10T17:00:00+07:00")));
    let stranger = c.w.officer("nguoi.la", "H19.25", &[domain::accounts::Role::Specialist]).await;
    let key = c.w.key(&stranger, &[motcua::accounts::KeyScope::DossierWrite]).await;
    let path = format!("/api/v1/dossiers/{}/proposals", c.code);
    c.w.get(&path).bearer(&key).send().await.expect(404);
    c.does("deputy", "approvals", json!({"decision": "decline", "reason": "Chưa rõ."})).await;
    assert_eq!(proposals(&c, "deputy").await, json!([]));
    // A refusal, with where to turn instead.
    let scan = json!({"reason": "Không thuộc thẩm quyền.", "directions": "Sở Tư pháp, quầy 4"});
    let asked = c.send("specialist", "refusals", scan).await;
    assert_eq!(asked.status.as_u16(), 409, "the signed notice is scanned first (DN 16.1e): {}", asked.text());
}

//! FEE-02, FLW-08: a fee asked by mistake is taken back by API and by page, the clock goes on and the applicant is told.

use crate::{lifecycle::Case, world::World};
use serde_json::json;

async fn by_api(w: World) {
    let mut c = Case::in_appraisal(w).await;
    c.does("specialist", "fee_requests", json!({"amount": 15_000_000, "reason": "Lệ phí đăng ký kết hôn"})).await;
    let reason = json!({"reason": "Ghi nhầm số tiền."});
    c.refused("cashier", "fee_cancellations", reason.clone(), 403, "GR-6", "dossier.not_the_holder").await;
    c.refused("specialist", "fee_cancellations", json!({}), 409, "CLK-10", "reason.needed").await;
    c.w.at("2025-10-07T08:00:00+07:00");
    let d = c.does("specialist", "fee_cancellations", reason.clone()).await;
    assert_eq!(d["status"], "in_progress");
    assert!(d["fees"][0]["cancelled_at"].is_string() && d["fees"][0]["paid_at"].is_null());
    assert_eq!(c.clock().await["due_at"], d["due_at"], "the ledger gives the working time back");
    c.refused("specialist", "fee_cancellations", reason, 409, "FLW-01", "dossier.not_now").await;
    // The right one follows, and is paid.
    c.does("specialist", "fee_requests", json!({"amount": 150_000, "reason": "Lệ phí đăng ký kết hôn"})).await;
    let d = c.does("cashier", "payments", json!({"amount": 150_000, "proof": "BL 000001"})).await;
    assert_eq!(d["status"], "in_progress");
    let found = motcua::verify::all(&c.w.app.db, &c.w.app.blobs).await.unwrap();
    assert_eq!(found.faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn fee_02_a_fee_asked_by_mistake_is_taken_back_on_sqlite() {
    by_api(World::sqlite()).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn fee_02_a_fee_asked_by_mistake_is_taken_back_on_postgres() {
    by_api(World::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fee_02_a_head_takes_a_fee_back_by_the_page() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    c.does("specialist", "fee_requests", json!({"amount": 75_000, "reason": "Lệ phí"})).await;
    let head = c.w.app.reference().officers().find(|o| o.login == "head").unwrap().who.clone();
    let session = c.w.sign_in(&head).await;
    let page = format!("/can-bo/ho-so/{}/rut-phi", c.code);
    let shown = c.w.get(&page).cookie(&session).send().await.expect(200);
    assert!(shown.text().contains("75.000"), "the fee that would be taken back stands there");
    let version = c.last["version"].to_string();
    let form = [("version", version.as_str()), ("once", "f1"), ("reason", "")];
    c.w.post(&page).cookie(&session).form(&form).send().await.expect(422);
    let form = [("version", version.as_str()), ("once", "f2"), ("reason", "Nhầm hồ sơ.")];
    c.w.post(&page).cookie(&session).form(&form).send().await.expect(303);
    let read = c.w.get(&format!("/api/v1/dossiers/{}", c.code)).bearer(&c.keys["head"]).send().await.expect(200).json();
    assert_eq!(read["status"], "in_progress");
}

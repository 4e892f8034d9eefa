//! The administration port.

use crate::world::{MONDAY, World};
use domain::accounts::Role;
use serde_json::json;

#[tokio::test]
async fn sec_02_ready_means_that_a_real_write_went_through() {
    let world = World::sqlite();
    for path in ["/health/started", "/health/live", "/health/ready"] {
        world.admin("GET", path).send().await.expect(200);
    }
    let before = world.app.db.health().units;
    world.admin("GET", "/health/ready").send().await.expect(200);
    assert_eq!(world.app.db.health().units, before + 1);
}

#[tokio::test]
async fn rpt_02_the_metrics_count_open_and_overdue_dossiers_and_waiting_effects() {
    let world = World::sqlite();
    world.procedures(&["1.000080"]).await;
    let officer = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    world.take_in(&officer, "1.000080").await;
    let text = world.admin("GET", "/metrics").send().await.expect(200);
    for line in
        ["motcua_open_dossiers 1", "motcua_overdue_dossiers 0", "motcua_outbox_waiting 2", "motcua_outbox_dead 0"]
    {
        assert!(text.text().lines().any(|l| l == line), "{line}\n{}", text.text());
    }
    world.at("2026-03-02T08:00");
    let text = world.admin("GET", "/metrics").send().await.expect(200);
    assert!(text.text().contains("motcua_overdue_dossiers 1\n"));
}

#[tokio::test]
async fn the_test_doors_move_the_legal_clock_and_settle_what_is_due() {
    let world = World::sqlite();
    world.procedures(&["1.000080"]).await;
    let officer = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    world.take_in(&officer, "1.000080").await;
    let settled = world.admin("POST", "/test/settle").send().await.expect(200);
    assert_eq!(settled.json()["archive"], json!({ "done": 1, "again": 0, "dead": 0 }));
    assert_eq!(world.admin("POST", "/test/settle").send().await.json()["archive"]["done"], 0);
    assert_eq!(world.app.now().to_string(), MONDAY);
    let moved = world.admin("PUT", "/test/clock").json(&json!({ "now": "2025-10-07T09:00:00+07:00" })).send().await;
    assert_eq!(moved.expect(200).json()["now"], "2025-10-07T09:00:00+07:00");
    world.admin("PUT", "/test/clock").json(&json!({ "now": "hôm nay" })).send().await.expect(422);
}

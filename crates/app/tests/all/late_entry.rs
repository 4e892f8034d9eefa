//! INT-13: a dossier taken in on paper during an outage, by API and by pages.

use crate::world::World;
use domain::accounts::{Role, Who};
use motcua::{accounts::KeyScope, verify};
use serde_json::{Value, json};

const PROCEDURE: &str = "1.000080";

fn body(w: &World, who: &Who) -> Value {
    let intake = w.intake(who, PROCEDURE);
    let agency = w.app.reference().agency(intake.agency).unwrap().identifier.clone();
    let components: Vec<_> =
        intake.components.iter().map(|c| json!({"id": c.id, "originals": c.originals, "copies": c.copies})).collect();
    json!({
        "procedure": PROCEDURE, "variant": intake.variant, "agency": agency, "channel": "counter",
        "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "identity": "022099012345"},
        "components": components, "result_by": "counter",
        "received_at": "2025-10-03T09:00:00+07:00", "late_reason": "Mất điện cả ngày 03/10"
    })
}

async fn entered_and_confirmed(w: World) {
    w.procedures(&[PROCEDURE]).await;
    let centre = w.app.reference().main_centre().unwrap().agency;
    let centre = w.app.reference().agency(centre).unwrap().identifier.clone();
    let first = w.officer("lan", &centre, &[Role::IntakeOfficer]).await;
    let second = w.officer("hue", &centre, &[Role::IntakeOfficer]).await;
    let (key, other) =
        (w.key(&first, &[KeyScope::DossierWrite]).await, w.key(&second, &[KeyScope::DossierWrite]).await);
    let mut plain = body(&w, &first);
    plain["late_reason"] = json!("");
    let refused = w.post("/api/v1/dossiers").bearer(&key).once("a").json(&plain).send().await.expect(409).json();
    assert_eq!(refused["rule"], "INT-08", "without a reason the counter sets no time");
    let view =
        w.post("/api/v1/dossiers").bearer(&key).once("b").json(&body(&w, &first)).send().await.expect(201).json();
    assert_eq!(view["accepted_at"], "2025-10-03T09:00:00+07:00");
    assert_eq!(view["late_confirmed"], false);

    let code = view["code"].as_str().unwrap();
    let path = format!("/api/v1/dossiers/{code}/late_confirmations");
    let own = w.post(&path).bearer(&key).once("c").if_match(1).json(&json!({})).send().await.expect(409).json();
    assert_eq!((own["rule"].as_str(), own["code"].as_str()), (Some("INT-13"), Some("late.second_officer")));
    let session = w.sign_in(&second).await;
    let page = format!("/can-bo/ho-so/{code}");
    assert!(w.get(&page).cookie(&session).send().await.expect(200).text().contains("nhập muộn, chờ xác nhận"));
    let shown = w.get(&format!("{page}/xac-nhan-muon")).cookie(&session).send().await.expect(200);
    assert!(shown.text().contains("Mất điện cả ngày 03/10"));
    let view = w.post(&path).bearer(&other).once("d").if_match(1).json(&json!({})).send().await.expect(200).json();
    assert_eq!(view["late_confirmed"], true);
    assert!(w.get(&page).cookie(&session).send().await.expect(200).text().contains("nhập muộn, đã xác nhận"));
    assert_eq!(verify::all(&w.app.db, &w.app.blobs).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn int_13_a_late_entry_has_its_true_time_and_a_second_officers_word() {
    entered_and_confirmed(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn int_13_a_late_entry_has_its_true_time_and_a_second_officers_word_on_postgresql() {
    entered_and_confirmed(World::postgres()).await;
}

//! What the portal delivers: once, with the least rights, into the agency's hands; and how citizens find it.

use super::{code, sqlite};
use crate::{provinces::PROCEDURE, world::World};
use domain::accounts::Role;
use motcua::accounts::KeyScope;
use reqwest::multipart::Form;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn flw_08_a_citizen_withdraws_on_the_portal_once() {
    let p = sqlite().await;
    let code = p.hands_in().await;
    p.syncs().await;
    let silent = p.on_page(&code, "rut", Form::new().text("ly_do", "")).await;
    assert_eq!(silent.status().as_u16(), 422, "a reason is needed");
    let gone = p.on_page(&code, "rut", Form::new().text("ly_do", "Không còn nhu cầu.")).await;
    assert_eq!(gone.status().as_u16(), 303);
    p.syncs().await;
    assert_eq!(p.held(&code).states, ["1", "7"]);
    assert_eq!(p.read(&code).await["status"], "withdrawn");
    assert!(!p.page(&code).await.contains(&format!("/ho-so/{code}/rut")), "it is over");
    p.close().await;
}

/// A repeated delivery is the same dossier; the same key with something else in it is refused.
#[tokio::test(flavor = "multi_thread")]
async fn int_01_a_dossier_that_the_portal_delivers_twice_is_one_dossier() {
    let p = sqlite().await;
    let papers = ["don", "ban-ve"];
    let (first, again) = (p.form("lan-nay", &papers).await, p.form("lan-nay", &papers).await);
    let (first, again) = (code(first).await, code(again).await);
    assert_eq!(first, again);
    assert!(p.hands_in().await.ends_with("-0002"), "no number was lost");
    let other = p.form("lan-nay", &["don"]).await;
    assert_eq!(other.status().as_u16(), 422);
    p.close().await;
}

/// QNI 13.2c: the portal may deliver what is incomplete; guidance tells the citizen.
#[tokio::test(flavor = "multi_thread")]
async fn qni_13_2c_an_incomplete_dossier_is_taken_from_the_portal_and_not_accepted_as_it_is() {
    let p = sqlite().await;
    let code = code(p.form(&p.once(), &["don"]).await).await;
    let call = p.w.post(&format!("/api/v1/dossiers/{code}/acceptances")).bearer(&p.keys["vanthu"]);
    let refused = call.once(&p.once()).if_match(1).json(&json!({})).send().await.expect(409);
    assert!(refused.text().contains("Bản vẽ thiết kế"), "{}", refused.text());
    p.close().await;
}

/// ADM-02: the portal's key opens what it delivered and nothing else; a foreign dossier is not there.
#[tokio::test(flavor = "multi_thread")]
async fn adm_02_the_portals_key_reaches_only_what_it_delivered() {
    let p = sqlite().await;
    let (own, foreign) = (p.hands_in().await, p.comes_to_the_counter().await);
    let other = p.w.officer("cong.khac", "H49.28", &[Role::NationalPortal]).await;
    let other = p.w.key(&other, &[KeyScope::PortalSubmit]).await;
    let key = &p.keys["cong"];
    p.w.get(&format!("/api/v1/dossiers/{own}")).bearer(key).send().await.expect(200);
    for (key, code) in [(key, &foreign), (&other, &own), (&other, &foreign)] {
        p.w.get(&format!("/api/v1/dossiers/{code}")).bearer(key).send().await.expect(404);
        for (what, body) in [("supplements", json!({})), ("withdrawals", json!({"reason": "x"}))] {
            let call = p.w.post(&format!("/api/v1/dossiers/{code}/{what}")).bearer(key).once(&p.once());
            call.if_match(1).json(&body).send().await.expect(404);
        }
    }
    for path in ["/api/v1/inbox", "/api/v1/agencies", "/api/v1/centres"] {
        p.w.get(path).bearer(key).send().await.expect(403);
    }
    p.w.get(&format!("/api/v1/dossiers/{own}/events")).bearer(key).send().await.expect(403);
    for (what, body) in [
        ("acceptances", json!({})),
        ("refusals", json!({"reason": "x"})),
        ("guidance_requests", json!({"reason": "x", "items": []})),
        ("assignments", json!({"to": {"officer": "chuyenvien"}})),
    ] {
        let call = p.w.post(&format!("/api/v1/dossiers/{own}/{what}")).bearer(key).once(&p.once()).if_match(1);
        call.json(&body).send().await.expect(403);
    }
    let counter = json!({"procedure": PROCEDURE, "channel": "counter", "applicant": {"name": "x"}, "components": []});
    p.w.post("/api/v1/dossiers").bearer(key).once(&p.once()).json(&counter).send().await.expect(403);
    // The scope alone, in the hands of anybody else, opens nothing.
    let quay = p.w.app.reference().officers().find(|o| o.login == "quay").unwrap().who.clone();
    let scope_only = p.w.key(&quay, &[KeyScope::PortalSubmit]).await;
    p.w.post("/api/v1/dossiers").bearer(&scope_only).once(&p.once()).json(&counter).send().await.expect(403);
    p.w.get(&format!("/api/v1/dossiers/{foreign}")).bearer(&scope_only).send().await.expect(403);
    p.close().await;
}

/// INT-06, Điều 13.2a: handed in after hours, the eight working hours begin with the next working hour; the agency's list shows
/// it.
#[tokio::test(flavor = "multi_thread")]
async fn int_06_the_agencys_officer_sees_what_came_from_the_portal_with_its_eight_working_hours() {
    let p = sqlite().await;
    p.w.at("2025-10-06T18:30");
    let code = p.hands_in().await;
    let clerk = p.w.app.reference().officers().find(|o| o.login == "vanthu").unwrap().who.clone();
    let session = p.w.sign_in(&clerk).await;
    let list = || async {
        let page = p.w.get("/can-bo/truc-tuyen").cookie(&session).send().await.expect(200);
        page.text().to_owned()
    };
    // Tuesday has seven and a half working hours, so the eighth ends on Wednesday at eight.
    p.w.at("2025-10-08T07:59");
    let page = list().await;
    assert!(page.contains(&code) && page.contains("Nguyễn Thị Mẫu") && page.contains("Sở Xây dựng"), "{page}");
    assert!(!page.contains("clock-overdue"));
    p.w.at("2025-10-08T08:01");
    assert!(list().await.contains("clock-overdue"));
    p.w.get(&format!("/can-bo/truc-tuyen/{code}")).cookie(&session).send().await.expect(200);
    let other = p.w.officer("vanthu.khac", "H49.18", &[Role::Clerk]).await;
    let other = p.w.sign_in(&other).await;
    let theirs = p.w.get("/can-bo/truc-tuyen").cookie(&other).send().await.expect(200);
    assert!(!theirs.text().contains(&code), "another agency's");
    p.does("vanthu", &code, "acceptances", json!({})).await;
    assert!(!list().await.contains(&code));
    p.close().await;
}

/// QNI 13.4a: in plain words, to the portal; where the province has pages of its own, not.
#[tokio::test(flavor = "multi_thread")]
async fn qni_13_4a_public_pages_lead_to_the_national_portal_where_it_alone_takes_dossiers() {
    let w = World::sqlite();
    w.procedures(&["1.000080"]).await;
    for page in ["/", "/thu-tuc/1.000080"] {
        let shown = w.get(page).send().await.expect(200);
        assert!(shown.text().contains("https://dichvucong.gov.vn"), "{page}");
        assert!(shown.text().contains("Cổng Dịch vụ công quốc gia") && !shown.text().contains("/nop-ho-so/"), "{page}");
    }
    let own = World::sqlite_of("dong-nai");
    own.procedures(&["1.000080"]).await;
    for page in ["/", "/thu-tuc/1.000080"] {
        assert!(!own.get(page).send().await.expect(200).text().contains("dichvucong.gov.vn"), "{page}");
    }
}

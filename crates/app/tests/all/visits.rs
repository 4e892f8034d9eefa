//! FLW-03, QN 6.4b: a visit on the spot is appointed, moved, called off and held; the applicant is told each time.

use crate::{
    call::Answer,
    desk::{desk, hidden},
    world::{Assigned, World},
};
use motcua::{accounts::KeyScope, verify, worker};
use serde_json::{Value, json};

const PROCEDURE: &str = "1.000080";
const PLACE: &str = "Thửa 12, tờ bản đồ số 3";

struct Case {
    w: World,
    code: String,
    lead: String,
    counter: String,
}

async fn case(w: World) -> Case {
    let Assigned { counter, done, holder, .. } = w.assigned(PROCEDURE).await;
    Case {
        code: done.state.code.unwrap().to_string(),
        lead: w.key(&holder, &[KeyScope::DossierWrite]).await,
        counter: w.key(&counter, &[KeyScope::DossierWrite]).await,
        w,
    }
}

impl Case {
    async fn read(&self, rest: &str) -> Value {
        let path = format!("/api/v1/dossiers/{}{rest}", self.code);
        self.w.get(&path).bearer(&self.lead).send().await.expect(200).json()
    }
    async fn give(&self, key: &str, what: &str, body: Value) -> Answer {
        let version = u32::try_from(self.read("").await["version"].as_u64().unwrap()).unwrap();
        let path = format!("/api/v1/dossiers/{}/{what}", self.code);
        let once = format!("{what}-{version}-{}-{}", &key[..6], body.to_string().len());
        self.w.post(&path).bearer(key).once(&once).if_match(version).json(&body).send().await
    }
    /// What the applicant was told, newest first, as it stands on the own part of the tracking page.
    async fn own_page(&self) -> String {
        worker::outbox(&self.w.app).await.unwrap();
        let page = format!("/tra-cuu/{}", self.code);
        let right = self.w.post(&page).form(&[("so_cuoi", "5678")]).send().await.expect(303);
        let cookie = right.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        self.w.get(&page).cookie(&cookie).send().await.expect(200).text().to_owned()
    }
    async fn public_page(&self) -> String {
        self.w.get(&format!("/tra-cuu/{}", self.code)).send().await.expect(200).text().to_owned()
    }
}

fn visit() -> Value {
    json!({"at": "2025-10-07T08:30:00+07:00", "place": PLACE, "content": "Đo hiện trạng",
           "participants": ["Chủ hồ sơ hoặc người đại diện", "Cán bộ địa chính"], "applicant": true})
}

async fn appointed_moved_and_held(w: World) {
    let c = case(w).await;
    // QN 6.4b: time, place, participants, content; without one of them nobody can come prepared.
    let empty = c.give(&c.lead, "visits", json!({"at": "2025-10-07T08:30:00+07:00"})).await.expect(422).json();
    let fields: Vec<_> = empty["errors"].as_array().unwrap().iter().map(|e| e["field"].clone()).collect();
    assert_eq!(fields, ["visit.place", "visit.participants", "visit.content"]);
    let mut past = visit();
    past["at"] = json!("2025-10-06T07:00:00+07:00");
    let past = c.give(&c.lead, "visits", past).await.expect(409).json();
    assert_eq!((past["rule"].as_str(), past["code"].as_str()), (Some("FLW-03"), Some("visit.time")));
    assert_eq!(c.give(&c.counter, "visits", visit()).await.expect(403).json()["rule"], "GR-6");

    let seen = c.give(&c.lead, "visits", visit()).await.expect(200).json();
    assert_eq!((&seen["visits"][0]["stage"], &seen["visits"][0]["applicant"]), (&json!("appointed"), &json!(true)));
    let whole = c.read("/visits").await;
    assert_eq!((whole[0]["place"].as_str(), whole[0]["participants"].as_array().unwrap().len()), (Some(PLACE), 2));
    // The stranger with the code reads when, the applicant also where, with whom and about what.
    let public = c.public_page().await;
    assert!(public.contains("Kiểm tra thực địa lúc 07/10/2025, 08:30") && !public.contains(PLACE), "{public}");
    let own = c.own_page().await;
    assert!(own.contains(PLACE) && own.contains("Đo hiện trạng") && own.contains("Cán bộ địa chính"), "{own}");
    assert!(own.contains("kiểm tra thực địa lúc 08:30 07/10/2025"), "the notice stands on the page");
    let events = c.w.get(&format!("/api/v1/dossiers/{}/events", c.code)).bearer(&c.lead).send().await.expect(200);
    assert!(!events.text().contains(PLACE), "a place may be a home: it stands beside the chain");

    // Moved: with a reason, and the applicant is told of the new time and place.
    let silent = json!({"at": "2025-10-07T14:00:00+07:00", "reason": " "});
    assert_eq!(
        c.give(&c.lead, "visits/1/postponements", silent).await.expect(409).json()["code"],
        "branch.nothing_said"
    );
    let later = json!({"at": "2025-10-07T14:00:00+07:00", "place": "Nhà văn hóa khu 3", "reason": "Mưa lớn."});
    c.give(&c.lead, "visits/1/postponements", later).await.expect(200);
    let own = c.own_page().await;
    assert!(own.contains("Nhà văn hóa khu 3") && own.contains("14:00 07/10/2025") && own.contains("Mưa lớn"), "{own}");

    // Nobody goes on while people are asked to wait on the spot.
    c.give(&c.lead, "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await.expect(200);
    let open = c.give(&c.lead, "submissions", json!({})).await.expect(409).json();
    assert_eq!((open["rule"].as_str(), open["code"].as_str()), (Some("FLW-03"), Some("visit.open")));
    // Held: the minutes are those of this visit.
    c.w.at("2025-10-07T15:30:00+07:00");
    let held = json!({"at": "2025-10-07T14:05:00+07:00", "place": "Nhà văn hóa khu 3", "content": "Đo hiện trạng",
                      "participants": ["Nguyễn Thị Mẫu, chủ hồ sơ"]});
    let minutes = json!({"findings": "Đúng hồ sơ.", "visit": held, "appointed": "1"});
    let seen = c.give(&c.lead, "verifications", minutes.clone()).await.expect(200).json();
    assert_eq!((&seen["visits"][0]["stage"], &seen["visits"][0]["verification"]), (&json!("held"), &json!("1")));
    assert_eq!(c.give(&c.lead, "verifications", minutes).await.expect(409).json()["code"], "branch.done");
    assert!(!c.public_page().await.contains("Kiểm tra thực địa lúc"), "what is over is not asked for any more");

    // Called off: told too, and nothing is left of it.
    let mut again = visit();
    again["at"] = json!("2025-10-08T08:30:00+07:00");
    again["applicant"] = json!(false);
    c.give(&c.lead, "visits", again).await.expect(200);
    assert!(c.own_page().await.contains("không bắt buộc có mặt"));
    c.give(&c.lead, "visits/2/cancellations", json!({"reason": "Đã đủ căn cứ."})).await.expect(200);
    let own = c.own_page().await;
    assert!(own.contains("hủy lịch kiểm tra thực địa lúc 08:30 08/10/2025") && own.contains("Đã đủ căn cứ"), "{own}");
    c.give(&c.lead, "submissions", json!({})).await.expect(200);
    assert_eq!(verify::all(&c.w.app.db, &c.w.app.blobs).await.unwrap().faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_03_visits_are_appointed_moved_held_or_called_off_and_the_applicant_is_told_on_sqlite() {
    appointed_moved_and_held(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_03_visits_are_appointed_moved_held_or_called_off_and_the_applicant_is_told_on_postgresql() {
    appointed_moved_and_held(World::postgres()).await;
}

/// The officer's pages: appoint, see it among the branches, move it; the minutes begin as it was appointed.
#[tokio::test(flavor = "multi_thread")]
async fn flw_03_visits_by_page_keep_what_was_typed_and_prefill_the_minutes() {
    let d = desk().await;
    let code = d.take_in().await;
    d.step(&d.head, &code, "phan-cong", &[("officer", &d.ha.officer.to_string())]).await.expect(303);
    let page = format!("/can-bo/ho-so/{code}");
    let typed = [("visit.at", "mai"), ("visit.place", PLACE), ("visit.participants", "Chủ hồ sơ"), ("applicant", "no")];
    let wrong = d.step(&d.specialist, &code, "hen-kiem-tra", &typed).await.expect(422);
    for part in [PLACE, "visit.at-error", "visit.content-error", "value=\"no\" checked"] {
        assert!(wrong.text().contains(part), "{part}: {}", wrong.text());
    }
    let good = [("visit.at", "07/10/2025 08:30"), ("visit.content", "Đo hiện trạng")];
    let sent = d.step(&d.specialist, &code, "hen-kiem-tra", &[&good[..], &typed[1..]].concat()).await.expect(303);
    assert!(sent.location().ends_with("?xong=visits"));

    let branches = format!("{page}/phoi-hop");
    let shown = d.page(&d.specialist, &branches).await.expect(200);
    assert!(shown.text().contains(PLACE) && shown.text().contains("không bắt buộc có mặt"));
    assert!(!d.page(&d.head, &branches).await.expect(200).text().contains("huy-lich"), "only whoever works on it");
    let version = hidden(&shown, "version");
    let form = [("version", version.as_str()), ("once", "l1"), ("viec", "doi-lich"), ("so", "1")];
    let moved = [&form[..], &[("visit_at.1", "08/10/2025 09:00")]].concat();
    let silent = d.w.post(&branches).cookie(&d.specialist).form(&moved).send().await.expect(422);
    assert!(silent.text().contains("visit_reason.1-error") && silent.text().contains("08/10/2025 09:00"));
    let said = [&moved[..], &[("visit_reason.1", "Mưa lớn.")]].concat();
    d.w.post(&branches).cookie(&d.specialist).form(&said).send().await.expect(303);

    let minutes = d.page(&d.specialist, &format!("{page}/xac-minh")).await.expect(200);
    for part in ["08/10/2025 09:00", PLACE, "Đo hiện trạng", "<option value=\"1\" selected>"] {
        assert!(minutes.text().contains(part), "{part}: {}", minutes.text());
    }
    let detail = d.page(&d.specialist, &page).await.expect(200);
    assert!(detail.text().contains("Lịch kiểm tra thực địa") && detail.text().contains("đã hẹn"));
    let off = d.page(&d.specialist, &branches).await.expect(200);
    let version = hidden(&off, "version");
    let form = [
        ("version", version.as_str()),
        ("once", "l2"),
        ("viec", "huy-lich"),
        ("so", "1"),
        ("visit_reason.1", "Đủ căn cứ."),
    ];
    d.w.post(&branches).cookie(&d.specialist).form(&form).send().await.expect(303);
    assert!(d.page(&d.specialist, &branches).await.expect(200).text().contains("Đủ căn cứ."));
}

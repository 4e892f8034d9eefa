//! STF-02: the list of backups, and what an absence lends them (DN 4.4, 16.2b; VL 5.1–2, 9.3c; QN 6.8b).

use super::Story;
use domain::{accounts::Role, catalogue::Flags, deadline::TimeLimit};
use serde_json::{Value, json};

/// Sở Xây dựng sends "quầy XD" to the Centre; "dự phòng" works at home.
async fn sent(profile: &str) -> Story {
    let mut s = Story::of(profile, "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;
    let agency = s.agency.clone();
    s.hires("quầy XD", &agency, Role::IntakeOfficer).await;
    s.hires("dự phòng", &agency, Role::Specialist).await;
    s
}

fn absence() -> Value {
    json!({"officer": "quayxd", "backup": "duphong", "from": "2025-10-10T07:30:00+07:00",
           "to": "2025-10-10T17:00:00+07:00", "reason": "Nghỉ phép", "notice": "88/SXD-VP", "notified_on": "06/10/2025"})
}

async fn told(s: &Story, who: &str, path: &str, body: &Value) -> crate::call::Answer {
    s.w.post(path).bearer(&s.keys[who]).once(&s.once()).json(body).send().await
}

async fn blamed(s: &Story, body: &Value) -> String {
    let problem = told(s, "trưởng phòng", "/api/v1/absences", body).await.expect(422).json();
    problem["errors"][0]["field"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn in_dong_nai_and_vinh_long_the_backup_of_the_list_steps_in_with_the_posts_rights_and_gives_them_back() {
    for province in ["dong-nai", "vinh-long", "quang-nam"] {
        let mut s = sent(province).await;
        // "theo danh sách nhân sự dự phòng đã đăng ký với Trung tâm"
        assert_eq!(blamed(&s, &absence()).await, "backup", "{province}");
        let line = json!({"officer": "quayxd", "backup": "duphong", "from": "01/01/2025", "to": "31/12/2025"});
        told(&s, "quầy XD", "/api/v1/backups", &line).await.expect(403);
        told(&s, "quầy", "/api/v1/backups", &line).await.expect(403);
        told(&s, "trưởng phòng", "/api/v1/backups", &line).await.expect(201);
        // "thông báo bằng văn bản cho Trung tâm"
        let mut unwritten = absence();
        unwritten["notice"] = json!("");
        assert_eq!(blamed(&s, &unwritten).await, "decision", "{province}");
        told(&s, "trưởng phòng", "/api/v1/absences", &absence()).await.expect(201);

        // Before that day the backup has no desk; on it, whoever comes is served there, in the absent officer's name.
        s.hands_in("dự phòng", "counter", &["don", "ban-ve"]).await.expect(403);
        s.w.at("2025-10-10T09:00");
        s.is_taken_in("dự phòng", "counter").await;
        let path = format!("/api/v1/dossiers/{}/events", s.code);
        let events = s.w.get(&path).bearer(&s.keys["dự phòng"]).send().await.expect(200).json();
        let last = events.as_array().unwrap().last().unwrap().clone();
        assert_eq!((last["officer"].as_str(), last["on_behalf_of"].as_str()), (Some("duphong"), Some("quayxd")));
        s.hands_in("quầy XD", "counter", &["don", "ban-ve"]).await.expect(403);
        // And back.
        s.w.at("2025-10-10T17:00");
        s.hands_in("dự phòng", "counter", &["don", "ban-ve"]).await.expect(403);
        s.hands_in("quầy XD", "counter", &["don", "ban-ve"]).await.expect(201);
    }
}

/// No list where the regulation knows none (QNI, HUE).
#[tokio::test]
async fn in_quang_ninh_a_colleague_of_the_agency_steps_in_without_a_list() {
    let s = sent("quang-ninh").await;
    let mut plain = absence();
    plain["notice"] = json!("");
    told(&s, "trưởng phòng", "/api/v1/absences", &plain).await.expect(201);
}

/// DN 4.4 speaks of officers sent to the province's Centre: a commune's own desk needs neither list nor notice.
#[tokio::test]
async fn in_dong_nai_a_communes_own_desk_is_its_own_matter() {
    let mut s = Story::of("dong-nai", "Sở Xây dựng", TimeLimit::WorkingDays(15), Flags::default()).await;
    let desk = s.w.officer_at("quayxd", "H19.101", &[Role::IntakeOfficer], Some("binh-phuoc")).await;
    s.w.officer("duphong", "H19.101", &[Role::Specialist]).await;
    let key = s.w.key(&desk, &[motcua::accounts::KeyScope::DossierWrite]).await;
    s.keys.insert("quầy xã".into(), key);
    let mut plain = absence();
    plain["notice"] = json!("");
    told(&s, "quầy xã", "/api/v1/absences", &plain).await.expect(201);
}

#[tokio::test]
async fn stf_02_the_page_names_a_backup_says_who_lacks_one_and_takes_one_off() {
    let s = sent("dong-nai").await;
    let reference = s.w.app.reference();
    let signed_in = |login: &str| reference.officers().find(|o| o.login == login).unwrap().who.clone();
    let head = s.w.sign_in(&signed_in("truongphong")).await;
    let page = "/can-bo/vang-mat/du-phong";
    let before = s.w.get(page).cookie(&head).send().await.expect(200);
    assert!(before.text().contains("Sở Xây dựng: đã đăng ký 0"), "DN 16.2b: at least one");
    // A fault keeps what was typed.
    let typed = [("officer", "quayxd"), ("backup", "quayxd"), ("from", "06/10/2025"), ("once", "a")];
    let again = s.w.post(page).cookie(&head).form(&typed).send().await.expect(422);
    assert!(again.text().contains("backup-error") && again.text().contains("06/10/2025"));
    let typed = [("officer", "quayxd"), ("backup", "duphong"), ("from", "06/10/2025"), ("once", "b")];
    s.w.post(page).cookie(&head).form(&typed).send().await.expect(303);
    let after = s.w.get(page).cookie(&head).send().await.expect(200);
    assert!(after.text().contains("Cán bộ quayxd → Cán bộ duphong") && !after.text().contains("đã đăng ký 0"));
    let id = after.text().split("/du-phong/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    // The Centre's head sees the list; a stranger neither sees nor ends it.
    let director = s.w.sign_in(&signed_in("pho")).await;
    assert!(s.w.get(page).cookie(&director).send().await.expect(200).text().contains("Cán bộ duphong"));
    let stranger = s.w.sign_in(&signed_in("quay")).await;
    assert!(!s.w.get(page).cookie(&stranger).send().await.expect(200).text().contains("Cán bộ duphong"));
    s.w.post(&format!("{page}/{id}/rut")).cookie(&stranger).send().await.expect(404);
    s.w.post(&format!("{page}/{id}/rut")).cookie(&head).send().await.expect(303);
    assert!(s.w.get(page).cookie(&head).send().await.expect(200).text().contains("đã đăng ký 0"));
}

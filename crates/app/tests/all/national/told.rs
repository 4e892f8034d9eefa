//! What the portal is told: every state, once, in order, whatever happens to it meanwhile.

use super::{Province, a_portal, configure, count, one_paper_wrong, pdf, postgres, sqlite, steps};
use crate::{
    jobs::{wait_again, waiting_jobs},
    outside::Gateway,
    world::World,
};
use domain::accounts::Role;
use motcua::{notices::store::Lane, worker};
use outside::portal::Fault;
use reqwest::multipart::Form;
use serde_json::json;

async fn the_whole_way(p: Province) {
    let code = p.hands_in().await;
    assert!(code.starts_with("H49.24-251006-"), "{code}");
    p.syncs().await;
    // Điều 13.2a: it lies with the agency, whose assigned officer looks at it.
    let dossier = p.read(&code).await;
    assert_eq!((dossier["status"].as_str(), dossier["holder"]["agency"].as_str()), (Some("submitted"), Some("H49.24")));
    p.w.at("2025-10-06T09:00");
    p.does("vanthu", &code, "guidance_requests", one_paper_wrong()).await;
    p.syncs().await;
    let page = p.page(&code).await;
    assert!(page.contains("Yêu cầu bổ sung giấy tờ") && page.contains("Vẽ lại theo tỷ lệ 1/100."), "{page}");
    p.w.at("2025-10-06T10:00");
    let sent = p.on_page(&code, "bo-sung", Form::new().part("tep.ban-ve", pdf())).await;
    assert_eq!(sent.status().as_u16(), 303);
    p.syncs().await;
    p.w.at("2025-10-06T11:00");
    p.does("vanthu", &code, "acceptances", json!({})).await;
    p.syncs().await;
    p.does("truongphong", &code, "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    p.syncs().await;
    p.w.at("2025-10-07T09:00");
    p.does("chuyenvien", &code, "supplement_requests", one_paper_wrong()).await;
    p.syncs().await;
    let nothing = p.on_page(&code, "bo-sung", Form::new()).await;
    assert_eq!(nothing.status().as_u16(), 422, "what is still missing is said on the portal's page");
    p.w.at("2025-10-08T09:00");
    p.on_page(&code, "bo-sung", Form::new().part("tep.ban-ve", pdf())).await;
    p.syncs().await;
    p.does("chuyenvien", &code, "appraisals", json!({"opinion": "grant", "text": "Đủ điều kiện."})).await;
    p.does("chuyenvien", &code, "submissions", json!({})).await;
    p.does("lanhdao", &code, "approvals", json!({"decision": "grant"})).await;
    p.syncs().await;
    let result = json!({"number": "12/GPXD", "date": "2025-10-08", "signer": "Lãnh đạo", "files": []});
    p.does("vanthu", &code, "results", result).await;
    p.does("tra", &code, "handovers", json!({"to": "applicant"})).await;
    p.syncs().await;

    let held = p.held(&code);
    assert_eq!(held.states, ["1", "5", "1", "2", "4", "5", "4", "9", "10"]);
    let told = steps(&held);
    let words: Vec<&str> = told.iter().map(|(_, status)| status.as_str()).collect();
    assert_eq!(words, ["1", "5", "1", "2", "4", "5", "4", "4", "4", "9", "9", "10"], "{told:?}");
    let facts = &held.facts;
    assert_eq!((facts["NoiNopHoSo"].as_str(), facts["KenhThucHien"].as_str()), (Some("1"), Some("2")));
    assert_eq!(facts["NgayTiepNhan"], "20251006110000");
    assert_eq!(facts["NgayHenTra"], "20251022170000", "counted from zero after the supplement");
    assert_eq!(facts["DanhSachHoSoBoSung"].as_array().unwrap().len(), 2);
    assert!(facts["NgayTra"].as_str().is_some() && facts["ChuHoSo"] == "Nguyễn Thị Mẫu");
    assert_eq!(p.waiting("dead") + p.waiting("waiting"), 0);
    let first = p.portal.received().into_iter().find(|r| r.service == "DongBoHoSoMC").unwrap();
    assert_eq!(first.is_updating.as_deref(), Some("False"));
    assert!(p.page(&code).await.contains("Đã trả kết quả"));
    p.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lnk_01_a_dossier_of_the_national_portal_goes_its_whole_way_and_the_portal_shows_each_state_on_sqlite() {
    the_whole_way(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lnk_01_a_dossier_of_the_national_portal_goes_its_whole_way_and_the_portal_shows_each_state_on_postgresql() {
    the_whole_way(postgres().await).await;
}

/// Nothing lost, nothing twice, no older state after a newer one; and nobody else waits for the portal.
async fn down_and_up(p: Province) {
    let code = p.comes_to_the_counter().await;
    p.portal.fail(Fault::Status(500), 3);
    p.portal.fail(Fault::Code("99".into()), 2);
    let mut failed = 0;
    for (at, login, what, body) in [
        ("2025-10-06T09:00", "truongphong", "assignments", json!({"to": {"officer": "chuyenvien"}})),
        ("2025-10-06T10:00", "chuyenvien", "supplement_requests", one_paper_wrong()),
        ("2025-10-07T08:00", "quay", "supplements", json!({"components": [{"id": "ban-ve", "originals": 1}]})),
    ] {
        failed += worker::national(&p.w.app).await.unwrap().again;
        p.w.at(at);
        p.does(login, &code, what, body).await;
    }
    assert!(failed > 0 && p.portal.held(&code).is_none(), "the portal heard nothing");
    for _ in 0..8 {
        p.w.app.machine.advance(3_600_000);
        worker::national(&p.w.app).await.unwrap();
    }
    let held = p.held(&code);
    assert_eq!(held.states, ["4"], "the present, and no state that was over before the portal could hear");
    let told = steps(&held);
    let statuses: Vec<&str> = told.iter().map(|(_, status)| status.as_str()).collect();
    assert_eq!(statuses, ["2", "4", "5", "4"], "every step, in order, each once: {told:?}");
    let dossiers = p.portal.received().iter().filter(|r| r.service == "DongBoHoSoMC").count();
    assert_eq!(dossiers, 1, "what waits behind a newer state is not sent");
    assert_eq!((p.waiting("waiting"), p.waiting("dead")), (0, 0));
    assert_eq!(held.facts["NoiNopHoSo"], "2");
    p.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lnk_01_what_a_silent_portal_missed_it_hears_once_and_in_order_on_sqlite() {
    down_and_up(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lnk_01_what_a_silent_portal_missed_it_hears_once_and_in_order_on_postgresql() {
    down_and_up(postgres().await).await;
}

/// What the portal has confirmed is not told again; what follows is an update.
#[tokio::test(flavor = "multi_thread")]
async fn lnk_01_running_the_jobs_again_tells_nothing_twice() {
    let p = sqlite().await;
    let code = p.comes_to_the_counter().await;
    let jobs = waiting_jobs(&p.w, Lane::National).await;
    assert!(!jobs.is_empty());
    p.syncs().await;
    let before = p.portal.received().len();
    wait_again(&p.w, Lane::National, &jobs).await;
    p.syncs().await;
    assert_eq!(p.portal.received().len(), before, "the portal knows the present");
    p.does("truongphong", &code, "assignments", json!({"to": {"officer": "chuyenvien"}})).await;
    p.syncs().await;
    let updates: Vec<_> = p.portal.received().into_iter().filter_map(|r| r.is_updating).collect();
    assert_eq!(updates, ["False", "True"]);
    p.close().await;
}

/// NTF-02 for the portal: given up after many tries, shown with its words, sent again by hand. Messages to citizens went out
/// all the while.
#[tokio::test(flavor = "multi_thread")]
async fn lnk_01_what_was_given_up_is_shown_and_sent_again_and_citizens_are_told_meanwhile() {
    let (portal, site) = a_portal().await;
    let (gateway, url) = Gateway::start().await;
    let w = World::sqlite_with("quang-ninh", |config| {
        configure(config, &site);
        config.notices.sms = Some(toml::from_str(&format!("url='{url}'")).unwrap());
    });
    let p = Province::of(w, portal, site).await;
    p.portal.fail(Fault::Code("99".into()), 500);
    let code = p.comes_to_the_counter().await;
    assert_eq!(worker::national(&p.w.app).await.unwrap().again, 1);
    worker::outbox(&p.w.app).await.unwrap();
    assert!(gateway.posted().iter().any(|m| m.body.contains(&code)), "the SMS does not wait for the portal");
    let mut dead = 0;
    for _ in 0..100 {
        dead += worker::national(&p.w.app).await.unwrap().dead;
        p.w.app.machine.advance(6 * 3_600_000);
    }
    assert_eq!((dead, p.waiting("dead")), (1, 1));

    // Weeks later it is another process: this one's hold on its numbers has run out.
    let later = p.w.another_process(0);
    let admin = later.officer("quantri", "H49.28", &[Role::TopAdmin]).await;
    let session = later.sign_in(&admin).await;
    let page = later.get("/can-bo/quan-tri/tin-nhan").cookie(&session).send().await.expect(200);
    for words in ["Đồng bộ lên Cổng Dịch vụ công quốc gia", &code, "error_code 99: Hệ thống đang bận"]
    {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    p.portal.mend();
    later.post("/can-bo/quan-tri/tin-nhan").cookie(&session).form(&[("act", "all")]).send().await.expect(303);
    p.syncs().await;
    assert_eq!(p.held(&code).states, ["2"]);
    assert_eq!(p.waiting("dead"), 0);
    p.close().await;
}

/// Nothing waits for a portal that nobody has configured.
#[tokio::test(flavor = "multi_thread")]
async fn lnk_01_without_a_portal_nothing_is_put_into_the_outbox() {
    let w = World::sqlite();
    w.assigned("1.000080").await;
    assert_eq!(count(&w, "waiting"), 0);
}

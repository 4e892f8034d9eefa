//! Approvals, phone first: cards, what is risky, many in one confirmation (FLW-05).

use crate::worklist::{code, desk};
use domain::dossier::{Command, Decision};

#[tokio::test(flavor = "multi_thread")]
async fn flw_05_approvals_are_confirmed_together_each_with_its_own_outcome() {
    let d = desk().await;
    let (a, b) = (d.submitted(&d.ha).await, d.submitted(&d.ha).await);
    let session = d.w.sign_in(&d.leader).await;
    let page = d.w.get("/can-bo/duyet").cookie(&session).send().await.expect(200);
    assert!(
        page.text().contains(code(&a)) && page.text().contains("Đủ điều kiện.") && page.text().contains("Cán bộ ha")
    );
    assert!(page.text().contains("Gần đây ông/bà chưa duyệt"), "the first of its kind is named");
    let picks = [format!("{}:{}", a.id, a.state.version), format!("{}:{}", b.id, b.state.version)];
    let chosen = [("hs", picks[0].as_str()), ("hs", picks[1].as_str())];
    let asked = d.post(&d.leader, "/can-bo/duyet", &chosen).await.expect(200);
    assert!(asked.text().contains("Phê duyệt 2 hồ sơ?"));
    // Meanwhile one of them is sent back: it is not signed unseen.
    let back = Command::ReturnToStep { step: None, reason: "Xem lại.".into() };
    d.give(&d.leader, &b, back).await;
    let form = [("once", "a1"), ("act", "approve"), chosen[0], chosen[1]];
    let told = d.many(&d.leader, &form).await;
    assert!(told.contains("1 hồ sơ đã xong") && told.contains("1 hồ sơ chưa thực hiện được"));
    assert!(told.contains("Trả lại bước trước"), "what the other did is said");
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_05_approvals_show_what_changed_since_it_was_sent_back() {
    let d = desk().await;
    let a = d.submitted(&d.ha).await;
    let back = d.give(&d.leader, &a, Command::ReturnToStep { step: None, reason: "Thêm căn cứ.".into() }).await;
    let opinion = Command::Appraise { opinion: Decision::Grant, text: "Đã thêm căn cứ.".into() };
    let again = d.give(&d.ha, &back, opinion).await;
    d.give(&d.ha, &again, Command::SubmitForApproval).await;
    let session = d.w.sign_in(&d.leader).await;
    let page = d.w.get("/can-bo/duyet").cookie(&session).send().await.expect(200);
    assert!(page.text().contains("Từ khi ông/bà trả lại:") && page.text().contains("Trình phê duyệt (Cán bộ ha"));
    assert!(!page.text().contains("Gần đây ông/bà chưa duyệt"));
    let session = d.w.sign_in(&d.ha).await;
    d.w.get("/can-bo/duyet").cookie(&session).send().await.expect(403);
}

/// FLW-07: a delegate, and the backup of an absent leader, approve from the same cards.
#[tokio::test(flavor = "multi_thread")]
async fn flw_07_approvals_wait_for_a_delegate_and_for_a_backup_as_well() {
    for what in ["delegations", "absences"] {
        let d = desk().await;
        let a = d.submitted(&d.ha).await;
        d.stand_in(&d.leader, "minh", what).await;
        let session = d.w.sign_in(&d.minh).await;
        let page = d.w.get("/can-bo/duyet").cookie(&session).send().await.expect(200);
        assert!(page.text().contains(code(&a)), "{what}");
        assert!(page.text().contains("href=\"/can-bo/duyet\""), "the rail leads there: {what}");
        let pick = format!("{}:{}", a.id, a.state.version);
        let told = d.many(&d.minh, &[("once", "b1"), ("act", "approve"), ("hs", &pick)]).await;
        assert!(told.contains("1 hồ sơ đã xong"), "{what}: {told}");
        let leader = d.w.sign_in(&d.leader).await;
        let own = d.w.get("/can-bo/duyet").cookie(&leader).send().await;
        own.expect(if what == "absences" { 403 } else { 200 });
    }
}

/// FLW-05: the page of one dossier says what its card says: the first of its kind, and what happened since it was sent back. A
/// procedure that was decided on once stays known, however much was decided since.
#[tokio::test(flavor = "multi_thread")]
async fn flw_05_approvals_the_single_page_says_what_the_card_says() {
    let d = desk().await;
    let a = d.submitted(&d.ha).await;
    let session = d.w.sign_in(&d.leader).await;
    let page = |done: &motcua::dossier::Done| {
        let path = format!("/can-bo/ho-so/{}/phe-duyet", code(done));
        let call = d.w.get(&path).cookie(&session);
        async move { call.send().await.expect(200).text().to_owned() }
    };
    assert!(page(&a).await.contains("Gần đây ông/bà chưa duyệt"));
    let back = d.give(&d.leader, &a, Command::ReturnToStep { step: None, reason: "Thêm căn cứ.".into() }).await;
    let opinion = Command::Appraise { opinion: Decision::Grant, text: "Đã thêm căn cứ.".into() };
    let again = d.give(&d.ha, &back, opinion).await;
    let again = d.give(&d.ha, &again, Command::SubmitForApproval).await;
    let told = page(&again).await;
    assert!(told.contains("Từ khi ông/bà trả lại:") && told.contains("Trình phê duyệt (Cán bộ ha"));
    assert!(!told.contains("Gần đây ông/bà chưa duyệt"));
    // Known by the list of kinds alone: the leader's last acts are long past.
    let forget = platform::db::sql!("UPDATE dossier_events SET officer_id = $1 WHERE officer_id = $2");
    let (ha, leader) = (d.ha.officer.raw(), d.leader.officer.raw());
    d.w.app.db.unit(move |u| u.execute(forget, platform::db::params![ha, leader])).await.unwrap();
    assert!(!page(&again).await.contains("Gần đây ông/bà chưa duyệt"));
}

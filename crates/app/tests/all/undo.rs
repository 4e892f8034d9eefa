//! Second thoughts: taking back the own last act while nothing has left the agency (FLW-07).

use crate::worklist::{Desk, code, desk};
use domain::dossier::{Command, Event};
use motcua::dossier::Done;

/// The form that the page offers to this officer, when it offers one.
fn offer(page: &str) -> Option<(String, String)> {
    let form = page.split("id=\"undo\"").nth(1)?.split("</form>").next()?;
    let value = |name: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        form.split(&mark).nth(1).and_then(|v| v.split('"').next()).map(str::to_owned)
    };
    Some((value("once")?, value("version")?))
}

async fn page(d: &Desk, who: &domain::accounts::Who, done: &Done, told: &str) -> String {
    let session = d.w.sign_in(who).await;
    let path = format!("/can-bo/ho-so/{}{told}", code(done));
    d.w.get(&path).cookie(&session).send().await.expect(200).text().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_undo_is_offered_after_the_act_to_whoever_did_it_and_takes_it_back() {
    let d = desk().await;
    let done = d.assigned(&d.ha).await;
    let path = format!("/can-bo/ho-so/{}/hoan-tac", code(&done));
    let shown = page(&d, &d.head, &done, "?xong=assignments").await;
    let (once, version) = offer(&shown).expect("offered to the head who assigned");
    assert!(shown.contains("form=\"undo\""), "beside the good message too");
    assert_eq!(offer(&page(&d, &d.ha, &done, "").await), None, "not to whom it was given");
    let fields = [("once", once.as_str()), ("version", version.as_str())];
    d.post(&d.ha, &path, &fields).await.expect(403);
    let told = d.post(&d.head, &path, &fields).await.expect(303);
    assert!(told.location().ends_with("?xong=undone"));
    // A second click answers the same and does nothing twice.
    d.post(&d.head, &path, &fields).await.expect(303);
    let after = page(&d, &d.head, &done, "?xong=undone").await;
    assert!(after.contains("Đã hoàn tác") && after.contains("Hoàn tác bước vừa làm"), "it stands in the history");
    assert!(after.contains("Phân công xử lý"), "beside what was taken back: history is never rewritten");
    assert_eq!(offer(&after), None);
    let verified = motcua::verify::all(&d.w.app.db, &d.w.app.blobs).await.unwrap();
    assert_eq!(verified.faults, [], "the chain and the state agree");
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_undo_is_refused_once_somebody_went_on_or_the_time_is_over() {
    let d = desk().await;
    let (late, gone_on) = (d.assigned(&d.ha).await, d.submitted(&d.ha).await);
    let fields = |done: &Done| [("once", format!("k{}", done.id)), ("version", done.state.version.to_string())];
    let send = async |done: &Done| {
        let fields = fields(done);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        d.post(&d.head, &format!("/can-bo/ho-so/{}/hoan-tac", code(done)), &pairs).await
    };
    let refused = send(&gone_on).await.expect(403);
    assert!(refused.text().contains("Chỉ người vừa thực hiện"));
    d.w.at("2025-10-06T16:00");
    assert_eq!(offer(&page(&d, &d.head, &late, "").await), None);
    let refused = send(&late).await.expect(409);
    assert!(refused.text().contains("Đã hết thời gian hoàn tác"));
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_undo_of_many_at_once_brings_back_what_nobody_has_begun() {
    let d = desk().await;
    let (a, b) = (d.w.take_in(&d.lan, "1.000080").await, d.w.take_in(&d.lan, "1.000080").await);
    let rows = [&a, &b].map(|x| format!("{}:{}", x.id, x.state.version));
    let minh = d.minh.officer.to_string();
    let form = [("once", "k1"), ("act", "assign"), ("officer", minh.as_str()), ("hs", &rows[0]), ("hs", &rows[1])];
    let told = d.many(&d.head, &form).await;
    assert!(told.contains("Hoàn tác 2 hồ sơ"));
    let rows = [&a, &b].map(|x| format!("{}:{}", x.id, x.state.version + 1));
    // One of them was begun meanwhile.
    let begun = Done { state: domain::dossier::Dossier { version: 2, ..b.state.clone() }, ..b.clone() };
    let opinion = Command::Appraise { opinion: domain::dossier::Decision::Grant, text: "Đủ.".into() };
    d.give(&d.minh, &begun, opinion).await;
    let form = [("once", "k2"), ("act", "undo"), ("hs", rows[0].as_str()), ("hs", rows[1].as_str())];
    let told = d.many(&d.head, &form).await;
    assert!(told.contains("1 hồ sơ đã xong") && told.contains("1 hồ sơ chưa thực hiện được"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_undo_by_api_and_the_lists_tell_it_as_before() {
    let d = desk().await;
    let done = d.submitted(&d.ha).await;
    let back = d.give(&d.leader, &done, Command::ReturnToStep { step: None, reason: "Bổ sung.".into() }).await;
    let again = d.give(
        &d.ha,
        &back,
        Command::Appraise { opinion: domain::dossier::Decision::Grant, text: "Đã bổ sung.".into() },
    );
    let again = again.await;
    let sent = d.give(&d.ha, &again, Command::SubmitForApproval).await;
    let key = d.w.key(&d.ha, &[motcua::accounts::KeyScope::DossierWrite]).await;
    let path = format!("/api/v1/dossiers/{}/undos", code(&done));
    let version = sent.state.version;
    let told = d.w.post(&path).bearer(&key).once("u1").if_match(version).json(&serde_json::json!({})).send().await;
    let body: serde_json::Value = told.expect(200).json();
    assert_eq!(
        (body["version"].as_u64(), body["holder"]["officer"].as_str()),
        (Some(u64::from(version) + 1), Some("ha"))
    );
    let undone = d
        .give(
            &d.ha,
            &Done { state: domain::dossier::Dossier { version: version + 1, ..sent.state.clone() }, ..sent },
            Command::SubmitForApproval,
        )
        .await;
    assert!(matches!(undone.events.last(), Some(Event::SubmittedForApproval { .. })), "the step is free again");
}

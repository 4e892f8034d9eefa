//! FLW-07, STF-02: inbox and rights move to the backup for the time of an absence and come back; every act says for whom.

use crate::{
    call::Answer,
    world::{Assigned, World},
};
use domain::accounts::{Role, Who};
use motcua::{accounts::KeyScope, verify};
use serde_json::{Value, json};

const PROCEDURE: &str = "1.000080";

/// A dossier that Hà holds; Bình and the leader work in the same agency.
struct Case {
    world: World,
    code: String,
    away: Who,
    away_key: String,
    backup: Who,
    backup_key: String,
    leader_key: String,
}

async fn case(world: World) -> Case {
    let Assigned { done, agency, holder: away, .. } = world.assigned(PROCEDURE).await;
    let backup = world.officer("binh", &agency, &[Role::Specialist]).await;
    let leader = world.officer("lanh", &agency, &[Role::AgencyLeader]).await;
    Case {
        code: done.state.code.unwrap().to_string(),
        away_key: world.key(&away, &[KeyScope::DossierWrite]).await,
        backup_key: world.key(&backup, &[KeyScope::DossierWrite]).await,
        leader_key: world.key(&leader, &[KeyScope::DossierWrite]).await,
        world,
        away,
        backup,
    }
}

impl Case {
    async fn give(&self, key: &str, version: u32, what: &str, body: Value) -> Answer {
        let path = format!("/api/v1/dossiers/{}/{what}", self.code);
        let now = self.world.app.now();
        let once = format!("{what}-{version}-{}-{now}", &key[..6]);
        self.world.post(&path).bearer(key).once(&once).if_match(version).json(&body).send().await
    }
    async fn enter(&self, key: &str, path: &str, body: &Value) -> Answer {
        self.world.post(path).bearer(key).once(&format!("{path}{}", body.to_string().len())).json(body).send().await
    }
    async fn inbox(&self, key: &str) -> Vec<String> {
        let answer = self.world.get("/api/v1/inbox").bearer(key).send().await.expect(200).json();
        answer["items"].as_array().unwrap().iter().map(|i| i["code"].as_str().unwrap().to_owned()).collect()
    }
}

fn appraisal() -> Value {
    json!({"opinion": "grant", "text": "Đủ điều kiện."})
}

async fn away_and_back(world: World) {
    let c = case(world).await;
    c.give(&c.backup_key, 2, "appraisals", appraisal()).await.expect(403);
    let absence = json!({
        "backup": "binh", "from": "2025-10-06T07:30:00+07:00", "to": "2025-10-07T17:00:00+07:00", "reason": "Nghỉ ốm"
    });
    let entered = c.enter(&c.away_key, "/api/v1/absences", &absence).await.expect(201).json();
    assert_eq!((entered["officer"].as_str(), entered["backup"].as_str()), (Some("ha"), Some("binh")));
    assert_eq!(c.enter(&c.away_key, "/api/v1/absences", &absence).await.expect(201).json(), entered, "once");

    // The inbox moves: the backup has it, the absent officer does not.
    assert_eq!(c.inbox(&c.backup_key).await, std::slice::from_ref(&c.code));
    assert_eq!(c.inbox(&c.away_key).await, Vec::<String>::new());
    c.give(&c.away_key, 2, "appraisals", appraisal()).await.expect(403);
    let view = c.give(&c.backup_key, 2, "appraisals", appraisal()).await.expect(200).json();
    assert!(view["next"].as_array().unwrap().contains(&json!("submissions")), "{view}");

    // Every act says who did it and for whom; the chain holds both.
    let path = format!("/api/v1/dossiers/{}/events", c.code);
    let events = c.world.get(&path).bearer(&c.backup_key).send().await.expect(200).json();
    let last = events.as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["officer"].as_str(), last["on_behalf_of"].as_str()), (Some("binh"), Some("ha")));
    let session = c.world.sign_in(&c.backup).await;
    let page = c.world.get(&format!("/can-bo/ho-so/{}", c.code)).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("Cán bộ binh (thay Cán bộ ha)"), "the way walked says it");

    // And back.
    c.world.at("2025-10-07T17:00:00+07:00");
    assert_eq!(c.inbox(&c.backup_key).await, Vec::<String>::new());
    c.give(&c.backup_key, 3, "submissions", json!({})).await.expect(403);
    c.give(&c.away_key, 3, "submissions", json!({})).await.expect(200);
    let faults = verify::all(&c.world.app.db, &c.world.app.blobs).await.unwrap().faults;
    assert_eq!(faults, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_inbox_and_rights_move_to_the_backup_and_come_back() {
    away_and_back(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_inbox_and_rights_move_to_the_backup_and_come_back_on_postgresql() {
    away_and_back(World::postgres()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn flw_07_approval_is_delegated_by_a_decision_with_dates_and_nothing_else() {
    let c = case(World::sqlite()).await;
    c.give(&c.away_key, 2, "appraisals", appraisal()).await.expect(200);
    c.give(&c.away_key, 3, "submissions", json!({})).await.expect(200);
    let grant = json!({"decision": "grant"});
    c.give(&c.backup_key, 4, "approvals", grant.clone()).await.expect(403);
    let delegation = json!({"backup": "binh", "from": "2025-10-06T07:30:00+07:00", "to": "2025-10-31T17:00:00+07:00"});
    let refused = c.enter(&c.leader_key, "/api/v1/delegations", &delegation).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "decision");
    let mut decided = delegation.clone();
    decided["decision"] = json!("12/QĐ-UBND");
    decided["decided_on"] = json!("01/10/2025");
    let other = c.enter(&c.away_key, "/api/v1/delegations", &decided).await.expect(422).json();
    assert_eq!(other["errors"][0]["field"], "officer", "only somebody who approves delegates");
    c.enter(&c.leader_key, "/api/v1/delegations", &decided).await.expect(201);
    c.give(&c.backup_key, 4, "approvals", grant).await.expect(200);
}

/// DN 4.4: three working days ahead, unless it is sudden.
#[tokio::test(flavor = "multi_thread")]
async fn stf_02_dong_nai_hears_of_an_absence_three_working_days_ahead_unless_it_is_sudden() {
    let world = World::sqlite_of("dong-nai");
    let agency = world.app.reference().agencies[0].identifier.clone();
    let away = world.officer("ha", &agency, &[Role::Specialist]).await;
    world.officer("binh", &agency, &[Role::Specialist]).await;
    let key = world.key(&away, &[KeyScope::DossierWrite]).await;
    let mut absence = json!({
        "backup": "binh", "from": "2025-10-08T07:30:00+07:00", "to": "2025-10-09T17:00:00+07:00", "reason": "Nghỉ phép"
    });
    let send =
        |once: &'static str, body: &Value| world.post("/api/v1/absences").bearer(&key).once(once).json(body).send();
    let refused = send("a", &absence).await.expect(422).json();
    assert_eq!(refused["errors"][0]["field"], "from");
    absence["sudden"] = json!(true);
    send("b", &absence).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn stf_02_the_page_reports_an_absence_keeps_what_was_typed_and_ends_it_early() {
    let c = case(World::sqlite()).await;
    let session = c.world.sign_in(&c.away).await;
    let page = "/can-bo/vang-mat";
    let typed =
        [("kind", "absence"), ("backup", "binh"), ("from", "06/10/2025 07:30"), ("to", "07/10/2025"), ("once", "a")];
    let again = c.world.post(page).cookie(&session).form(&typed).send().await.expect(422);
    assert!(again.text().contains("reason-error") && again.text().contains("06/10/2025 07:30"));
    let full = [&typed[..], &[("reason", "Nghỉ phép")]].concat();
    c.world.post(page).cookie(&session).form(&full).send().await.expect(303);
    let shown = c.world.get(page).cookie(&session).send().await.expect(200);
    assert!(shown.text().contains("Cán bộ ha → Cán bộ binh"));
    let id = shown.text().split("/can-bo/vang-mat/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    assert_eq!(c.inbox(&c.backup_key).await.len(), 1);
    let stranger = c.world.officer("la", "H49.24", &[Role::Specialist]).await;
    let stranger = c.world.sign_in(&stranger).await;
    c.world.post(&format!("{page}/{id}/ket-thuc")).cookie(&stranger).send().await.expect(404);
    c.world.post(&format!("{page}/{id}/ket-thuc")).cookie(&session).send().await.expect(303);
    assert_eq!(c.inbox(&c.backup_key).await.len(), 0);
}

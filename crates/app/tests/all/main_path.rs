//! The main path by API, on both engines: a dossier from the counter to the returned result, and what is refused on the way.

use crate::{call::Answer, world::World};
use domain::accounts::{Role, Who};
use motcua::accounts::KeyScope;
use serde_json::{Value, json};

/// Registration of a marriage with a foreigner in a border area: a commune's procedure with a limit in working days.
const PROCEDURE: &str = "1.000080";

/// Everybody who touches the dossier.
struct Team {
    intake: String,
    head: String,
    specialist: String,
    leader: String,
    clerk: String,
    desk: String,
    stranger: String,
    supervisor: String,
}

async fn key(w: &World, login: &str, agency: &str, role: Role) -> (Who, String) {
    let who = w.officer(login, agency, &[role]).await;
    let key = w.key(&who, &[KeyScope::DossierWrite]).await;
    (who, key)
}

async fn team(w: &World, agency: &str) -> Team {
    let centre = w.app.reference().main_centre().unwrap().agency;
    let centre = w.app.reference().agency(centre).unwrap().identifier.clone();
    Team {
        intake: key(w, "lan", &centre, Role::IntakeOfficer).await.1,
        head: key(w, "truong", agency, Role::UnitHead).await.1,
        specialist: key(w, "ha", agency, Role::Specialist).await.1,
        leader: key(w, "lanh", agency, Role::AgencyLeader).await.1,
        clerk: key(w, "van", agency, Role::Clerk).await.1,
        desk: key(w, "tra", &centre, Role::ReturnDesk).await.1,
        stranger: key(w, "xa", "H49.18", Role::Specialist).await.1,
        supervisor: key(w, "giam", &centre, Role::Supervisor).await.1,
    }
}

/// The body of a complete dossier, made from what `GET /procedures/{code}` answers.
fn complete(w: &World, agency: &str) -> Value {
    let reference = w.app.reference();
    let version = reference.procedure(PROCEDURE).unwrap().version;
    let app = w.app.clone();
    let governing = w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let variant = &governing.procedure.variants[0];
    let components: Vec<_> = variant
        .components
        .iter()
        .filter(|c| c.is_paper())
        .map(|c| json!({"id": c.id, "originals": c.originals.max(1), "copies": c.copies}))
        .collect();
    json!({
        "procedure": PROCEDURE, "variant": variant.id, "agency": agency, "channel": "counter",
        "applicant": {"kind": "citizen", "name": "Nguyễn Thị Mẫu", "identity": "022099012345", "phone": "0912 345 678",
                      "address": "Tổ 1, phường Hồng Gai, tỉnh Quảng Ninh"},
        "components": components, "result_by": "counter"
    })
}

fn commune(w: &World) -> String {
    w.app.reference().agencies.iter().find(|a| a.kind == "commune").unwrap().identifier.clone()
}

async fn open(w: &World, key: &str, once: &str, body: &Value) -> Answer {
    w.post("/api/v1/dossiers").bearer(key).once(once).json(body).send().await
}

async fn step(w: &World, key: &str, code: &str, version: u64, what: &str, body: Value) -> Answer {
    let once = format!("{code}-{what}-{version}-{}", &key[..6]);
    let path = format!("/api/v1/dossiers/{code}/{what}");
    w.post(&path).bearer(key).once(&once).if_match(u32::try_from(version).unwrap()).json(&body).send().await
}

fn version(v: &Value) -> u64 {
    v["version"].as_u64().unwrap()
}

async fn walk(w: World) {
    w.procedures(&[PROCEDURE]).await;
    let agency = commune(&w);
    let t = team(&w, &agency).await;
    let body = complete(&w, &agency);

    // INT-03: taken in, with code, due date, receipt; CLK-03: the clock starts at acceptance.
    let first = open(&w, &t.intake, "k1", &body).await.expect(201);
    let d = first.json();
    let code = d["code"].as_str().unwrap().to_owned();
    assert_eq!(code, format!("{agency}-251006-0001"));
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("accepted"), Some(2)));
    assert_eq!(d["accepted_at"], "2025-10-06T08:00:00+07:00");
    assert!(d["due_at"].as_str().unwrap() > "2025-10-06");
    assert!(d["receipt"]["number"].as_str().unwrap().starts_with("1/2025/TN-"));
    assert_eq!(d["holder"]["agency"], agency.as_str(), "FLW-01: it goes to the agency at once");

    // The same key and body: the first answer; another body: 422.
    assert_eq!(open(&w, &t.intake, "k1", &body).await.expect(201).json(), d);
    let mut other = body.clone();
    other["sets"] = json!(2);
    assert_eq!(open(&w, &t.intake, "k1", &other).await.expect(422).json()["code"], "idempotency.mismatch");

    // INT-09: an agency cannot take in; GR-3: only published papers; INT-02: all that is required.
    assert_eq!(open(&w, &t.specialist, "k2", &body).await.expect(403).json()["rule"], "INT-09");
    let mut foreign = body.clone();
    foreign["components"] = json!([{"id": "giay-la", "originals": 1, "copies": 0}]);
    assert_eq!(open(&w, &t.intake, "k3", &foreign).await.expect(409).json()["rule"], "GR-3");
    let mut wrong = body.clone();
    wrong["applicant"]["phone"] = json!("091234567");
    wrong["applicant"]["name"] = json!("");
    let fields = open(&w, &t.intake, "k4", &wrong).await.expect(422).json();
    let named: Vec<_> = fields["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(named, ["applicant.name", "applicant.phone"]);

    // SEC-01: out of scope is the same as not there; in scope but not the holder is 403 with the rule.
    let path = format!("/api/v1/dossiers/{code}");
    w.get(&path).bearer(&t.stranger).send().await.expect(404);
    w.get(&path).bearer(&t.supervisor).send().await.expect(200);
    w.get(&path).send().await.expect(401);
    let mut v = version(&d);
    let to = json!({"to": {"unit": "main", "officer": "ha"}});
    assert_eq!(
        step(&w, &t.stranger, &code, v, "assignments", to.clone()).await.expect(404).json()["code"],
        "not_found"
    );
    assert_eq!(step(&w, &t.supervisor, &code, v, "assignments", to.clone()).await.expect(403).json()["rule"], "GR-6");
    w.post(&format!("{path}/assignments")).bearer(&t.head).once("nie").json(&to).send().await.expect(428);

    // FLW-07: assigned; GR-8: a stale version sees what changed.
    let d = step(&w, &t.head, &code, v, "assignments", to.clone()).await.expect(200).json();
    assert_eq!((d["status"].as_str(), d["holder"]["officer"].as_str()), (Some("in_progress"), Some("ha")));
    let early = json!({"opinion": "grant", "text": "Đủ điều kiện."});
    let stale = step(&w, &t.specialist, &code, v, "appraisals", early).await.expect(412).json();
    assert_eq!(stale["rule"], "GR-8");
    assert_eq!(stale["changed"][0]["what"], "Phân công xử lý");
    v = version(&d);

    // GR-4: no approval before the appraisal.
    assert_eq!(step(&w, &t.specialist, &code, v, "submissions", json!({})).await.expect(409).json()["rule"], "GR-4");
    let appraisal = json!({"opinion": "grant", "text": "Hồ sơ đủ điều kiện, đề nghị cấp."});
    let d = step(&w, &t.specialist, &code, v, "appraisals", appraisal).await.expect(200).json();
    let d = step(&w, &t.specialist, &code, version(&d), "submissions", json!({})).await.expect(200).json();

    // FLW-07: sent back with a reason, and submitted again.
    let back = json!({"reason": "Bổ sung căn cứ pháp lý."});
    let d = step(&w, &t.leader, &code, version(&d), "returns_to_step", back).await.expect(200).json();
    assert_eq!(d["holder"]["officer"], "ha");
    let again = json!({"opinion": "grant", "text": "Đã bổ sung căn cứ."});
    let d = step(&w, &t.specialist, &code, version(&d), "appraisals", again).await.expect(200).json();
    let d = step(&w, &t.specialist, &code, version(&d), "submissions", json!({})).await.expect(200).json();
    let decline = json!({"decision": "decline"});
    assert_eq!(
        step(&w, &t.leader, &code, version(&d), "approvals", decline).await.expect(409).json()["code"],
        "reason.needed"
    );
    let d = step(&w, &t.leader, &code, version(&d), "approvals", json!({"decision": "grant"})).await.expect(200).json();
    assert_eq!(d["national_status"], 9);

    // RES-01: the result; RES-02: returned to whom the rules allow.
    let result = json!({"number": "12/TLKH", "date": "2025-10-06", "signer": "Phạm Văn Lãnh", "files": []});
    let d = step(&w, &t.clerk, &code, version(&d), "results", result).await.expect(200).json();
    let to_stranger = json!({"to": "Người Lạ", "how": "counter"});
    assert_eq!(
        step(&w, &t.desk, &code, version(&d), "handovers", to_stranger).await.expect(409).json()["rule"],
        "GR-5"
    );
    let handover = json!({"to": "applicant", "identity": "022099012345", "how": "counter"});
    let d = step(&w, &t.desk, &code, version(&d), "handovers", handover).await.expect(200).json();
    assert_eq!((d["status"].as_str(), d["national_status"].as_u64()), (Some("returned"), Some(10)));
    assert_eq!(d["next"], json!([]));
    assert_eq!(d["holder"], Value::Null);

    // FLW-12: every act is in the history, each line continuing the chain.
    let events = w.get(&format!("{path}/events")).bearer(&t.supervisor).send().await.expect(200).json();
    let kinds: Vec<_> = events.as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "accepted",
            "assigned",
            "appraised",
            "submitted_for_approval",
            "returned_to_step",
            "appraised",
            "submitted_for_approval",
            "decided",
            "result_recorded",
            "handed_over"
        ]
    );
    assert!(!serde_json::to_string(&events).unwrap().contains("022099012345"), "no personal data in the events");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_walks_from_the_counter_to_the_returned_result_on_sqlite() {
    walk(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_walks_from_the_counter_to_the_returned_result_on_postgres() {
    walk(World::postgres()).await;
}

/// INT-08, INT-15, RES-02: by post the time of receipt counts, and the parcel has its number.
#[tokio::test(flavor = "multi_thread")]
async fn int_08_by_post_the_time_of_receipt_counts() {
    let w = World::sqlite();
    w.procedures(&[PROCEDURE]).await;
    let agency = commune(&w);
    let t = team(&w, &agency).await;
    let mut body = complete(&w, &agency);
    body["channel"] = json!("post");
    body["received_at"] = json!("2025-10-03T15:00:00+07:00");
    let d = open(&w, &t.intake, "p1", &body).await.expect(201).json();
    assert_eq!(d["accepted_at"], "2025-10-03T15:00:00+07:00");
    body["received_at"] = json!("2025-10-07T15:00:00+07:00");
    assert_eq!(open(&w, &t.intake, "p2", &body).await.expect(409).json()["rule"], "INT-08");
}

/// A draft and an online submission are taken in later; a refusal gives its number back to nobody but keeps none.
#[tokio::test(flavor = "multi_thread")]
async fn int_01_a_draft_and_an_online_dossier_are_taken_in_later_and_one_is_refused() {
    let w = World::sqlite();
    w.procedures(&[PROCEDURE]).await;
    let agency = commune(&w);
    let t = team(&w, &agency).await;
    let mut body = complete(&w, &agency);
    body["draft"] = json!(true);
    let draft = open(&w, &t.intake, "d1", &body).await.expect(201).json();
    assert_eq!((draft["code"].clone(), draft["status"].as_str()), (Value::Null, Some("draft")));
    let id = draft["id"].as_str().unwrap();
    let taken = step(&w, &t.intake, id, 1, "acceptances", json!({})).await.expect(200).json();
    assert_eq!(taken["code"], format!("{agency}-251006-0001"));

    body["draft"] = json!(false);
    body["channel"] = json!("online");
    let sent = open(&w, &t.intake, "o1", &body).await.expect(201).json();
    assert_eq!(
        (sent["code"].as_str().unwrap(), sent["national_status"].as_u64()),
        (format!("{agency}-251006-0002").as_str(), Some(1))
    );
    let code = sent["code"].as_str().unwrap();
    assert_eq!(
        step(&w, &t.intake, code, 1, "refusals", json!({"reason": " "})).await.expect(409).json()["code"],
        "reason.needed"
    );
    let reason = json!({"reason": "Không thuộc thẩm quyền của xã; xin nộp tại Sở Tư pháp."});
    let refused = step(&w, &t.intake, code, 1, "refusals", reason).await.expect(200).json();
    assert_eq!(refused["national_status"], 3);
    // CLK-10 is for later: a closed dossier cannot be taken in any more.
    assert_eq!(
        step(&w, &t.intake, code, 2, "acceptances", json!({})).await.expect(409).json()["code"],
        "dossier.not_now"
    );
}

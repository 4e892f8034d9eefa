//! INT-12: an unclear point is asked by the counter, answered by the agency, agreed by the Centre, and stands at the intake.

use crate::world::World;
use domain::accounts::Role;

const PROCEDURE: &str = "1.000080";
const QUESTION: &str = "Có phải nộp bản sao chứng thực không?";

struct Case {
    w: World,
    counter: String,
    finance: String,
    land: String,
    stranger: String,
    deputy: String,
}

async fn case(w: World) -> Case {
    w.procedures(&[PROCEDURE]).await;
    let centre = w.app.reference().main_centre().unwrap().agency;
    let centre = w.app.reference().agency(centre).unwrap().identifier.clone();
    let mut sessions = Vec::new();
    for (login, agency, role) in [
        ("lan", centre.as_str(), Role::IntakeOfficer),
        ("tai.chinh", "H49.24", Role::Specialist),
        ("dat.dai", "H49.18", Role::UnitHead),
        ("xa.la", "H49.28", Role::Specialist),
        ("pho", centre.as_str(), Role::CentreDeputy),
    ] {
        let who = w.officer(login, agency, &[role]).await;
        sessions.push(w.sign_in(&who).await);
    }
    let [counter, finance, land, stranger, deputy]: [String; 5] = sessions.try_into().unwrap();
    Case { w, counter, finance, land, stranger, deputy }
}

impl Case {
    async fn asks(&self) -> String {
        let form = [("once", "hoi-1"), ("procedure", PROCEDURE), ("text", QUESTION), ("agency", "H49.24")];
        let asked = self.w.post("/can-bo/vuong-mac/moi").cookie(&self.counter).form(&form).send().await.expect(303);
        let again = self.w.post("/can-bo/vuong-mac/moi").cookie(&self.counter).form(&form).send().await.expect(303);
        assert_eq!(asked.location(), again.location(), "a double click asks once");
        asked.location().to_owned()
    }
    async fn sends(&self, session: &str, at: &str, version: u32, act: &str, fields: &[(&str, &str)]) -> u16 {
        let (once, version) = (format!("{act}-{version}-{}", &session[..12]), version.to_string());
        let mut form = vec![("once", once.as_str()), ("version", version.as_str()), ("act", act)];
        form.extend_from_slice(fields);
        self.w.post(at).cookie(session).form(&form).send().await.status.as_u16()
    }
    async fn reads(&self, session: &str, at: &str) -> (u16, String) {
        let answer = self.w.get(at).cookie(session).send().await;
        (answer.status.as_u16(), answer.text().to_owned())
    }
}

async fn agreed(w: World) {
    let c = case(w).await;
    let at = c.asks().await;
    // VL 7.1: only the Centre opens a thread; only both sides read it.
    assert_eq!(c.reads(&c.finance, "/can-bo/vuong-mac/moi").await.0, 403);
    assert_eq!(c.reads(&c.stranger, &at).await.0, 404);
    assert!(!c.reads(&c.stranger, "/can-bo/vuong-mac").await.1.contains(QUESTION));
    assert!(c.reads(&c.finance, "/can-bo/vuong-mac").await.1.contains(QUESTION));
    assert_eq!(c.sends(&c.counter, &at, 1, "agree", &[]).await, 422, "nothing to agree to yet");
    assert_eq!(c.sends(&c.counter, &at, 1, "answer", &[("text", "Không.")]).await, 403, "the agency's to say");
    assert_eq!(c.sends(&c.finance, &at, 1, "answer", &[("text", "Không phải nộp.")]).await, 303);
    // GR-8: whoever wrote over what another has just said reads it first, and nothing typed is lost.
    let stale = [("once", "cham"), ("version", "1"), ("act", "say"), ("text", "Câu viết dở.")];
    let late = c.w.post(&at).cookie(&c.counter).form(&stale).send().await.expect(412);
    assert!(late.text().contains("Câu viết dở.") && late.text().contains("Không phải nộp."));
    assert_eq!(c.sends(&c.counter, &at, 2, "agree", &[]).await, 303);
    // Kept with the procedure, and shown where dossiers are taken in.
    for page in ["/can-bo/thu-tuc/1.000080", "/can-bo/tiep-nhan/1.000080"] {
        let (status, text) = c.reads(&c.counter, page).await;
        assert!(status == 200 && text.contains("Không phải nộp."), "{page}");
    }
    assert_eq!(c.sends(&c.finance, &at, 3, "say", &[("text", "Còn nữa.")]).await, 422, "it is closed");
}

#[tokio::test]
async fn int_12_an_agreed_answer_is_kept_with_the_procedure_on_sqlite() {
    agreed(World::sqlite()).await;
}
#[tokio::test]
async fn int_12_an_agreed_answer_is_kept_with_the_procedure_on_postgres() {
    agreed(World::postgres()).await;
}

/// VL 7.2: several agencies are invited and meet; the record says when, where and with whom.
#[tokio::test]
async fn int_12_several_agencies_meet_and_the_record_is_read_by_all_of_them() {
    let c = case(World::sqlite()).await;
    let at = c.asks().await;
    let record = [
        ("meeting_at", "06/10/2025 07:45"),
        ("place", "Phòng họp Trung tâm"),
        ("participants", "Trần Văn A, Sở Tài chính\nLê Thị B, Sở Nông nghiệp và Môi trường"),
        ("conclusion", "Thống nhất nộp một bộ."),
    ];
    assert_eq!(
        c.sends(&c.deputy, &at, 1, "meet", &record).await,
        422,
        "with one agency there is nothing to meet about"
    );
    assert_eq!(c.sends(&c.counter, &at, 1, "invite", &[("agency", "H49.18")]).await, 303);
    let mut ahead = record;
    ahead[0].1 = "07/10/2025 09:00";
    assert_eq!(c.sends(&c.deputy, &at, 2, "meet", &ahead).await, 422, "it has not been held");
    let mut nonsense = record;
    nonsense[0].1 = "hôm qua";
    assert_eq!(c.sends(&c.deputy, &at, 2, "meet", &nonsense).await, 422);
    assert_eq!(c.sends(&c.deputy, &at, 2, "meet", &record).await, 303);
    let (status, text) = c.reads(&c.land, &at).await;
    assert!(status == 200 && text.contains("Lê Thị B") && text.contains("Thống nhất nộp một bộ."));
    assert_eq!(c.sends(&c.counter, &at, 3, "agree", &[]).await, 303);
}

#[tokio::test]
async fn int_12_a_question_needs_a_procedure_words_and_an_agency() {
    let c = case(World::sqlite()).await;
    let wrong = [("once", "x"), ("procedure", "9.999999"), ("text", " ")];
    let page = c.w.post("/can-bo/vuong-mac/moi").cookie(&c.counter).form(&wrong).send().await.expect(422);
    assert!(page.text().contains("procedure-error") && page.text().contains("text-error"));
    let nobody = [("once", "y"), ("procedure", PROCEDURE), ("text", QUESTION)];
    let page = c.w.post("/can-bo/vuong-mac/moi").cookie(&c.counter).form(&nobody).send().await.expect(422);
    assert!(page.text().contains("agency-error") && page.text().contains(QUESTION), "nothing typed is lost");
}

/// VL 7.1, 7.2 by API: asked, answered, met about and agreed from outside; whoever takes no part learns nothing.
async fn by_api(w: World) {
    use motcua::accounts::KeyScope;
    use serde_json::json;
    w.procedures(&[PROCEDURE]).await;
    let reference = w.app.reference();
    let centre = reference.agency(reference.main_centre().unwrap().agency).unwrap().identifier.clone();
    let mut keys = Vec::new();
    for (login, agency, role) in [
        ("lan", centre.as_str(), Role::IntakeOfficer),
        ("tai.chinh", "H49.24", Role::Specialist),
        ("xa.la", "H49.28", Role::Clerk),
    ] {
        let who = w.officer(login, agency, &[role]).await;
        keys.push(w.key(&who, &[KeyScope::DossierWrite]).await);
    }
    let [counter, finance, stranger]: [String; 3] = keys.try_into().unwrap();
    let ask = |key: &str, once: &str, body: serde_json::Value| {
        w.post("/api/v1/unclear_cases").bearer(key).once(once).json(&body).send()
    };
    let wrong = json!({"procedure": "9.999999", "text": QUESTION, "agencies": ["H49.24", "H99"]});
    let wrong = ask(&counter, "a", wrong).await.expect(422).json();
    let fields: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["procedure", "agencies"]);
    let body = json!({"procedure": PROCEDURE, "text": QUESTION, "agencies": ["H49.24"]});
    ask(&finance, "b", body.clone()).await.expect(403);
    let opened = ask(&counter, "c", body.clone()).await.expect(201).json();
    assert_eq!(ask(&counter, "c", body).await.expect(201).json()["id"], opened["id"], "the same key asks once");
    let at = format!("/api/v1/unclear_cases/{}", opened["id"].as_str().unwrap());
    w.get(&at).bearer(&stranger).send().await.expect(404);
    let listed = w.get("/api/v1/unclear_cases").bearer(&finance).send().await.expect(200).json();
    assert_eq!((&listed[0]["id"], &listed[0]["stage"]), (&opened["id"], &json!("open")));
    let lines = format!("{at}/lines");
    let add = |key: &str, version: u32, body: serde_json::Value| {
        let once = format!("{version}-{}-{}", &key[..6], body.to_string().len());
        w.post(&lines).bearer(key).once(&once).if_match(version).json(&body).send()
    };
    add(&stranger, 1, json!({"line": "nonsense"})).await.expect(404);
    add(&finance, 1, json!({"line": "nonsense"})).await.expect(422);
    add(&counter, 1, json!({"line": "answer", "text": "Không."})).await.expect(403);
    let said = add(&finance, 1, json!({"line": "answer", "text": "Không phải nộp."})).await.expect(200).json();
    assert_eq!((&said["stage"], &said["answered_by"]), (&json!("answered"), &json!("H49.24")));
    add(&counter, 1, json!({"line": "agree"})).await.expect(412);
    add(&counter, 2, json!({"line": "invite", "agency": "H49.18"})).await.expect(200);
    let meeting =
        json!({"at": "2025-10-06T07:45:00+07:00", "place": "Phòng họp", "participants": ["A, Sở TC", "B, Sở NN"]});
    let met = json!({"line": "meet", "text": "Nộp một bộ.", "meeting": meeting});
    let met = add(&counter, 3, met).await.expect(200).json();
    assert_eq!((&met["answer"], &met["answered_by"]), (&json!("Nộp một bộ."), &serde_json::Value::Null));
    assert_eq!(met["lines"].as_array().unwrap().last().unwrap()["meeting"]["place"], "Phòng họp");
    let agreed = add(&counter, 4, json!({"line": "agree"})).await.expect(200).json();
    assert_eq!((&agreed["stage"], &agreed["next"]), (&json!("agreed"), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn int_12_an_unclear_point_is_agreed_by_api_on_sqlite() {
    by_api(World::sqlite()).await;
}
#[tokio::test(flavor = "multi_thread")]
async fn int_12_an_unclear_point_is_agreed_by_api_on_postgresql() {
    by_api(World::postgres()).await;
}

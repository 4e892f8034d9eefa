//! What the API makes of a body: nothing is dropped without a word, and a first answer outlives what it named.

use crate::{lifecycle::Case, world::World};
use domain::{accounts::Role, catalogue::ProcedureVersion};
use motcua::accounts::KeyScope;
use serde_json::json;

/// contract.md: a misspelt field is named (422); it would otherwise mean another command.
#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_nobody_knows_is_named_and_nothing_happens() {
    let mut c = Case::in_appraisal(World::sqlite()).await;
    for (body, field, code) in [
        (json!({"opinon": "decline", "text": "Thiếu căn cứ."}), "opinon", "field.unknown"),
        (json!({"text": "Thiếu căn cứ."}), "opinion", "unknown"),
        (json!({"opinion": true, "text": "Thiếu căn cứ."}), "opinion", "json.invalid"),
    ] {
        let problem = c.send("specialist", "appraisals", body).await.expect(422).json();
        let error = &problem["errors"][0];
        assert_eq!((error["field"].as_str(), error["code"].as_str()), (Some(field), Some(code)), "{problem}");
    }
    let d = c.does("specialist", "appraisals", json!({"opinion": "decline", "text": "Thiếu căn cứ."})).await;
    assert_eq!(d["version"], 3, "{d}");

    let mut inside = c.body.clone();
    inside["components"][0]["orginals"] = json!(2);
    inside["proxy"] = json!({"name": "Trần Văn Thay", "authorisation": "số 1"});
    let sent = c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("n1").json(&inside).send().await.expect(422);
    assert_eq!(sent.json()["errors"][0]["field"], "components[0].orginals", "{}", sent.text());
    let mut proxy = c.body.clone();
    proxy["proxy"] = json!({"name": "Trần Văn Thay", "authorization": "số 1"});
    let sent = c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("n2").json(&proxy).send().await.expect(422);
    assert_eq!(sent.json()["errors"][0]["field"], "proxy.authorization", "{}", sent.text());
    let broken = c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("n3");
    let broken = broken.bytes("application/json", "{\"procedure\":").send().await.expect(422);
    assert_eq!(broken.json()["errors"][0]["field"], "body");
}

/// The procedure in another version, in which the case of before is no longer known.
async fn change_the_case(w: &World, code: &str) {
    let version = w.app.reference().procedure(code).unwrap().version;
    let app = w.app.clone();
    let governing = w.app.db.read_blocking(move |q| app.versions.get(q, version)).unwrap();
    let mut newer: ProcedureVersion = governing.procedure.clone();
    newer.variants[0].id = "truong-hop-moi".into();
    w.put_in_force(&newer).await;
}

/// contract.md: the same key and body give the first answer again, also when what the body names has changed meanwhile; a
/// client that never heard it would otherwise send all again under another key.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_answer_is_given_again_after_the_procedure_has_changed() {
    let c = Case::empty(World::sqlite()).await;
    let send = |once: &str| c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once(once).json(&c.body).send();
    let first = send("first").await.expect(201);
    change_the_case(&c.w, c.body["procedure"].as_str().unwrap()).await;
    let again = send("first").await.expect(201);
    assert_eq!(again.json(), first.json());
    assert_eq!(again.headers["etag"], first.headers["etag"]);
    send("second").await.expect(422);
    let mut other = c.body.clone();
    other["variant"] = json!("khong-co");
    let other = c.w.post("/api/v1/dossiers").bearer(&c.keys["intake"]).once("first").json(&other).send().await;
    assert_eq!(other.expect(422).json()["code"], "idempotency.mismatch");
}

/// A fault in the body tells a stranger nothing about whether the dossier is there.
#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_out_of_scope_is_404_whatever_the_body_says() {
    let c = Case::in_appraisal(World::sqlite()).await;
    let nobody = json!({"to": {"officer": "khong.co"}});
    assert_eq!(
        c.send("head", "assignments", nobody.clone()).await.expect(422).json()["errors"][0]["field"],
        "to.officer"
    );
    let stranger = c.w.officer("la", "H49.18", &[Role::UnitHead]).await;
    let key = c.w.key(&stranger, &[KeyScope::DossierWrite]).await;
    let path = format!("/api/v1/dossiers/{}/assignments", c.code);
    c.w.post(&path).bearer(&key).once("s1").if_match(2).json(&nobody).send().await.expect(404);
}

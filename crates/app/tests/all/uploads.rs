//! Files by API: one effect for one key.

use crate::{
    call::{Answer, Call},
    lifecycle::Case,
    world::World,
};
use domain::accounts::Role;
use motcua::{accounts::KeyScope, dossier::store::UPLOAD_WAITS_MS};
use serde_json::json;

fn with_file(call: Call, name: &str, content: &str) -> Call {
    let body = format!(
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n{content}\r\n--part--\r\n"
    );
    call.bytes("multipart/form-data; boundary=part", body)
}

async fn upload(world: &World, key: &str, once: &str, content: &str) -> Answer {
    with_file(world.post("/api/v1/files").bearer(key).once(once), "đơn.pdf", content).send().await
}

const DON: &str = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nđơn\n%%EOF";
const OTHER: &str = "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\ntệp khác\n%%EOF";

/// contract.md: the same key and body give the first answer again; the same key with another body is refused.
#[tokio::test]
async fn a_file_sent_twice_under_one_key_is_noted_once() {
    let world = World::sqlite();
    let who = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let key = world.key(&who, &[KeyScope::DossierWrite]).await;
    let first = upload(&world, &key, "k1", DON).await.expect(201);
    let again = upload(&world, &key, "k1", DON).await.expect(201);
    assert_eq!(again.json(), first.json());
    let other = upload(&world, &key, "k1", OTHER).await.expect(422);
    assert_eq!(other.json()["code"], "idempotency.mismatch");
    let second = upload(&world, &key, "k2", DON).await.expect(201);
    assert_eq!(second.json()["sha256"], first.json()["sha256"]);
    assert_ne!(second.json()["id"], first.json()["id"], "another key is another upload of the same content");
}

/// A file that was sent long ago may have been cleared away: a dossier never names one that is not there.
#[tokio::test(flavor = "multi_thread")]
async fn res_05_an_upload_is_attached_within_the_day_or_asked_for_again() {
    let c = Case::empty(World::sqlite()).await;
    let (key, content) = (&c.keys["intake"], DON);
    let sent = upload(&c.w, key, "k1", content).await.expect(201).json();
    let mut body = c.body.clone();
    body["components"][0]["files"] = json!([sent["sha256"]]);

    let next_day = c.w.another_process(UPLOAD_WAITS_MS);
    let late = next_day.post("/api/v1/dossiers").bearer(key).once("late").json(&body).send().await.expect(422).json();
    let error = &late["errors"][0];
    assert_eq!((error["field"].as_str(), error["code"].as_str()), (Some("files"), Some("file.unknown")));

    upload(&next_day, key, "k2", content).await.expect(201);
    let in_time = c.w.another_process(2 * UPLOAD_WAITS_MS - 1);
    motcua::worker::orphans(&in_time.app).await.unwrap();
    let opened = in_time.post("/api/v1/dossiers").bearer(key).once("in time").json(&body).send().await;
    let code = opened.expect(201).json()["code"].as_str().unwrap().to_owned();
    let much_later = c.w.another_process(5 * UPLOAD_WAITS_MS);
    motcua::worker::orphans(&much_later.app).await.unwrap();
    let path = format!("/api/v1/dossiers/{code}/files/{}", sent["sha256"].as_str().unwrap());
    assert_eq!(c.w.get(&path).bearer(key).send().await.expect(200).body, content.as_bytes());
}

//! Files by API: one effect for one key.

use crate::{
    call::{Answer, Call},
    world::World,
};
use domain::accounts::Role;
use motcua::accounts::KeyScope;

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

/// contract.md: the same key and body give the first answer again; the same key with another body is refused.
#[tokio::test]
async fn a_file_sent_twice_under_one_key_is_noted_once() {
    let world = World::sqlite();
    let who = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let key = world.key(&who, &[KeyScope::DossierWrite]).await;
    let first = upload(&world, &key, "k1", "%PDF-1.7 đơn\n%%EOF").await.expect(201);
    let again = upload(&world, &key, "k1", "%PDF-1.7 đơn\n%%EOF").await.expect(201);
    assert_eq!(again.json(), first.json());
    let other = upload(&world, &key, "k1", "%PDF-1.7 tệp khác\n%%EOF").await.expect(422);
    assert_eq!(other.json()["code"], "idempotency.mismatch");
    let second = upload(&world, &key, "k2", "%PDF-1.7 đơn\n%%EOF").await.expect(201);
    assert_eq!(second.json()["sha256"], first.json()["sha256"]);
    assert_ne!(second.json()["id"], first.json()["id"], "another key is another upload of the same content");
}

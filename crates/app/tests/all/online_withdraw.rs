//! A dossier that was handed in from home is taken back from home.

use crate::{desk::hidden, online::home};
use motcua::worker;

/// FLW-08: what was handed in from home is taken back from home, once and with a reason, by nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn flw_08_the_sender_takes_a_dossier_back_from_home() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let draft = h.fill(&session).await;
    let code = h.submit(&session, &draft).await.expect(303).location().strip_prefix("/da-nop/").unwrap().to_owned();
    let (own, at) = (format!("/tra-cuu/{code}"), format!("/rut-ho-so/{code}"));
    let shown = h.w.get(&own).cookie(&session).send().await.expect(200);
    assert!(shown.text().contains(&format!("href=\"{at}\"")), "{}", shown.text());
    let stranger = h.enter("0987654321").await;
    h.w.get(&at).cookie(&stranger).send().await.expect(404);
    let form = h.w.get(&at).cookie(&session).send().await.expect(200);
    let once = hidden(&form, "once");
    let silent = h.send(&session, &at, &[("once", &once), ("reason", " ")]).await.expect(422);
    assert!(silent.text().contains("Xin ghi lý do rút hồ sơ."));
    let said = [("once", once.as_str()), ("reason", "Tôi nộp nhầm thủ tục")];
    for _ in 0..2 {
        assert_eq!(h.send(&session, &at, &said).await.expect(303).location(), own, "a second click changes nothing");
    }
    let shown = h.w.get(&own).cookie(&session).send().await.expect(200);
    assert!(shown.text().contains("Ông/bà đã rút hồ sơ") && !shown.text().contains(&at), "{}", shown.text());
    h.w.get(&at).cookie(&session).send().await.expect(409);
    let officer = h.w.sign_in(&h.officer).await;
    let list = h.w.get("/can-bo/truc-tuyen").cookie(&officer).send().await.expect(200);
    assert!(!list.text().contains(&code), "it waits for nobody");
    worker::outbox(&h.w.app).await.unwrap();
    assert!(h.gateway.posted().iter().any(|p| p.body.contains("rut")), "the sender is told");
}

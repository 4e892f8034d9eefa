//! QN 5.1a: the real figures of a procedure come from what was decided here; CAT-09: what hangs posted is what is handled here.

use crate::{
    process::{PROCEDURE, board},
    world::World,
};
use domain::{
    accounts::Role,
    dossier::{Command, Decision},
};
use motcua::{accounts::KeyScope, catalogue::pace, settings};

#[tokio::test(flavor = "multi_thread")]
async fn cat_01_a_decided_dossier_is_counted_for_twelve_months_and_no_longer() {
    let b = board(World::sqlite()).await;
    b.w.app.db.unit(|unit| settings::set(unit, pace::LEAST, "1").map_err(motcua::error::AppError::from)).await.unwrap();
    let key = b.w.key(&b.intake, &[KeyScope::DossierWrite]).await;
    let code = b.take_in(&key, "mot").await;
    let of = || b.w.app.db.read_blocking(|q| pace::of(q, PROCEDURE, b.w.app.now())).unwrap();
    assert_eq!(of(), None);
    b.submitted(&code).await;
    b.w.at("2025-10-07T08:00");
    b.go(&code, &b.leader, Command::Approve { decision: Decision::Grant, reason: None }).await;
    let counted = of().unwrap();
    assert_eq!((counted.decided, counted.on_time), (1, 1));
    assert_eq!(counted.minutes, 450, "one working day from 08:00 to 08:00");
    assert!(b.get(&format!("/thu-tuc/{PROCEDURE}")).await.expect(200).text().contains("1 hồ sơ đã giải quyết"));
    b.w.at("2026-09-30T08:00");
    assert_eq!(of().map(|p| p.decided), Some(1));
    b.w.at("2026-10-01T08:00");
    assert_eq!(of(), None, "its month is the thirteenth");
}

#[tokio::test(flavor = "multi_thread")]
async fn cat_09_what_is_handled_elsewhere_is_not_posted_here() {
    let w = World::sqlite();
    w.procedures(&["1.000894", "1.001193"]).await;
    let keeper = w.officer("kiem.soat", "H49.28", &[Role::ProcedureControl]).await;
    let session = w.sign_in(&keeper).await;
    let page = || w.get("/can-bo/quan-tri/danh-muc/niem-yet").cookie(&session).send();
    assert!(page().await.expect(200).text().contains("1 lĩnh vực cần niêm yết"));
    for code in ["1.000894", "1.001193"] {
        let id = w.app.reference().procedure(code).unwrap().version;
        let app = w.app.clone();
        let mut version = w.app.db.read_blocking(move |q| app.versions.get(q, id)).unwrap().procedure.clone();
        version.flags.handled_elsewhere = Some("Bộ Tư pháp".into());
        w.put_in_force(&version).await;
    }
    assert!(!page().await.expect(200).text().contains("1 lĩnh vực cần niêm yết"));
    let sheet = "/can-bo/quan-tri/danh-muc/niem-yet/to.pdf?linh_vuc=H%E1%BB%99%20t%E1%BB%8Bch";
    w.get(sheet).cookie(&session).send().await.expect(404);
}

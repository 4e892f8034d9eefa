//! CAT-02: an import is undone as a whole, a few versions at a time; a row that was declined is looked at again.

use crate::{
    catalogue_import::{answer, file, import, keeper, name_of, newest_batch},
    world::World,
};
use domain::accounts::Role;
use motcua::{
    catalogue::import::{
        decide_all, due,
        store::{self, State},
        undo,
    },
    error::AppError,
};
use serde_json::Value;

#[tokio::test]
async fn cat_02_an_import_is_undone_as_a_whole_and_can_be_done_again() {
    let world = World::sqlite();
    let who = keeper(&world).await;
    let rows = file(&[answer("1.000080", "Khai sinh", 5), answer("1.000081", "Kết hôn", 5)]);
    import(&world, "a.jsonl", &rows);
    let batch = newest_batch(&world).id;
    assert_eq!(undo(&world.app, &who, batch).await.unwrap(), 2);
    assert!(undo(&world.app, &who, batch).await.is_err(), "not twice");
    assert_eq!(due(&world.app).await.unwrap(), 1);
    assert_eq!((name_of(&world, "1.000080"), newest_batch(&world).state), (None, State::Undone));
    assert!(undo(&world.app, &who, batch).await.is_err(), "nor when it is done");
    let (again, _) = import(&world, "a.jsonl", &rows);
    assert_eq!(again.taken + again.mended, 2);
}

#[tokio::test]
async fn cat_02_an_import_under_which_a_dossier_was_taken_in_is_not_undone() {
    let world = World::sqlite();
    let who = keeper(&world).await;
    let centre = world.app.reference().main_centre().unwrap().agency;
    let agency = world.app.reference().agency(centre).unwrap().identifier.clone();
    let clerk = world.officer("lan.nt", &agency, &[Role::IntakeOfficer]).await;
    import(&world, "a.jsonl", &file(&[answer("1.000080", "Khai sinh", 5), answer("1.000081", "Kết hôn", 5)]));
    world.app.refresh().await.unwrap();
    world.take_in(&clerk, "1.000080").await;
    let refused = undo(&world.app, &who, newest_batch(&world).id).await;
    assert!(
        matches!(refused, Err(AppError::Fields(e)) if e[0].code == "import.in_use" && e[0].vi.contains("1.000080"))
    );
    world.app.refresh().await.unwrap();
    assert_eq!(name_of(&world, "1.000081").as_deref(), Some("Kết hôn"), "nothing of it went");
}

/// A few versions go at a time; whoever was killed over it is followed by the next who looks. What a dossier was taken in under
/// meanwhile stays, and the batch says so.
#[tokio::test]
async fn cat_02_an_undoing_goes_on_after_a_kill_and_keeps_what_came_into_use_meanwhile() {
    let world = World::sqlite();
    let who = keeper(&world).await;
    let centre = world.app.reference().main_centre().unwrap().agency;
    let agency = world.app.reference().agency(centre).unwrap().identifier.clone();
    let clerk = world.officer("lan.nt", &agency, &[Role::IntakeOfficer]).await;
    let rows: Vec<Value> =
        (0..20).map(|n| answer(&format!("1.{:06}", 80 + n), &format!("Thủ tục số {n}"), 5)).collect();
    import(&world, "a.jsonl", &file(&rows));
    world.app.refresh().await.unwrap();
    let batch = newest_batch(&world).id;
    assert_eq!(undo(&world.app, &who, batch).await.unwrap(), 20);
    world.take_in(&clerk, "1.000085").await;
    // Somebody took it up, took eight away and was killed.
    let now = world.app.machine.now();
    let killed = move |unit: &mut platform::db::Unit| {
        assert!(store::claim_undoing(unit, batch, now, now + 30_000)?);
        for (version, _) in store::brought(unit, batch, i64::MAX, 8)? {
            assert!(motcua::catalogue::store::delete_version(unit, version)?);
        }
        Ok::<_, AppError>(())
    };
    world.app.db.unit(killed).await.unwrap();
    assert_eq!(due(&world.app).await.unwrap(), 0, "whoever has it may still be at it");
    let next = world.another_process(31_000);
    assert_eq!(due(&next.app).await.unwrap(), 1);
    next.app.refresh().await.unwrap();
    assert_eq!(next.app.reference().procedures.len(), 1, "all but the one in use");
    assert_eq!(name_of(&next, "1.000085").as_deref(), Some("Thủ tục số 5"));
    let done = newest_batch(&next);
    assert!(done.state == State::Undone && done.problem.unwrap().contains("1.000085"));
}

/// A "no" that was a slip of the finger is taken back; the change then waits as before (CAT-02).
#[tokio::test]
async fn cat_02_a_declined_row_is_looked_at_again_and_agreed_to() {
    let world = World::sqlite();
    let who = keeper(&world).await;
    import(&world, "a.jsonl", &file(&[answer("1.000080", "Khai sinh", 5)]));
    import(&world, "b.jsonl", &file(&[answer("1.000080", "Khai sinh", 3)]));
    let batch = newest_batch(&world).id;
    assert_eq!(decide_all(&world.app, &who, batch, false).await.unwrap().rejected, 1);
    let rejected = move |q: &mut platform::db::Reader| Ok::<_, AppError>(store::rejected(q, batch, i64::MAX, 9)?);
    let no = world.app.db.read(rejected).await.unwrap();
    assert_eq!((no.len(), no[0].code.as_str(), no[0].officer), (1, "1.000080", Some(who.officer)));

    let session = world.sign_in(&who).await;
    let path = format!("/can-bo/quan-tri/thu-tuc/nhap/{batch}");
    let page = world.get(&path).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("Thay đổi đã không lấy") && page.text().contains("value=\"reconsider\""));
    let id = no[0].id.to_string();
    let press = || world.post(&path).cookie(&session).form(&[("act", "reconsider"), ("change", &id)]).send();
    press().await.expect(303);
    press().await.expect(303);
    let page = world.get(&path).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("1 thay đổi chờ đồng ý") && !page.text().contains("Thay đổi đã không lấy"));
    let history = world.get("/can-bo/quan-tri/thu-tuc/1.000080").cookie(&session).send().await.expect(200);
    assert_eq!(history.text().matches("Xem lại thay đổi của lần nhập").count(), 1);
    assert_eq!(decide_all(&world.app, &who, batch, true).await.unwrap().accepted, 1);
    world.post(&path).cookie(&session).form(&[("act", "reconsider"), ("change", "9")]).send().await.expect(404);
}

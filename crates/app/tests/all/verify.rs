//! SEC-01: whoever changes a dossier past the program is found out.

use crate::world::World;
use domain::accounts::Role;
use motcua::{dossier::Done, verify};
use platform::db::{DbError, Unit, params, sql};

async fn one_dossier() -> (World, Done) {
    let world = World::sqlite();
    world.procedures(&["1.000080"]).await;
    let officer = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let done = world.take_in(&officer, "1.000080").await;
    (world, done)
}

async fn faults(world: &World) -> Vec<String> {
    let found = verify::all(&world.app.db, &world.app.blobs).await.unwrap();
    assert_eq!((found.dossiers, found.events), (1, 1));
    found.faults.into_iter().map(|f| f.what).collect()
}

async fn tamper(world: &World, change: impl Fn(&mut Unit) -> Result<u64, DbError> + Send + 'static) {
    assert_eq!(world.app.db.unit(move |unit| change(unit)).await.unwrap(), 1);
}

#[tokio::test]
async fn an_untouched_dossier_is_well_also_after_its_slip_was_archived() {
    let (world, _) = one_dossier().await;
    assert_eq!(faults(&world).await, [""; 0]);
    world.admin("POST", "/test/settle").send().await.expect(200);
    assert_eq!(faults(&world).await, [""; 0]);
}

#[tokio::test]
async fn a_changed_event_breaks_the_chain() {
    let (world, _) = one_dossier().await;
    tamper(&world, |unit| unit.execute(sql!("UPDATE dossier_events SET at = at + 1"), params![])).await;
    assert_eq!(faults(&world).await, ["event 1 does not continue the chain of hashes"]);
}

#[tokio::test]
async fn a_changed_state_is_not_what_the_events_make() {
    let (world, done) = one_dossier().await;
    let mut state = done.state.clone();
    state.due_at = None;
    let text = serde_json::to_string(&state).unwrap();
    tamper(&world, move |unit| unit.execute(sql!("UPDATE dossiers SET state = $1"), params![&text])).await;
    let found = faults(&world).await;
    assert_eq!(found, ["the state is not what the events make", "accepted under a limit, but without a due date"]);
}

#[tokio::test]
async fn a_moved_column_a_changed_person_and_a_missing_slip_are_found() {
    let (world, _) = one_dossier().await;
    tamper(&world, |unit| unit.execute(sql!("UPDATE dossiers SET step = 'approve'"), params![])).await;
    tamper(&world, |unit| unit.execute(sql!("UPDATE dossier_people SET body = '{}'"), params![])).await;
    tamper(&world, |unit| unit.execute(sql!("DELETE FROM slips"), params![])).await;
    let found = faults(&world).await.join("\n");
    for part in ["columns differ", "not those that the events name", "is missing"] {
        assert!(found.contains(part), "{part}: {found}");
    }
}

#[tokio::test]
async fn a_damaged_file_is_found_by_its_name() {
    let (world, _) = one_dossier().await;
    world.admin("POST", "/test/settle").send().await.expect(200);
    let folders = std::fs::read_dir(world.folder.path().join("blobs")).unwrap().map(|f| f.unwrap().path());
    let file = folders.filter(|f| f.file_name().unwrap().len() == 2).find_map(|f| std::fs::read_dir(f).unwrap().next());
    std::fs::write(file.unwrap().unwrap().path(), b"%PDF-1.4 something else").unwrap();
    let found = faults(&world).await.join("\n");
    assert!(found.ends_with("is damaged"), "{found}");
}

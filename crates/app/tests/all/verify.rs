//! SEC-01: whoever changes a dossier past the program is found out.

use crate::world::World;
use domain::accounts::Role;
use motcua::{attention::KeptMoment, dossier::Done, verify};
use platform::db::{DbError, Query, Unit, params, sql};

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
    let found = faults(&world).await;
    assert_eq!(found.len(), 2, "and the column that repeats the moment: {found:?}");
    assert_eq!(found[0], "event 1 does not continue the chain of hashes");
}

#[tokio::test]
async fn a_changed_state_is_not_what_the_events_make() {
    let (world, done) = one_dossier().await;
    let mut state = done.state.clone();
    state.due_at = None;
    let text = serde_json::to_string(&state).unwrap();
    tamper(&world, move |unit| unit.execute(sql!("UPDATE dossiers SET state = $1"), params![&text])).await;
    let found = faults(&world).await;
    assert_eq!(found[0], "the state is not what the events make");
    assert!(found[1].starts_with("the row's columns differ"), "{found:?}");
    assert_eq!(found[2..], ["accepted under a limit, but without a due date"]);
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

async fn all_faults(world: &World) -> Vec<String> {
    let mut found = verify::all(&world.app.db, &world.app.blobs).await.unwrap();
    verify::hold_against_law(&world.app.db, &world.app.profile, world.app.now(), &mut found).await.unwrap();
    found.faults.into_iter().map(|f| format!("{}: {}", f.subject, f.what)).collect()
}

fn renamed(moment: &mut KeptMoment) {
    moment.key = moment.key.replace("due/", "x/due/");
}

fn later(moment: &mut KeptMoment) {
    moment.fires_at += 1;
}

/// Changes the deadlines called `due`; gives the text as it was.
async fn redated(world: &World, change: fn(&mut KeptMoment)) -> String {
    let read = |q: &mut platform::db::Reader| {
        q.one(sql!("SELECT moments FROM due_moments"), params![], |r| r.get::<String>(0))
    };
    let before = world.app.db.read(read).await.unwrap();
    let mut all = KeptMoment::all_of(&before).unwrap();
    all.iter_mut().filter(|m| m.kind_key() == "due").for_each(change);
    let text = KeptMoment::text_of(&all);
    tamper(world, move |unit| unit.execute(sql!("UPDATE due_moments SET moments = $1"), params![&text])).await;
    before
}

/// rules.md, invariants: no dossier hangs. Whatever column a work list goes by, a change of it is found.
#[tokio::test]
async fn verify_finds_a_dossier_that_lies_where_no_list_looks() {
    let (world, done) = one_dossier().await;
    assert_eq!(all_faults(&world).await, [""; 0]);
    // A number stands for TRUE in none of the engines; each change has its way back.
    let changes = [
        (sql!("UPDATE dossiers SET due_key = due_key + 1"), sql!("UPDATE dossiers SET due_key = due_key - 1")),
        (sql!("UPDATE dossiers SET ready_at = 1"), sql!("UPDATE dossiers SET ready_at = NULL")),
        (sql!("UPDATE dossiers SET result_number = '1/KQ'"), sql!("UPDATE dossiers SET result_number = NULL")),
        (sql!("UPDATE dossiers SET by_post = TRUE"), sql!("UPDATE dossiers SET by_post = FALSE")),
        (
            sql!("UPDATE dossiers SET touched_at = touched_at + 1"),
            sql!("UPDATE dossiers SET touched_at = touched_at - 1"),
        ),
        (sql!("UPDATE dossiers SET sent_back = TRUE"), sql!("UPDATE dossiers SET sent_back = FALSE")),
        (
            sql!("UPDATE dossiers SET pool = pool || '@7', step = step"),
            sql!("UPDATE dossiers SET pool = REPLACE(pool, '@7', '')"),
        ),
        (
            sql!("UPDATE due_moments SET reminds_at = reminds_at + 1"),
            sql!("UPDATE due_moments SET reminds_at = reminds_at - 1"),
        ),
        (sql!("UPDATE due_moments SET last_at = last_at + 1"), sql!("UPDATE due_moments SET last_at = last_at - 1")),
    ];
    let mut found = Vec::new();
    for (change, back) in changes {
        tamper(&world, move |unit| unit.execute(change, params![])).await;
        let faults = all_faults(&world).await;
        assert!(!faults.is_empty(), "{change:?}");
        found.extend(faults);
        tamper(&world, move |unit| unit.execute(back, params![])).await;
        assert_eq!(all_faults(&world).await, [""; 0], "{back:?}");
    }
    for change in [renamed as fn(&mut KeptMoment), later] {
        let before = redated(&world, change).await;
        let faults = all_faults(&world).await;
        assert!(!faults.is_empty());
        found.extend(faults);
        tamper(&world, move |unit| unit.execute(sql!("UPDATE due_moments SET moments = $1"), params![&before])).await;
        assert_eq!(all_faults(&world).await, [""; 0]);
    }
    let unit = done.state.holder.as_ref().and_then(|h| h.unit).map(domain::id::Id::raw);
    tamper(&world, |unit| unit.execute(sql!("UPDATE dossiers SET holder_unit_id = 7"), params![])).await;
    assert_eq!(all_faults(&world).await.len(), 1, "{unit:?}");
    let told = found.join("\n");
    for part in [
        "columns differ",
        "lies in the pool",
        "nothing will call anybody to its deadline due",
        "its deadline due calls at",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

/// contract.md: codes without gaps. A number that was given belongs to something, once, and none lies beyond its series.
#[tokio::test]
async fn verify_misses_a_number_that_was_given_and_belongs_to_nothing() {
    let (world, done) = one_dossier().await;
    let code = done.state.code.as_ref().unwrap().to_string();
    let agency = code.split('-').next().unwrap().to_owned();
    let series = format!("dossier/{agency}/2025-10-06");
    let (name, next) = (series.clone(), sql!("UPDATE number_series SET last = $1 WHERE name = $2"));
    tamper(&world, move |unit| unit.execute(next, params![3, &name])).await;
    let missing = |n: u32| format!("{series}: the number {n} was given and belongs to nothing");
    assert_eq!(all_faults(&world).await, [missing(2), missing(3)]);
    let name = series.clone();
    tamper(&world, move |unit| unit.execute(next, params![0, &name])).await;
    assert_eq!(all_faults(&world).await, [format!("{series}: the number 1 was used, but the series stands at 0")]);
}

/// RES-02: the numbers by which the return desk finds are those of the people.
#[tokio::test]
async fn verify_res_02_finds_a_number_that_is_nobodys() {
    let (world, done) = one_dossier().await;
    let (id, st) = (
        done.id.raw(),
        sql!("INSERT INTO dossier_also_named (number, dossier_id, named_as) VALUES ('1', $1, 'owner')"),
    );
    tamper(&world, move |unit| unit.execute(st, params![id])).await;
    let found = all_faults(&world).await;
    assert!(found.len() == 1 && found[0].ends_with("by which it is found are not those of its people"), "{found:?}");
}

/// A file that only an import names is asked for like a dossier's.
#[tokio::test]
async fn verify_asks_for_the_files_of_forms_and_drafts_too() {
    let (world, _) = one_dossier().await;
    let gone = "ab".repeat(32);
    let st = sql!(
        "INSERT INTO catalogue_files (sha256, name, kind, size, officer_id, at)
         VALUES ($1, 'mau.pdf', 'application/pdf', 9, 1, 0)"
    );
    tamper(&world, move |unit| unit.execute(st, params![&gone])).await;
    let found = all_faults(&world).await.join("\n");
    assert!(found.starts_with("abab") && found.lines().count() == 1, "{found}");
}

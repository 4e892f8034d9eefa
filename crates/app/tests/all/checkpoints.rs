//! SEC-01: the log shows tampering, also when its end is cut off or a whole data base is put back to an older state.

use crate::{program::Program, world::World};
use domain::accounts::Role;
use motcua::{
    accounts::KeyScope,
    checkpoints::{self, Remembered},
    dossier::Done,
    error::AppError,
    verify::{self, Against, Verified},
};
use platform::{
    db::{DbError, Unit, params, sql},
    secret_key::SecretKey,
};
use std::sync::Arc;

const PROCEDURE: &str = "1.000080";

/// Two dossiers, each with a history, an hour after which everything is signed.
async fn signed(world: World) -> (World, [Done; 2]) {
    world.procedures(&[PROCEDURE]).await;
    let officer = world.officer("tiep.nhan", "H49.28", &[Role::IntakeOfficer]).await;
    let dossiers = [world.take_in(&officer, PROCEDURE).await, world.take_in(&officer, PROCEDURE).await];
    let later = world.another_process(3_600_000);
    assert_eq!(checkpoints::make(&later.app).await.unwrap(), 1);
    assert_eq!(checkpoints::make(&later.app).await.unwrap(), 0, "nothing was written since");
    (world, dossiers)
}

fn against(world: &World) -> Against {
    let data = world.folder.path();
    Against {
        secret: SecretKey::find(data).unwrap(),
        here: checkpoints::remembered(data).unwrap(),
        ..Against::default()
    }
}

async fn faults(world: &World, against: Against) -> Vec<String> {
    let mut found = Verified::default();
    verify::hold_against_checkpoints(&world.app.db, against, &mut found).await.unwrap();
    found.faults.into_iter().map(|f| format!("{}: {}", f.subject, f.what)).collect()
}

async fn tamper(world: &World, change: impl Fn(&mut Unit) -> Result<u64, DbError> + Send + 'static) {
    assert!(world.app.db.unit(move |unit| change(unit)).await.unwrap() > 0);
}

async fn an_untouched_history_is_as_it_was_signed(world: World) {
    let (world, _) = signed(world).await;
    assert_eq!(faults(&world, against(&world)).await, [""; 0]);
    // The second pass covers what moved since, and nothing twice.
    let officer = world.app.reference().officers().next().unwrap().who.clone();
    world.take_in(&officer, PROCEDURE).await;
    let later = world.another_process(7_200_000);
    assert_eq!(checkpoints::make(&later.app).await.unwrap(), 1);
    let count = sql!("SELECT COUNT(*), COUNT(DISTINCT dossier_id) FROM checkpoint_heads");
    let counted = world.app.db.read(|q| q_one(q, count)).await.unwrap();
    assert_eq!(counted, (3, 3));
    assert_eq!(faults(&world, against(&world)).await, [""; 0]);
}

fn q_one(q: &mut platform::db::Reader, st: &'static platform::db::Statement) -> Result<(i64, i64), AppError> {
    use platform::db::Query;
    Ok(q.one(st, params![], |r| Ok((r.get(0)?, r.get(1)?)))?)
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_an_untouched_history_is_as_it_was_signed_on_sqlite() {
    an_untouched_history_is_as_it_was_signed(World::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_an_untouched_history_is_as_it_was_signed_on_postgresql() {
    an_untouched_history_is_as_it_was_signed(World::postgres()).await;
}

/// The chain alone does not show this: what is left of it is whole.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_dossier_whose_newest_event_was_cut_off_is_found() {
    let (world, [cut, _]) = signed(World::sqlite()).await;
    let id = cut.id.raw();
    tamper(&world, move |unit| unit.execute(sql!("DELETE FROM dossier_events WHERE dossier_id = $1"), params![id]))
        .await;
    tamper(&world, move |unit| unit.execute(sql!("DELETE FROM dossiers WHERE id = $1"), params![id])).await;
    let by_chain = verify::all(&world.app.db, &world.app.blobs).await.unwrap();
    // Its numbers are missed, but nothing says whose they were.
    let only_numbers = by_chain.faults.iter().all(|f| f.what.ends_with("was given and belongs to nothing"));
    assert!(only_numbers, "{:?}", by_chain.faults);
    let found = faults(&world, against(&world)).await;
    assert_eq!(found, [format!("{id}: event 1, which check-point 1 covers, is gone: the history was cut")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_an_event_written_anew_with_a_fitting_hash_is_found() {
    let (world, _) = signed(World::sqlite()).await;
    tamper(&world, |unit| unit.execute(sql!("UPDATE dossier_events SET hash = 'x'"), params![])).await;
    let found = faults(&world, against(&world)).await;
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|f| f.ends_with("event 1 is not the one that check-point 1 covers")), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_check_points_changed_cut_or_signed_by_somebody_else_are_found() {
    let (world, _) = signed(World::sqlite()).await;
    tamper(&world, |unit| unit.execute(sql!("UPDATE checkpoint_heads SET head = 'x' WHERE version = 1"), params![]))
        .await;
    let found = faults(&world, against(&world)).await.join("\n");
    assert!(found.contains("check-point 1: the ends of chains that it covers were changed"), "{found}");
    tamper(&world, |unit| unit.execute(sql!("UPDATE checkpoints SET at = at + 1"), params![])).await;
    let found = faults(&world, against(&world)).await.join("\n");
    assert!(found.contains("check-point 1: is not as it was signed"), "{found}");
    let stranger = tempfile::tempdir().unwrap();
    let secret = SecretKey::open_or_create(stranger.path(), &platform::random::Random::seeded(9)).unwrap();
    let found = faults(&world, Against { secret: Some(secret), ..Against::default() }).await.join("\n");
    assert!(found.contains("another installation's key"), "{found}");
    let found = faults(&world, Against::default()).await.join("\n");
    assert!(found.contains("there is no secret.key"), "{found}");
}

/// Everything put back to a state before the check-point: only who remembers it can tell.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_data_base_put_back_to_an_older_state_is_found_by_who_remembers() {
    let (world, _) = signed(World::sqlite()).await;
    let outside: Remembered = checkpoints::remembered(world.folder.path()).unwrap().unwrap().parse().unwrap();
    let told = |who: &str| {
        format!(
            "check-point 1: {who} remembers it, the data base ends with 0: it was cut or put back to an older state"
        )
    };
    tamper(&world, |unit| unit.execute(sql!("DELETE FROM checkpoint_heads"), params![])).await;
    tamper(&world, |unit| unit.execute(sql!("DELETE FROM checkpoints"), params![])).await;
    assert_eq!(faults(&world, against(&world)).await, [told("the folder of the data base")]);
    let only_outside = Against { outside: Some(outside), ..Against::default() };
    assert_eq!(faults(&world, only_outside).await, [told("somebody outside")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_changed_or_missing_line_of_the_traces_is_found() {
    let (world, [seen, _]) = signed(World::sqlite()).await;
    let who = world.officer("giam.sat", "H49.28", &[Role::Supervisor]).await;
    motcua::reads::note(&world.app, &who, domain::accounts::Reading::Page, &[seen.id]).await;
    let tomorrow = world.another_process(24 * 3_600_000);
    assert_eq!(checkpoints::make(&tomorrow.app).await.unwrap(), 1);
    assert_eq!(faults(&world, against(&world)).await, [""; 0]);
    tamper(&world, |unit| unit.execute(sql!("UPDATE personal_reads SET officer_id = 1"), params![])).await;
    let told = "check-point 2: the looks at personal data: the lines that it covers were changed or taken away";
    assert_eq!(faults(&world, against(&world)).await, [told]);
    // What was forgotten when its time was over is no tampering.
    tamper(&world, |unit| unit.execute(sql!("DELETE FROM personal_reads"), params![])).await;
    let now = tomorrow.app.machine.now();
    assert_eq!(faults(&world, Against { reads_kept_since: now, ..against(&world) }).await, [""; 0]);
    tamper(&world, |unit| unit.execute(sql!("DELETE FROM audit WHERE id = (SELECT MIN(id) FROM audit)"), params![]))
        .await;
    let found = faults(&world, Against { reads_kept_since: now, ..against(&world) }).await;
    assert_eq!(
        found,
        ["check-point 1: the trace of administration: the lines that it covers were changed or taken away"]
    );
}

/// A data base with more dossiers than one check-point takes goes through in several, and none is left out.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_a_long_history_is_signed_in_pieces() {
    let (world, [one, _]) = signed(World::sqlite()).await;
    let id = one.id.raw();
    // Rows that look like dossiers are enough: a check-point reads the end of a chain, not the dossier.
    tamper(&world, move |unit| {
        // Far from the ids of real dossiers.
        for n in 10_000_001..=10_001_200_i64 {
            unit.execute(
                sql!(
                    "INSERT INTO dossiers (id, version, status, procedure_id, agency_id, centre_id, opened_at, due_key, head, state)
                     SELECT id + $2, version, status, procedure_id, agency_id, centre_id, opened_at, due_key, head, state
                     FROM dossiers WHERE id = $1"
                ),
                params![id, n],
            )?;
            unit.execute(
                sql!(
                    "INSERT INTO dossier_events (dossier_id, seq, at, officer_id, agency_id, body, hash)
                     SELECT dossier_id + $2, seq, at, officer_id, agency_id, body, hash FROM dossier_events
                     WHERE dossier_id = $1"
                ),
                params![id, n],
            )?;
        }
        Ok(1)
    })
    .await;
    let later = world.another_process(7_200_000);
    assert_eq!(checkpoints::make(&later.app).await.unwrap(), 3);
    let mut found = Verified::default();
    verify::hold_against_checkpoints(&world.app.db, against(&world), &mut found).await.unwrap();
    assert_eq!((found.checkpoints, found.faults.len()), (4, 0), "{:?}", found.faults);
    let count = sql!("SELECT COUNT(*), COUNT(DISTINCT dossier_id) FROM checkpoint_heads");
    assert_eq!(world.app.db.read(move |q| q_one(q, count)).await.unwrap(), (1_202, 1_202));
}

/// Of several processes that sign at once each check-point is made once.
#[tokio::test(flavor = "multi_thread")]
async fn sec_01_processes_that_sign_at_once_make_one_chain_on_postgresql() {
    let world = World::postgres();
    let who = world.officer("lan.nt", "H49.24", &[Role::Specialist]).await;
    world.key(&who, &[KeyScope::DossierRead]).await;
    let later = Arc::new(world.another_process(3_600_000));
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let later = Arc::clone(&later);
        all.spawn(async move { checkpoints::make(&later.app).await.unwrap() });
    }
    assert_eq!(all.join_all().await.into_iter().sum::<u64>(), 1);
    assert_eq!(faults(&world, against(&world)).await, [""; 0]);
}

/// The built program signs when it stops, and `verify` proves it and tells what to keep elsewhere.
#[test]
fn sec_01_the_program_signs_when_it_stops_and_verify_proves_it() {
    let program = Program::migrated();
    let server = program.serve(crate::world::MONDAY);
    program.key("lan.nt", "H49.24", "specialist");
    assert_eq!(server.stop(), Some(0));
    let found = program.good(&["verify"]);
    assert_eq!(found["checkpoints"], 1);
    let newest = found["newest_checkpoint"].as_str().unwrap().to_owned();
    assert!(newest.starts_with("1:"));
    program.good(&["verify", "--checkpoint", &newest]);
    let other = format!("1:{}", "0".repeat(64));
    let out = program.run(&["verify", "--checkpoint", &other], "");
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stdout).contains("is not the one that somebody outside remembers"));
    assert_eq!(program.run(&["verify", "--checkpoint", "x"], "").status.code(), Some(2));
}

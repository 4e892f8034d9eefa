//! The schema moves forwards only, each step whole.

use crate::world::{MARKS, NOW, World, on_both_engines};
use platform::db::{DbError, Migration, PLATFORM_MIGRATION};

on_both_engines! {
    a_second_run_applies_nothing,
    a_migration_that_fails_leaves_nothing_behind,
    a_changed_migration_is_refused,
    a_number_used_twice_is_refused,
    a_data_base_of_a_newer_program_is_refused,
    several_processes_may_migrate_at_once,
}

const LATER: Migration = Migration { name: "0003_later", sql: "CREATE TABLE later (id BIGINT PRIMARY KEY)" };

fn a_second_run_applies_nothing(world: &World) {
    assert_eq!(world.db.pending(&[PLATFORM_MIGRATION, MARKS, LATER]).unwrap(), ["0003_later"]);
    let report = world.db.migrate(&[LATER, MARKS, PLATFORM_MIGRATION], NOW).unwrap();
    assert_eq!((report.applied, report.already), (vec!["0003_later"], 2));
    let again = world.db.migrate(&[PLATFORM_MIGRATION, MARKS, LATER], NOW).unwrap();
    assert_eq!((again.applied, again.already), (vec![], 3));
}

fn a_migration_that_fails_leaves_nothing_behind(world: &World) {
    let broken = Migration { name: "0003_broken", sql: "CREATE TABLE half (id BIGINT); CREATE TABLE nonsense (" };
    assert!(world.db.migrate(&[PLATFORM_MIGRATION, MARKS, broken], NOW).is_err());
    let mended = Migration { name: "0003_broken", sql: "CREATE TABLE half (id BIGINT)" };
    world.db.migrate(&[PLATFORM_MIGRATION, MARKS, mended], NOW).unwrap();
}

fn a_changed_migration_is_refused(world: &World) {
    let changed = Migration { name: MARKS.name, sql: "CREATE TABLE marks (id BIGINT)" };
    let outcome = world.db.migrate(&[PLATFORM_MIGRATION, changed], NOW);
    assert!(matches!(&outcome, Err(DbError::Setup(text)) if text.contains("0002_marks was changed")), "{outcome:?}");
}

fn a_number_used_twice_is_refused(world: &World) {
    let twin = Migration { name: "0002_twin", sql: "CREATE TABLE twin (id BIGINT)" };
    let outcome = world.db.migrate(&[PLATFORM_MIGRATION, MARKS, twin], NOW);
    assert!(matches!(&outcome, Err(DbError::Setup(text)) if text.contains("0002 is used twice")), "{outcome:?}");
}

fn a_data_base_of_a_newer_program_is_refused(world: &World) {
    let outcome = world.db.migrate(&[PLATFORM_MIGRATION], NOW);
    assert!(matches!(&outcome, Err(DbError::Setup(text)) if text.contains("0002_marks")), "{outcome:?}");
}

fn several_processes_may_migrate_at_once(world: &World) {
    let applied: usize = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| world.db.migrate(&[PLATFORM_MIGRATION, MARKS, LATER], NOW).unwrap().applied.len()))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(applied, 1);
}

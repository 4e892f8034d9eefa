//! One process writes a SQLite file; others may look.

use crate::world::{MARKS, NOW, World, add_mark, names};
use platform::db::{DatabaseUrl, Db, DbError, Mode, Options, PLATFORM_MIGRATION};

#[test]
fn a_second_writer_is_refused_with_the_number_of_the_first() {
    let world = World::sqlite();
    let refused = Db::open(&world.url, Options::new(Mode::Tool)).map(drop);
    let pid = std::process::id().to_string();
    assert!(matches!(&refused, Err(DbError::Locked { holder: Some(h), .. }) if *h == pid), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("allows one writer"));
}

#[test]
fn a_reader_looks_beside_the_writer_and_may_not_write() {
    let world = World::sqlite();
    world.db.unit_blocking(|unit| add_mark(unit, 1, "one")).unwrap();
    let reader = Db::open(&world.url, Options::new(Mode::ReadOnly)).unwrap();
    assert_eq!(names(&reader), ["one"]);
    assert!(matches!(reader.probe_write(), Err(DbError::ReadOnly)));
}

#[test]
fn when_the_writer_ends_what_waited_is_saved_and_the_next_one_may_begin() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::Sqlite(folder.path().join("motcua.db"));
    let first = Db::open(&url, Options::new(Mode::Serve)).unwrap();
    first.migrate(&[PLATFORM_MIGRATION, MARKS], NOW).unwrap();
    first.unit_blocking(|unit| add_mark(unit, 1, "one")).unwrap();
    drop(first);
    let second = Db::open(&url, Options::new(Mode::Serve)).unwrap();
    assert_eq!(names(&second), ["one"]);
}

#[test]
fn a_unit_inside_a_unit_is_an_error_and_does_not_wait_for_ever() {
    let world = World::sqlite();
    let db = world.db.clone();
    let nested = world.db.unit_blocking(move |_| db.unit_blocking(|unit| add_mark(unit, 1, "nested")));
    assert!(matches!(nested, Err(DbError::Other(_))), "{nested:?}");
}

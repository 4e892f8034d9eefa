//! Check-points go on beside the writer, and a reader with an old snapshot stops neither.

use crate::world::{MARKS, NOW, World, add_mark, count, names, until};
use platform::db::{DatabaseUrl, Db, DbError, Mode, Options, PLATFORM_MIGRATION};

const UNITS: i64 = 3_000;

#[test]
fn the_log_is_moved_while_units_are_written_and_an_old_snapshot_is_read() {
    let world = World::sqlite();
    let db = &world.db;
    let seen = db.read_blocking(|reader| {
        let before = count(reader)?;
        std::thread::scope(|scope| {
            for worker in 0..10 {
                scope.spawn(move || {
                    for id in (worker..UNITS).step_by(10) {
                        db.unit_blocking(move |unit| add_mark(unit, id, &id.to_string())).unwrap();
                    }
                });
            }
        });
        Ok::<_, DbError>((before, count(reader)?))
    });
    assert_eq!(seen.unwrap(), (0, 0));
    until("a check-point was made", || db.health().wal_pages > 0);
    assert_eq!(names(db).len(), usize::try_from(UNITS).unwrap());
}

#[test]
fn what_is_filled_lies_in_the_file_alone_when_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("motcua.db");
    let url = DatabaseUrl::Sqlite(path.clone());
    let db = Db::open(&url, Options::new(Mode::Fill)).unwrap();
    db.migrate(&[PLATFORM_MIGRATION, MARKS], NOW).unwrap();
    for id in 0..UNITS {
        db.unit_blocking(move |unit| add_mark(unit, id, &id.to_string())).unwrap();
    }
    let log = path.with_extension("db-wal");
    assert!(log.metadata().unwrap().len() > 0, "nothing has been moved yet");
    drop(db);
    assert!(log.metadata().map_or(0, |m| m.len()) == 0, "the log is empty or gone");
    let db = Db::open(&url, Options::new(Mode::Serve)).unwrap();
    assert_eq!(db.read_blocking(count).unwrap(), UNITS);
}

//! Check-points go on beside the writer, and a reader with an old snapshot stops neither.

use crate::world::{World, add_mark, count, names, until};
use platform::db::DbError;

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

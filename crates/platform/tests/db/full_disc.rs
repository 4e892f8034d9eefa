//! "Disk full" rolls back a whole group without a word; nobody may be told that his work was saved when it was not.

use crate::world::{World, add_mark, hold, names, until_waiting};
use platform::db::{DbError, Mode, Options, Unit, params, sql};

fn too_much(unit: &mut Unit) -> Result<(), DbError> {
    let name = "x".repeat(2_000_000);
    unit.execute(sql!("INSERT INTO marks (id, name) VALUES ($1, $2)"), params![3, name]).map(drop)
}

#[test]
fn when_the_disc_fills_up_in_the_middle_of_a_group_only_the_unit_that_does_not_fit_is_lost() {
    let world = World::sqlite_with(Options { max_pages: Some(60), ..Options::new(Mode::Serve) });
    let db = &world.db;
    std::thread::scope(|scope| {
        // Given a writer that is held up, and units behind it in a known order: the large one begins no group, whether the held one
        // is committed alone or with half of them
        let held = hold(scope, db);
        let before = scope.spawn(move || db.unit_blocking(|unit| add_mark(unit, 2, "before")));
        until_waiting(db, 1);
        let large = scope.spawn(move || db.unit_blocking(too_much));
        until_waiting(db, 2);
        let after = [4, 5, 6].map(|id| {
            let unit = scope.spawn(move || db.unit_blocking(move |unit| add_mark(unit, id, &id.to_string())));
            until_waiting(db, u64::try_from(id).unwrap() - 1);
            unit
        });
        // when the writer goes on
        drop(held);
        // then all but the large unit are saved, and it hears why it is not
        before.join().unwrap().unwrap();
        for unit in after {
            unit.join().unwrap().unwrap();
        }
        let error = large.join().unwrap().unwrap_err();
        assert!(matches!(&error, DbError::NoSpace(_)) && error.is_retry_later(), "{error:?}");
    });
    assert_eq!(names(db), ["before", "4", "5", "6"]);
    assert!(db.health().reruns >= 1, "{:?}", db.health());
}

#[test]
fn a_unit_that_hides_a_full_disc_is_not_taken_for_saved() {
    let world = World::sqlite_with(Options { max_pages: Some(60), ..Options::new(Mode::Serve) });
    let hidden = world.db.unit_blocking(|unit| {
        let _ = too_much(unit);
        Ok::<_, DbError>(())
    });
    assert!(hidden.is_err());
    world.db.unit_blocking(|unit| add_mark(unit, 1, "the writer goes on")).unwrap();
    assert_eq!(names(&world.db), ["the writer goes on"]);
}

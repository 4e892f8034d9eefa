//! One body of SQL: every statement of the program is understood by both engines.

use crate::world::World;

fn all_are_understood(world: &World) {
    let failed = world.app.db.prepare_all().unwrap();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_statement_is_understood_by_sqlite() {
    all_are_understood(&World::sqlite());
}

#[test]
fn every_statement_is_understood_by_postgresql() {
    all_are_understood(&World::postgres());
}

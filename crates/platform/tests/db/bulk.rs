//! Interactive work goes before bulk.

use crate::world::{World, hold, until_waiting};
use platform::db::{DbError, Mode, Options};
use std::sync::Mutex;

/// Given a held writer or connection, ten waiting bulk units and then an interactive one: its place in the order.
fn place_of_the_interactive_unit(world: &World) -> usize {
    let order: &'static Mutex<Vec<bool>> = Box::leak(Box::default());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    std::thread::scope(|scope| {
        let held = hold(scope, &world.db);
        let mut waiting = Vec::new();
        for bulk in [true; 10].into_iter().chain([false]) {
            let db = world.db.clone();
            waiting.push(runtime.spawn(async move {
                let work = move |_: &mut _| {
                    order.lock().unwrap().push(bulk);
                    Ok::<_, DbError>(())
                };
                if bulk { db.bulk_unit(work).await } else { db.unit(work).await }
            }));
            until_waiting(&world.db, waiting.len() as u64);
        }
        drop(held);
        for unit in waiting {
            runtime.block_on(unit).unwrap().unwrap();
        }
    });
    let order = order.lock().unwrap();
    assert_eq!(order.len(), 11);
    order.iter().position(|bulk| !bulk).unwrap()
}

#[test]
fn an_interactive_unit_overtakes_all_waiting_bulk_on_sqlite() {
    assert_eq!(place_of_the_interactive_unit(&World::sqlite()), 0);
}

#[test]
fn an_interactive_unit_waits_for_at_most_one_bulk_unit_on_postgres() {
    let world = World::postgres_with(Options { connections: 1, ..Options::new(Mode::Serve) });
    assert!(place_of_the_interactive_unit(&world) <= 1);
}

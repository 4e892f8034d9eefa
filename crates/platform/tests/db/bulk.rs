//! Interactive work goes before bulk.

use crate::world::{World, until_waiting};
use platform::db::{DbError, Mode, Options};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};

/// Given one held connection or writer, ten bulk units and then an interactive one: its place in the order.
fn place_of_the_interactive_unit(world: &World) -> usize {
    let order = Arc::new(Mutex::new(Vec::new()));
    let (open, gate) = channel::<()>();
    let (started, begun) = channel::<()>();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = &world.db;
        let mut gate = Some(gate);
        let holder = tokio::spawn(db.clone().held(move || {
            started.send(()).ok();
            if let Some(gate) = gate.take() {
                gate.recv().ok();
            }
        }));
        begun.recv().unwrap();
        let mut others = Vec::new();
        for bulk in [true; 10].into_iter().chain([false]) {
            let (db, order) = (db.clone(), Arc::clone(&order));
            others.push(tokio::spawn(async move {
                let work = move |_: &mut _| {
                    order.lock().unwrap().push(bulk);
                    Ok::<_, DbError>(())
                };
                if bulk { db.bulk_unit(work).await } else { db.unit(work).await }
            }));
            until_waiting(&world.db, others.len() as u64);
        }
        open.send(()).unwrap();
        holder.await.unwrap();
        for other in others {
            other.await.unwrap().unwrap();
        }
    });
    let order = order.lock().unwrap();
    assert_eq!(order.len(), 11);
    order.iter().position(|bulk| !bulk).unwrap()
}

trait Held {
    fn held(self, wait: impl FnMut() + Send + 'static) -> impl Future<Output = ()> + Send + 'static;
}
impl Held for platform::db::Db {
    async fn held(self, mut wait: impl FnMut() + Send + 'static) {
        let work = move |_: &mut _| {
            wait();
            Ok::<_, DbError>(())
        };
        self.unit(work).await.unwrap();
    }
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

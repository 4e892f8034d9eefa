//! Ids never repeat and never go backwards.

use crate::world::{NOW, World, on_both_engines};
use platform::clock::MachineClock;
use platform::db::{DbError, NodeLease};
use platform::ids::IdMaker;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

on_both_engines! {
    after_a_restart_with_the_clock_set_back_ids_still_grow,
    a_lease_is_renewed_until_another_holder_takes_it,
}

fn stepped(clock: &Arc<AtomicI64>) -> impl Fn() -> i64 + Send + Sync + 'static {
    let clock = Arc::clone(clock);
    move || clock.load(SeqCst)
}

#[test]
fn ids_grow_while_the_clock_stands_jumps_and_steps_back() {
    let clock = Arc::new(AtomicI64::new(NOW));
    let maker = IdMaker::fixed(5, stepped(&clock));
    let mut last = 0;
    for step in [0, 1, -3_600_000, 0, 7_200_000, -1] {
        clock.fetch_add(step, SeqCst);
        for _ in 0..5_000 {
            let id = maker.next().unwrap();
            assert!(id > last);
            last = id;
        }
    }
    assert_eq!((last >> 12) & 1023, 5, "the node number stands in its ten bits");
}

#[test]
fn four_threads_never_make_the_same_id() {
    let maker = IdMaker::fixed(0, || NOW);
    let ids: BTreeSet<i64> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| (0..20_000).map(|_| maker.next().unwrap()).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(ids.len(), 80_000);
}

fn after_a_restart_with_the_clock_set_back_ids_still_grow(world: &World) {
    let before = IdMaker::leased(&world.db, "first run", MachineClock::fixed(NOW)).unwrap().next().unwrap();
    let after = IdMaker::leased(&world.db, "second run", MachineClock::fixed(NOW - 3_600_000)).unwrap().next().unwrap();
    assert!(after != before);
    let sqlite = world.db.engine() == platform::db::Engine::Sqlite;
    assert!(!sqlite || after > before, "{after} after {before}");
}

fn a_lease_is_renewed_until_another_holder_takes_it(world: &World) {
    let ours = NodeLease::take(&world.db, "ours", NOW).unwrap().renewed(&world.db, NOW + 60_000).unwrap();
    let much_later = ours.expires_at + 3_600_000;
    let theirs = NodeLease::take(&world.db, "theirs", much_later).unwrap();
    assert_eq!((theirs.node, theirs.not_before), (ours.node, ours.expires_at));
    assert!(matches!(ours.renewed(&world.db, much_later), Err(DbError::Stale)));
}

#[test]
fn processes_at_once_lease_different_nodes_on_postgres() {
    let world = World::postgres();
    let nodes: BTreeSet<u16> = std::thread::scope(|scope| {
        let world = &world;
        let takers: Vec<_> = (0..8)
            .map(|n| scope.spawn(move || NodeLease::take(&world.db, &format!("process {n}"), NOW).unwrap().node))
            .collect();
        takers.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(nodes.len(), 8);
}

#[test]
fn beyond_what_is_leased_no_id_is_made() {
    let world = World::sqlite();
    NodeLease::take(&world.db, "first run", NOW).unwrap();
    // The clock was set back, so only a second of logical time beyond the first run's lease is reserved.
    let maker = IdMaker::leased(&world.db, "second run", MachineClock::fixed(NOW - 3_600_000)).unwrap();
    let made = (0..5_000_000).take_while(|_| maker.next().is_ok()).count();
    assert_eq!(made, 1_000 * 4_096 - 1);
    assert!(matches!(maker.next(), Err(DbError::Busy(_))));
}

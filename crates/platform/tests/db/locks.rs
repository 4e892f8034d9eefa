//! Counters without gaps, locks without deadlocks.

use crate::world::{World, on_both_engines};
use platform::db::{DbError, Query, Unit, params, sql};
use std::sync::Barrier;

on_both_engines! {
    a_counter_has_no_gap_and_no_double_though_every_third_unit_is_refused,
}

fn next_number(unit: &mut Unit, key: &str) -> Result<i64, DbError> {
    unit.one(
        sql!(
            "INSERT INTO counters (key, value) VALUES ($1, 1)
             ON CONFLICT (key) DO UPDATE SET value = counters.value + 1 RETURNING value"
        ),
        params![key],
        |row| row.get(0),
    )
}

fn a_counter_has_no_gap_and_no_double_though_every_third_unit_is_refused(world: &World) {
    let mut numbers: Vec<i64> = std::thread::scope(|scope| {
        let clerks: Vec<_> = (0..16).map(|clerk| scope.spawn(move || accepted(world, clerk))).collect();
        clerks.into_iter().flat_map(|clerk| clerk.join().unwrap()).collect()
    });
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=16 * 6).collect::<Vec<_>>());
    assert_eq!(world.db.health().reruns, 0);
}

/// Six numbers of one clerk, who also asks three times in vain.
fn accepted(world: &World, clerk: i64) -> Vec<i64> {
    let ask = move |turn: i64| {
        world.db.unit_blocking(move |unit| {
            let number = next_number(unit, "H14.1")?;
            if turn % 3 == 0 { Err(DbError::Stale) } else { Ok(number) }
        })
    };
    (0..9).filter_map(|turn| ask(turn + 3 * clerk).ok()).collect()
}

#[test]
fn locks_taken_in_one_order_never_deadlock_on_postgres() {
    let world = World::postgres();
    std::thread::scope(|scope| {
        for worker in 0..8_usize {
            let db = &world.db;
            scope.spawn(move || {
                for turn in 0..25_usize {
                    let mut keys = [(worker + turn) % 5, (worker * 3 + turn) % 5, turn % 5].map(|k| format!("key {k}"));
                    keys.sort();
                    db.unit_blocking(move |unit| keys.iter().try_for_each(|key| next_number(unit, key).map(drop)))
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(world.db.health().reruns, 0);
}

#[test]
fn a_deadlock_is_run_again_and_both_units_are_saved_on_postgres() {
    let world = World::postgres();
    let meet = std::sync::Arc::new(Barrier::new(2));
    std::thread::scope(|scope| {
        for keys in [["a", "b"], ["b", "a"]] {
            let (db, meet) = (&world.db, std::sync::Arc::clone(&meet));
            let mut first_time = true;
            scope.spawn(move || {
                db.unit_blocking(move |unit| {
                    next_number(unit, keys[0])?;
                    if std::mem::take(&mut first_time) {
                        meet.wait();
                    }
                    next_number(unit, keys[1])
                })
                .unwrap();
            });
        }
    });
    let values: Vec<i64> = world
        .db
        .read_blocking(|r| r.rows(sql!("SELECT value FROM counters ORDER BY key"), params![], |row| row.get(0)))
        .map_err(|e: DbError| e)
        .unwrap();
    assert_eq!(values, [2, 2]);
    assert!(world.db.health().reruns >= 1);
}

#[test]
fn two_workers_never_claim_the_same_row_on_postgres() {
    let world = World::postgres();
    let claim = |unit: &mut Unit| {
        unit.optional(sql!("SELECT key FROM counters ORDER BY key LIMIT 1 {claim}"), params![], |row| {
            row.get::<String>(0)
        })
    };
    world.db.unit_blocking(|unit| next_number(unit, "a").and_then(|_| next_number(unit, "b"))).unwrap();
    let other = world.db.clone();
    let (mine, theirs) =
        world.db.unit_blocking(move |unit| Ok::<_, DbError>((claim(unit)?, other.unit_blocking(claim)?))).unwrap();
    assert_eq!((mine.as_deref(), theirs.as_deref()), (Some("a"), Some("b")));
}

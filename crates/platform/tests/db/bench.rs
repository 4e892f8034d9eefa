//! How many units a second; a measure, not a test: `cargo test --release --test db bench -- --ignored --nocapture`.

use crate::world::World;
use platform::clock::Stopwatch;
use platform::db::{DbError, params, sql};
use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

const UNITS: i64 = 6_400;

fn units_a_second(world: &World, callers: i64) -> f64 {
    static NEXT: AtomicI64 = AtomicI64::new(0);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let watch = Stopwatch::start();
    runtime.block_on(async {
        let tasks: Vec<_> =
            (0..callers).map(|_| tokio::spawn(caller(world.db.clone(), UNITS / callers, &NEXT))).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    });
    f64::from(i32::try_from(UNITS).unwrap()) / watch.elapsed().as_secs_f64()
}

async fn caller(db: platform::db::Db, units: i64, next: &'static AtomicI64) -> Result<(), DbError> {
    for _ in 0..units {
        let id = next.fetch_add(1, Relaxed);
        db.unit(move |unit| {
            unit.execute(sql!("INSERT INTO marks (id, name) VALUES ($1, $2)"), params![id, id.to_string()])?;
            unit.execute(sql!("UPDATE marks SET version = version + 1 WHERE id = $1"), params![id])
        })
        .await?;
    }
    Ok(())
}

#[test]
#[ignore = "a measure; say --ignored --nocapture"]
fn units_a_second_of_one_and_of_many_callers() {
    for (engine, world) in [("SQLite", World::sqlite()), ("PostgreSQL", World::postgres())] {
        for callers in [1, 8, 32, 128] {
            let speed = units_a_second(&world, callers);
            println!("{engine}: {callers} callers: {speed:.0} units/s; {:?}", world.db.health());
        }
    }
}

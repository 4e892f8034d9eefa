//! A unit of work is saved as a whole or not at all, and its neighbours do not notice.

use crate::world::{World, add_mark, count, names, on_both_engines};
use platform::db::{DbError, Query, params, sql};
use std::sync::mpsc::channel;

on_both_engines! {
    a_unit_that_answers_an_error_leaves_nothing_behind,
    a_failed_statement_poisons_the_unit_even_when_it_is_caught,
    a_panic_in_a_unit_leaves_its_neighbours_committed,
    a_broken_uniqueness_names_table_and_columns_alike_on_both_engines,
    a_broken_rule_of_the_schema_is_told_without_the_values,
    a_stale_version_changes_nothing_and_says_so,
    a_page_reads_one_snapshot,
    a_real_write_proves_the_data_base_healthy,
    units_at_once_are_all_saved_and_counted,
    of_units_at_once_the_refused_leave_nothing_and_the_others_everything,
}

fn a_unit_that_answers_an_error_leaves_nothing_behind(world: &World) {
    let refused = world.db.unit_blocking(|unit| {
        add_mark(unit, 1, "one")?;
        Err::<(), _>(DbError::Stale)
    });
    assert!(matches!(refused, Err(DbError::Stale)));
    assert!(names(&world.db).is_empty());
}

fn a_failed_statement_poisons_the_unit_even_when_it_is_caught(world: &World) {
    let outcome = world.db.unit_blocking(|unit| {
        add_mark(unit, 1, "one")?;
        assert!(add_mark(unit, 1, "again").is_err());
        assert!(matches!(add_mark(unit, 2, "two"), Err(DbError::Poisoned(_))));
        assert!(matches!(count(unit), Err(DbError::Poisoned(_))));
        Ok::<_, DbError>(())
    });
    assert!(matches!(outcome, Err(DbError::Poisoned(_))), "{outcome:?}");
    assert!(names(&world.db).is_empty());
    world.db.unit_blocking(|unit| add_mark(unit, 1, "the next unit is clean")).unwrap();
}

fn a_panic_in_a_unit_leaves_its_neighbours_committed(world: &World) {
    let (open, gate) = channel::<()>();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let db = &world.db;
    let answers = runtime.block_on(async {
        // The first unit holds the writer until the other two wait: they share its group on SQLite.
        let holder = tokio::spawn({
            let db = db.clone();
            async move {
                let mut gate = Some(gate);
                db.unit(move |unit| {
                    if let Some(gate) = gate.take() {
                        gate.recv().ok();
                    }
                    add_mark(unit, 1, "before")
                })
                .await
            }
        });
        let others = [(2, false), (3, true), (4, false)].map(|(id, panics)| {
            let db = db.clone();
            tokio::spawn(async move {
                db.unit(move |unit| {
                    add_mark(unit, id, &format!("unit {id}"))?;
                    assert!(!panics, "the panic of the test");
                    Ok::<_, DbError>(())
                })
                .await
            })
        });
        open.send(()).unwrap();
        holder.await.unwrap().unwrap();
        let mut answers = Vec::new();
        for other in others {
            answers.push(other.await.unwrap());
        }
        answers
    });
    assert!(answers[0].is_ok() && answers[2].is_ok());
    assert!(matches!(&answers[1], Err(DbError::Panicked(text)) if text == "the panic of the test"), "{answers:?}");
    assert_eq!(names(db), ["before", "unit 2", "unit 4"]);
    assert_eq!(db.health().panics, 1);
}

fn a_broken_uniqueness_names_table_and_columns_alike_on_both_engines(world: &World) {
    world.db.unit_blocking(|unit| add_mark(unit, 1, "one")).unwrap();
    let on = |id, name: &'static str| {
        let outcome = world.db.unit_blocking(move |unit| add_mark(unit, id, name));
        outcome.unwrap_err().unique_on().map(str::to_owned)
    };
    assert_eq!(on(1, "other").as_deref(), Some("marks(id)"));
    assert_eq!(on(2, "one").as_deref(), Some("marks(name)"));
}

fn a_broken_rule_of_the_schema_is_told_without_the_values(world: &World) {
    let outcome = world.db.unit_blocking(|unit| {
        unit.execute(sql!("INSERT INTO marks (id, name, parent) VALUES ($1, $2, 77)"), params![1, "079200001234"])
    });
    let error = outcome.unwrap_err();
    assert!(matches!(&error, DbError::Integrity { .. }), "{error:?}");
    assert!(!error.to_string().contains("079200001234"), "{error}");
}

fn a_stale_version_changes_nothing_and_says_so(world: &World) {
    let rename = |version: i64, name: &'static str| {
        world.db.unit_blocking(move |unit| {
            unit.update_versioned(
                sql!("UPDATE marks SET name = $3, version = version + 1 WHERE id = $1 AND version = $2"),
                params![1, version, name],
            )
        })
    };
    world.db.unit_blocking(|unit| add_mark(unit, 1, "one")).unwrap();
    rename(1, "uno").unwrap();
    assert!(matches!(rename(1, "een"), Err(DbError::Stale)));
    assert_eq!(names(&world.db), ["uno"]);
}

fn a_page_reads_one_snapshot(world: &World) {
    let (first, second) = world
        .db
        .read_blocking(|reader| {
            let first = count(reader)?;
            world.db.unit_blocking(|unit| add_mark(unit, 1, "came between"))?;
            Ok::<_, DbError>((first, count(reader)?))
        })
        .unwrap();
    assert_eq!((first, second), (0, 0));
    assert_eq!(names(&world.db).len(), 1);
}

fn a_real_write_proves_the_data_base_healthy(world: &World) {
    world.db.probe_write().unwrap();
    world.db.probe_write().unwrap();
    let beat: i64 = world
        .db
        .read_blocking(|r| r.one(sql!("SELECT beat FROM write_probe"), params![], |row| row.get(0)))
        .map_err(|e: DbError| e)
        .unwrap();
    assert_eq!(beat, 2);
}

fn units_at_once_are_all_saved_and_counted(world: &World) {
    let before = world.db.health().units;
    std::thread::scope(|scope| {
        for id in 0..40 {
            scope.spawn(move || world.db.unit_blocking(move |unit| add_mark(unit, id, &id.to_string())).unwrap());
        }
    });
    assert_eq!(names(&world.db).len(), 40);
    let figures = world.db.health();
    assert_eq!(figures.units - before, 40);
    assert!(figures.largest_group <= 64 && figures.waiting == 0, "{figures:?}");
}

/// Each answer is told of what was saved: who is refused leaves nothing, also after its neighbours ran again because of it.
fn of_units_at_once_the_refused_leave_nothing_and_the_others_everything(world: &World) {
    const EACH: i64 = 60;
    let kept = std::thread::scope(|scope| {
        let callers: Vec<_> = (0..8)
            .map(|caller| {
                let db = world.db.clone();
                scope.spawn(move || {
                    let give = |id: i64| {
                        let name = format!("{id:05}");
                        let said = db.unit_blocking(move |unit| {
                            add_mark(unit, id, &name)?;
                            if id % 7 == 3 { Err(DbError::Stale) } else { Ok(()) }
                        });
                        (id, said.is_ok())
                    };
                    (0..EACH).map(|n| give(n * 8 + caller)).collect::<Vec<_>>()
                })
            })
            .collect();
        callers.into_iter().flat_map(|c| c.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(kept.iter().all(|(id, ok)| *ok == (id % 7 != 3)));
    let mut saved: Vec<String> = kept.iter().filter(|(_, ok)| *ok).map(|(id, _)| format!("{id:05}")).collect();
    saved.sort();
    assert_eq!(names(&world.db), saved);
}

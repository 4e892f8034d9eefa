//! One body of SQL, the same answers.

use crate::world::{World, add_mark, on_both_engines};
use platform::db::{DbError, Query, Select, Value, params, sql};

on_both_engines! {
    every_kind_of_value_comes_back_as_it_went_in,
    parameters_count_by_their_number_and_not_by_where_they_stand,
    list_membership_takes_integers_and_texts,
    a_filtered_list_grows_from_fragments,
    a_column_of_another_type_is_told_with_file_line_and_name,
    a_wrong_number_of_parameters_is_an_error_and_no_panic,
    codes_sort_by_bytes_whatever_the_server_collates_by,
    one_row_means_one_row,
    every_statement_of_this_layer_can_be_prepared,
    a_failing_statement_is_listed_with_its_place,
}

fn every_kind_of_value_comes_back_as_it_went_in(world: &World) {
    type Line = (i64, String, Option<i64>, bool, Option<f64>, Option<Vec<u8>>);
    let line: Line = world
        .db
        .unit_blocking(|unit| {
            unit.execute(
                sql!("INSERT INTO marks (id, name, parent, good, weight, bytes) VALUES ($1, $2, $3, $4, $5, $6)"),
                params![1_i64 << 60, "Đồng Nai", None::<i64>, false, 2.5, vec![0_u8, 255]],
            )?;
            unit.one(sql!("SELECT id, name, parent, good, weight, bytes FROM marks"), params![], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            })
        })
        .map_err(|e: DbError| e)
        .unwrap();
    assert_eq!(line, (1 << 60, "Đồng Nai".into(), None, false, Some(2.5), Some(vec![0, 255])));
}

fn parameters_count_by_their_number_and_not_by_where_they_stand(world: &World) {
    let found: Vec<i64> = world
        .db
        .unit_blocking(|unit| {
            add_mark(unit, 1, "one")?;
            unit.rows(sql!("SELECT id FROM marks WHERE name = $2 AND id = $1"), params![1, "one"], |row| row.get(0))
        })
        .map_err(|e: DbError| e)
        .unwrap();
    assert_eq!(found, [1]);
}

fn three_marks(world: &World) {
    let add = [(1, "b-1"), (2, "B-2"), (3, "a-3")];
    world
        .db
        .unit_blocking(move |unit| {
            let rows = add.map(|(id, name)| vec![Value::from(id), Value::from(name)]);
            unit.execute_many(sql!("INSERT INTO marks (id, name) VALUES ($1, $2)"), rows)
        })
        .map_err(|e: DbError| e)
        .unwrap();
}

fn list_membership_takes_integers_and_texts(world: &World) {
    three_marks(world);
    let (by_id, by_name): (Vec<i64>, Vec<i64>) = world
        .db
        .read_blocking(|r| {
            let by_id = sql!("SELECT id FROM marks WHERE id {in $1} ORDER BY id");
            let by_name = sql!("SELECT id FROM marks WHERE name {in $1} ORDER BY id");
            Ok::<_, DbError>((
                r.rows(by_id, params![vec![1_i64, 3, 9]], |row| row.get(0))?,
                r.rows(by_name, params![vec!["B-2".to_owned()]], |row| row.get(0))?,
            ))
        })
        .unwrap();
    assert_eq!((by_id, by_name), (vec![1, 3], vec![2]));
}

fn a_filtered_list_grows_from_fragments(world: &World) {
    three_marks(world);
    let list = |names: &[&str], above: Option<i64>| {
        let built = Select::with("SELECT id FROM marks WHERE good = ? AND name <> '?'", [true.into()])
            .and_in("name", names.iter().copied())
            .and_some("id > ?", above)
            .and_all("(id, name) > (?, ?)", [0.into(), "".into()])
            .order("id DESC")
            .limit(2)
            .offset(0)
            .build();
        world.db.read_blocking(move |r| r.rows_of(&built, |row| row.get::<i64>(0))).map_err(|e: DbError| e).unwrap()
    };
    assert_eq!(list(&["b-1", "B-2", "a-3"], None), [3, 2]);
    assert_eq!(list(&["b-1", "B-2", "a-3"], Some(2)), [3]);
    assert!(list(&[], None).is_empty());
}

fn a_column_of_another_type_is_told_with_file_line_and_name(world: &World) {
    three_marks(world);
    let line = line!() + 2;
    let outcome: Result<Vec<i64>, DbError> =
        world.db.read_blocking(|r| r.rows(sql!("SELECT id, name FROM marks"), params![], |row| row.get(1)));
    let text = outcome.unwrap_err().to_string();
    assert!(text.contains(&format!("queries.rs:{line}: column 1 (name): expected an integer, found text")), "{text}");
}

fn a_wrong_number_of_parameters_is_an_error_and_no_panic(world: &World) {
    let outcome = world.db.unit_blocking(|unit| unit.execute(sql!("DELETE FROM marks WHERE id = $1"), params![]));
    assert!(matches!(outcome, Err(DbError::Other(_))), "{outcome:?}");
}

fn codes_sort_by_bytes_whatever_the_server_collates_by(world: &World) {
    three_marks(world);
    let sorted: Vec<String> = world
        .db
        .read_blocking(|r| r.rows(sql!("SELECT name FROM marks ORDER BY name {bytes}"), params![], |row| row.get(0)))
        .map_err(|e: DbError| e)
        .unwrap();
    assert_eq!(sorted, ["B-2", "a-3", "b-1"]);
}

fn one_row_means_one_row(world: &World) {
    three_marks(world);
    let (none, several) = world
        .db
        .read_blocking(|r| {
            let none = r.one(sql!("SELECT id FROM marks WHERE id = 9"), params![], |row| row.get::<i64>(0));
            let several = r.optional(sql!("SELECT id FROM marks"), params![], |row| row.get::<i64>(0));
            Ok::<_, DbError>((none, several))
        })
        .unwrap();
    assert!(matches!(none, Err(DbError::Missing { at }) if at.contains("queries.rs")));
    assert!(several.is_err());
}

fn every_statement_of_this_layer_can_be_prepared(world: &World) {
    let ours = |e: &DbError| e.to_string().contains("src/db/");
    let failing: Vec<_> = world.db.prepare_all().unwrap().into_iter().filter(ours).collect();
    assert!(failing.is_empty(), "{failing:?}");
}

fn a_failing_statement_is_listed_with_its_place(world: &World) {
    let _never_run = sql!("SELECT CAST(id AS BIGINT) FROM no_such_table WHERE id = $1");
    let failing = world.db.prepare_all().unwrap();
    let text = format!("{failing:?}");
    assert!(text.contains("no_such_table") && text.contains("queries.rs"), "{text}");
}

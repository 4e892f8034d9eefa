//! One effect for one key.

use crate::world::{NOW, World, add_mark, names, on_both_engines};
use platform::db::{Answer, Db, DbError, Once, Outcome, idempotency};

on_both_engines! {
    a_hundred_at_once_have_one_effect_and_one_answer,
    the_same_key_with_another_command_is_a_mismatch,
    a_refused_form_corrected_passes_under_the_same_key,
    old_keys_are_swept_and_young_ones_stay,
}

fn once(hash: &str, now_ms: i64) -> Once {
    Once { principal: "officer 7".into(), key: "key".into(), command_hash: hash.into(), now_ms }
}

fn answer() -> Answer {
    Answer { status: 303, body: "/dossiers/1".into() }
}

async fn add_once(db: &Db, once: Once) -> Result<Outcome, DbError> {
    db.unit_once(once, |unit| add_mark(unit, 1, "one").map(|()| answer())).await
}

fn a_hundred_at_once_have_one_effect_and_one_answer(world: &World) {
    let outcomes = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let asked: Vec<_> = (0..100)
            .map(|_| {
                let db = world.db.clone();
                tokio::spawn(async move { add_once(&db, once("hash", NOW)).await })
            })
            .collect();
        let mut outcomes = Vec::new();
        for one in asked {
            outcomes.push(one.await.unwrap().unwrap());
        }
        outcomes
    });
    assert_eq!(outcomes.iter().filter(|o| **o == Outcome::Fresh(answer())).count(), 1);
    assert_eq!(outcomes.iter().filter(|o| **o == Outcome::Replay(answer())).count(), 99);
    assert_eq!(names(&world.db), ["one"]);
}

fn the_same_key_with_another_command_is_a_mismatch(world: &World) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        add_once(&world.db, once("hash", NOW)).await.unwrap();
        assert_eq!(add_once(&world.db, once("other", NOW)).await.unwrap(), Outcome::Mismatch);
    });
}

fn a_refused_form_corrected_passes_under_the_same_key(world: &World) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let refused = world.db.unit_once(once("wrong", NOW), |_| Err::<Answer, _>(DbError::Stale)).await;
        assert!(matches!(refused, Err(DbError::Stale)));
        assert_eq!(add_once(&world.db, once("right", NOW)).await.unwrap(), Outcome::Fresh(answer()));
    });
}

fn old_keys_are_swept_and_young_ones_stay(world: &World) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        add_once(&world.db, once("hash", NOW)).await.unwrap();
        let sweep = |before| world.db.bulk_unit::<_, DbError>(move |unit| idempotency::sweep(unit, before, 100));
        assert_eq!(sweep(NOW).await.unwrap(), 0);
        assert_eq!(sweep(NOW + 1).await.unwrap(), 1);
    });
}

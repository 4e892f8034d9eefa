//! The made-up province goes through the same door as every page: nothing in it could not have happened.

use crate::world::{MONDAY, World};
use domain::{dossier::Dossier, id::Id, time::Instant};
use motcua::{demo, error::AppError, verify};
use platform::db::{Query, params, sql};
use std::collections::BTreeSet;

/// Handed in at departments and communes.
const PROCEDURES: [&str; 3] = ["1.000080", "1.000894", "2.000635"];

/// What the lists go by, as the row has it.
#[derive(Debug, PartialEq)]
struct Row {
    due: Option<i64>,
    unit: Option<i64>,
    result: Option<String>,
    ready_at: Option<i64>,
    in_a_pool: bool,
}

async fn lives(world: World, many: u32) {
    world.procedures(&PROCEDURES).await;
    let app = world.app.clone();
    let fill = move || demo::fill(&app, many, 7, &mut |_, _, _| ());
    let made = tokio::task::spawn_blocking(fill).await.unwrap().unwrap();
    assert_eq!(made.dossiers, many as usize);
    let found = verify::all(&world.app.db, &world.app.blobs).await.unwrap();
    assert_eq!(found.faults, []);
    assert_eq!((found.dossiers, found.events > found.dossiers * 3), (u64::from(many), true));

    let st = sql!(
        "SELECT state, due_key, holder_unit_id, result_number, ready_at, pool, touched_at, opened_at FROM dossiers ORDER BY id"
    );
    let rows = world.app.db.read_blocking(move |q| {
        q.rows(st, params![], |r| {
            let pool: Option<String> = r.get(5)?;
            let due = Some(r.get::<i64>(1)?).filter(|due| *due < 200_000_000_000_000);
            let row = Row { due, unit: r.get(2)?, result: r.get(3)?, ready_at: r.get(4)?, in_a_pool: pool.is_some() };
            Ok((r.get::<String>(0)?, row, r.get::<i64>(6)?, r.get::<i64>(7)?))
        })
        .map_err(AppError::from)
    });
    let now: Instant = MONDAY.parse().unwrap();
    let mut seen = BTreeSet::new();
    for (state, row, touched, opened) in rows.unwrap() {
        let d: Dossier = serde_json::from_str(&state).unwrap();
        let h = d.holder.as_ref();
        let expected = Row {
            due: d.due_at.map(Instant::millis),
            unit: h.and_then(|h| h.unit).map(Id::raw),
            result: d.result.as_ref().map(|r| domain::text::fold(&r.number)),
            ready_at: h.filter(|_| d.result.is_some()).map(|h| h.since.millis()),
            in_a_pool: h.is_some(),
        };
        assert_eq!(row, expected, "{:?}", d.status);
        assert!(opened <= touched && touched <= now.millis(), "nothing happens in the future");
        seen.insert(d.status.key());
    }
    for status in domain::dossier::Status::KEYS {
        assert!(seen.contains(status), "{status} is not among {seen:?}");
    }
    world.get("/chao-mung").send().await.expect(404);
    world.app.refresh().await.unwrap();
    let welcome = world.get("/chao-mung").send().await.expect(200);
    assert!(welcome.text().contains("action=\"/chao-mung\""), "whoever comes now is let in, without a new start");
}

/// CLI `demo`: every state, however few there are; the history proves all of it, and the lists' columns repeat it.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_province_shows_every_state_and_nothing_in_it_is_made_up_beside_the_rules() {
    lives(World::sqlite(), 40).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_province_is_the_same_on_postgresql() {
    lives(World::postgres(), 40).await;
}

/// So many that units overlap: the acts of the next are thought of while one is written, nobody is lost, and all of it stands.
#[tokio::test(flavor = "multi_thread")]
async fn many_live_side_by_side_until_all_are_done() {
    let world = World::sqlite();
    world.procedures(&PROCEDURES).await;
    let app = world.app.clone();
    let mut steps = Vec::new();
    let steps = tokio::task::spawn_blocking(move || {
        demo::fill(&app, 600, 3, &mut |_, at, of| steps.push((at, of))).unwrap();
        steps
    });
    let steps = steps.await.unwrap();
    assert!(steps.is_sorted() && steps.last() == Some(&(600, 600)), "{steps:?}");
    assert_eq!(verify::all(&world.app.db, &world.app.blobs).await.unwrap().faults, []);
}

/// FLW-09: in a province with minutes the made-up paper was carried: nothing that was handed in before yesterday's last run
/// still waits for it.
#[tokio::test(flavor = "multi_thread")]
async fn flw_09_in_the_made_up_vinh_long_paper_has_gone_its_rounds() {
    let world = World::sqlite_of("vinh-long");
    world.procedures(&PROCEDURES).await;
    let app = world.app.clone();
    let made = tokio::task::spawn_blocking(move || demo::fill(&app, 60, 7, &mut |_, _, _| ())).await.unwrap();
    assert_eq!(made.unwrap().dossiers, 60);
    let evening: Instant = "2025-10-05T16:00:00+07:00".parse().unwrap();
    let st = sql!(
        "SELECT d.state, p.run_id IS NULL, p.to_place FROM paper_places p JOIN dossiers d ON d.id = p.dossier_id
         WHERE p.what = 'dossiers'"
    );
    let rows = world.app.db.read_blocking(move |q| {
        q.rows(st, params![], |r| Ok((r.get::<String>(0)?, r.get::<bool>(1)?, r.get::<Option<String>>(2)?)))
            .map_err(AppError::from)
    });
    let (mut carried, mut waiting) = (0, 0);
    for (state, lies, to) in rows.unwrap() {
        let d: Dossier = serde_json::from_str(&state).unwrap();
        let old = d.accepted_at.unwrap() < evening;
        assert!(lies && (to.is_none() || !old), "{:?} {to:?}", d.accepted_at);
        if to.is_none() { carried += 1 } else { waiting += 1 }
    }
    assert!(carried > 20, "{carried} carried, {waiting} of today");
    assert_eq!(verify::all(&world.app.db, &world.app.blobs).await.unwrap().faults, []);
}

//! Deadlines fire once, however often the process dies that fires them; writes are killed in `kill_mixed.rs`.

use crate::program::Program;
use platform::{
    db::{Db, DbError, Mode, Options, Query, params, sql},
    random::Random,
};
use reqwest::Client;
use std::collections::BTreeSet;

/// Kills of a run; `MOTCUA_KILLS=2000` makes a long one.
pub fn kills(usual: usize) -> usize {
    std::env::var("MOTCUA_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Kills of the process that fires deadlines, unless `MOTCUA_KILLS` says otherwise.
const KILLS_OF_WORKERS: usize = 8;
/// Long after everything fell due.
const LATER: &str = "2028-01-03T08:00:00+07:00";

/// Whom which deadline called, and how many wait.
fn calls(program: &Program) -> (BTreeSet<String>, i64) {
    let url = format!("sqlite:{}", program.path().join("motcua.db").display());
    let db = Db::open(&url.parse().unwrap(), Options::new(Mode::ReadOnly)).unwrap();
    let waiting = sql!("SELECT COUNT(*) FROM due_moments WHERE fired_at IS NULL");
    let called = sql!("SELECT d.code, a.key, a.called FROM attentions a JOIN dossiers d ON d.id = a.dossier_id");
    let read = db.read_blocking(|q| {
        let calls = q.rows(called, params![], |r| {
            Ok(format!("{} {} {}", r.get::<String>(0)?, r.get::<String>(1)?, r.get::<String>(2)?))
        })?;
        Ok::<_, DbError>((calls, q.one(waiting, params![], |r| r.get(0))?))
    });
    let (calls, waiting) = read.unwrap();
    let once: BTreeSet<String> = calls.iter().cloned().collect();
    assert_eq!(once.len(), calls.len(), "nobody is called twice for one deadline");
    (once, waiting)
}

/// CLK-07: as many as are killed while they fire, the calls are those of a day on which nobody was.
#[tokio::test(flavor = "multi_thread")]
async fn clk_07_workers_killed_at_random_lose_no_deadline_and_fire_none_twice() {
    let (often, calm) = (Program::migrated(), Program::empty());
    let kills = kills(KILLS_OF_WORKERS);
    often.good(&["demo", "--dossiers", &(30 + kills * 4).to_string()]);
    for file in ["motcua.db", "motcua.db-wal", "secret.key"] {
        let from = often.path().join(file);
        if from.exists() {
            std::fs::copy(from, calm.path().join(file)).unwrap();
        }
    }
    let dice = Random::seeded(7);
    let http = Client::new();
    for _ in 0..kills {
        let server = often.serve(LATER);
        for _ in 0..dice.below(4) {
            let _alive = http.get(format!("{}/health/live", server.admin_url)).send().await;
        }
        server.kill();
    }
    for program in [&often, &calm] {
        let server = program.serve(LATER);
        // What lapses brings deadlines of its own.
        for _ in 0..3 {
            let settled = http.post(format!("{}/test/settle", server.admin_url)).send().await.unwrap();
            assert_eq!(settled.status().as_u16(), 200);
        }
        assert_eq!(server.stop(), Some(0));
    }
    let (killed, undisturbed) = (calls(&often), calls(&calm));
    assert!(undisturbed.0.len() > 20, "a demo has deadlines: {}", undisturbed.0.len());
    assert_eq!(killed, undisturbed, "the same calls, and the same moments left");
}

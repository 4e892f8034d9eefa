//! Deadlines fire once, however often the process dies that fires them; writes are killed in `kill_mixed.rs`.

use crate::program::Program;
use motcua::attention::KeptMoment;
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
/// Of two that fire at once, on PostgreSQL.
const KILLS_OF_TWO: usize = 6;
/// Kinds of deadline that call somebody whatever the dossier's state.
const ALWAYS_CALL: [&str; 5] = ["due", "near_due", "agency_due", "unclaimed", "payment_wait"];
/// Long after everything fell due.
const LATER: &str = "2028-01-03T08:00:00+07:00";

/// Whom which deadline called, and how many wait.
fn calls(program: &Program) -> (BTreeSet<String>, usize) {
    let db = Db::open(&program.database().parse().unwrap(), Options::new(Mode::ReadOnly)).unwrap();
    let waiting = sql!("SELECT moments FROM due_moments");
    let called = sql!("SELECT d.code, a.key, a.called FROM attentions a JOIN dossiers d ON d.id = a.dossier_id");
    let read = db.read_blocking(|q| {
        let calls = q.rows(called, params![], |r| {
            Ok(format!("{} {} {}", r.get::<String>(0)?, r.get::<String>(1)?, r.get::<String>(2)?))
        })?;
        Ok::<_, DbError>((calls, q.rows(waiting, params![], |r| r.get::<String>(0))?))
    });
    let (calls, rows) = read.unwrap();
    let waiting = rows.iter().flat_map(|row| KeptMoment::all_of(row).unwrap()).filter(|m| !m.fired).count();
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
        until_fired(program, &http, &server.admin_url).await;
        assert_eq!(server.stop(), Some(0));
    }
    let (killed, undisturbed) = (calls(&often), calls(&calm));
    assert!(undisturbed.0.len() > 20, "a demo has deadlines: {}", undisturbed.0.len());
    assert_eq!(killed, undisturbed, "the same calls, and the same moments left");
}

/// Lets a server fire all that is due, with what lapses and brings deadlines of its own. Nobody waits for the slips of the demo.
async fn until_fired(program: &Program, http: &Client, admin: &str) {
    for _ in 0..100_000 {
        if lost(program).0 == 0 {
            return;
        }
        assert_eq!(http.get(format!("{admin}/health/live")).send().await.unwrap().status().as_u16(), 200);
    }
    panic!("it does not fire what is due: {:?}", lost(program));
}

/// Deadlines that were due and have not fired, or are still to be kept; and those that fired and called nobody, of the kinds that
/// always call somebody.
fn lost(program: &Program) -> (i64, usize) {
    let db = Db::open(&program.database().parse().unwrap(), Options::new(Mode::ReadOnly)).unwrap();
    let later: domain::time::Instant = LATER.parse().unwrap();
    let waiting = sql!(
        "SELECT (SELECT COUNT(*) FROM due_moments WHERE reminds_at <= $1 OR acts_at <= $1)
              + (SELECT COUNT(*) FROM due_moments_owed)"
    );
    let kept = sql!("SELECT dossier_id, moments FROM due_moments");
    let called = sql!("SELECT dossier_id, key FROM attentions");
    let read = db.read_blocking(|q| {
        let waiting = q.one(waiting, params![later.millis()], |r| r.get(0))?;
        let called = q.rows(called, params![], |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?)))?;
        let kept = q.rows(kept, params![], |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?)))?;
        Ok::<_, DbError>((waiting, called, kept))
    });
    let (waiting, called, kept) = read.unwrap();
    let called: BTreeSet<(i64, String)> = called.into_iter().collect();
    let calls_somebody = |m: &KeptMoment| m.fired && ALWAYS_CALL.contains(&m.kind_key());
    let fired = kept.iter().flat_map(|(id, row)| KeptMoment::all_of(row).unwrap().into_iter().map(move |m| (*id, m)));
    let silent = fired.filter(|(id, m)| calls_somebody(m) && !called.contains(&(*id, m.key.clone()))).count();
    (waiting, silent)
}

/// CLK-07: two processes fire at once, and now one of them dies and now the other; a third has come by then.
#[tokio::test(flavor = "multi_thread")]
async fn clk_07_two_workers_killed_in_turn_lose_no_deadline_and_fire_none_twice_on_postgresql() {
    let program = Program::on_postgres();
    let kills = kills(KILLS_OF_TWO);
    program.good(&["demo", "--dossiers", &(30 + kills * 4).to_string()]);
    let (dice, http) = (Random::seeded(11), Client::new());
    let mut older = program.serve(LATER);
    for _ in 0..kills {
        let younger = program.serve(LATER);
        for _ in 0..dice.below(4) {
            let _alive = http.get(format!("{}/health/live", older.admin_url)).send().await;
        }
        std::mem::replace(&mut older, younger).kill();
    }
    until_fired(&program, &http, &older.admin_url).await;
    assert_eq!(older.stop(), Some(0));
    let (called, _) = calls(&program);
    assert!(called.len() > 20, "a demo has deadlines: {}", called.len());
    assert_eq!(lost(&program), (0, 0), "none waits that was due, none fired without calling anybody");
    program.good(&["verify"]);
}

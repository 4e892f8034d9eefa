//! The promise: nothing acknowledged is lost, nothing is done twice, however often the machine dies.

use crate::program::Program;
use platform::{
    db::{Db, DbError, Mode, Options, Query, params, sql},
    random::Random,
};
use reqwest::Client;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::sync::watch;

/// Kills of a run; `MOTCUA_KILLS=2000` makes a long one.
const KILLS: usize = 200;
const CLIENTS: usize = 4;
const AGENCY: &str = "H49.101";
const PROCEDURE: &str = "1.000080";

fn kills(usual: usize) -> usize {
    std::env::var("MOTCUA_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// What the clients share.
struct Field {
    http: Client,
    /// Where the server is now; it moves with every start.
    url: watch::Receiver<String>,
    intake: String,
    head: String,
    body: Value,
    acknowledged: AtomicUsize,
    over: AtomicBool,
    /// By key: what was answered.
    answers: Mutex<BTreeMap<String, Value>>,
}

impl Field {
    /// Sends until an answer comes, always under the same key.
    async fn insist(&self, key: &str, bearer: &str, path: &str, version: Option<u64>, body: &Value) -> Value {
        let mut url = self.url.clone();
        loop {
            let at = format!("{}{path}", *url.borrow_and_update());
            let mut call = self.http.post(at).bearer_auth(bearer).header("Idempotency-Key", key).json(body);
            if let Some(version) = version {
                call = call.header("If-Match", format!("\"{version}\""));
            }
            let Ok(answer) = call.send().await else {
                // Dead: wait for the next start. The time-out is for a line that broke while the server lives.
                let _ = tokio::time::timeout(Duration::from_secs(2), url.changed()).await;
                continue;
            };
            let status = answer.status().as_u16();
            let Ok(text) = answer.text().await else { continue };
            if status == 503 {
                continue;
            }
            assert!(matches!(status, 200 | 201), "{path}: {status} {text}");
            let value: Value = serde_json::from_str(&text).unwrap();
            self.answers.lock().unwrap().insert(key.to_owned(), value.clone());
            self.acknowledged.fetch_add(1, SeqCst);
            return value;
        }
    }

    /// One after the other: take a dossier in, have it assigned.
    async fn work(&self, client: usize) {
        for n in 0.. {
            if self.over.load(SeqCst) {
                return;
            }
            let opened =
                self.insist(&format!("open-{client}-{n}"), &self.intake, "/api/v1/dossiers", None, &self.body).await;
            let path = format!("/api/v1/dossiers/{}/assignments", opened["code"].as_str().unwrap());
            let to = json!({ "to": { "unit": "main", "officer": "chuyen.vien" } });
            self.insist(&format!("assign-{client}-{n}"), &self.head, &path, opened["version"].as_u64(), &to).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_kills_lose_nothing_acknowledged_and_double_nothing() {
    let program = Program::migrated();
    let (field, urls) = prepare(&program).await;
    let clients: Vec<_> = (0..CLIENTS)
        .map(|c| {
            tokio::spawn({
                let f = Arc::clone(&field);
                async move { f.work(c).await }
            })
        })
        .collect();
    let dice = Random::seeded(200);
    for _ in 0..kills(KILLS) {
        let server = program.serve("2025-10-06T08:00:00+07:00");
        urls.send_replace(server.url.clone());
        let until = field.acknowledged.load(SeqCst) + usize::try_from(dice.below(12)).unwrap();
        // At any moment after so many answers: in the middle of a commit, of an answer, of nothing.
        while field.acknowledged.load(SeqCst) < until {
            tokio::task::yield_now().await;
        }
        server.kill();
    }
    let server = program.serve("2025-10-06T08:00:00+07:00");
    urls.send_replace(server.url.clone());
    field.over.store(true, SeqCst);
    for client in clients {
        client.await.unwrap();
    }
    let answers = field.answers.lock().unwrap().clone();
    let opened: Vec<_> = answers.iter().filter(|(key, _)| key.starts_with("open")).collect();
    let mut codes: Vec<_> = opened.iter().map(|(_, v)| v["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    let expected: Vec<_> = (1..=codes.len()).map(|n| format!("{AGENCY}-251006-{n:04}")).collect();
    assert_eq!(codes, expected, "every key opened one dossier; no code is missing, none was given twice");
    for (key, answer) in &opened {
        let again = field.insist(key, &field.intake, "/api/v1/dossiers", None, &field.body).await;
        assert_eq!(again, **answer, "{key}: a retry gives the first answer");
    }
    assert_eq!(server.stop(), Some(0));
    let found = program.good(&["verify"]);
    assert_eq!(found["dossiers"].as_u64().unwrap(), codes.len() as u64);
    assert_eq!(found["events"].as_u64().unwrap(), answers.len() as u64, "one event for every answer");
}

/// People, the catalogue and a first server to ask how a complete dossier looks.
async fn prepare(program: &Program) -> (Arc<Field>, watch::Sender<String>) {
    program.good(&["import", "procedures", concat!(env!("CARGO_MANIFEST_DIR"), "/data/procedures.jsonl.gz")]);
    let intake = program.key("tiep.nhan", "H49.28", "intake_officer");
    let head = program.key("truong.phong", AGENCY, "unit_head");
    program.key("chuyen.vien", AGENCY, "specialist");
    let server = program.serve("2025-10-06T08:00:00+07:00");
    let http = Client::builder().timeout(Duration::from_secs(20)).build().unwrap();
    let asked =
        http.get(format!("{}/api/v1/procedures/{PROCEDURE}", server.url)).bearer_auth(&intake).send().await.unwrap();
    let procedure: Value = asked.json().await.unwrap();
    server.kill();
    let (urls, url) = watch::channel(String::new());
    let body = crate::contract::body_of(&procedure, PROCEDURE, AGENCY);
    let (acknowledged, over, answers) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::default());
    (Arc::new(Field { http, url, intake, head, body, acknowledged, over, answers }), urls)
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
    let (often, calm) = (Program::migrated(), Program { data: tempfile::tempdir().unwrap() });
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

//! What each connection sends, and how long the answers take.

use crate::{
    Fault,
    client::{Ask, Client},
    fixture::Fixture,
};
use platform::clock::Stopwatch;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

/// Those that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Create,
    Advance,
    Track,
    Inbox,
    Page,
}

impl Act {
    pub const ALL: [Self; 5] = [Self::Create, Self::Advance, Self::Track, Self::Inbox, Self::Page];
    /// The limit has no such page: it would be the same bytes as those of the tracking page.
    pub const fn has_limit(self) -> bool {
        !matches!(self, Self::Page)
    }
    pub const fn words(self) -> &'static str {
        match self {
            Self::Create => "create (POST /api/v1/dossiers)",
            Self::Advance => "advance (POST …/assignments)",
            Self::Track => "tracking page (GET /tra-cuu/{code})",
            Self::Inbox => "inbox (GET /api/v1/inbox)",
            Self::Page => "dossier page (GET /can-bo/ho-so/{code})",
        }
    }
}

/// A dossier as its last sender saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub code: String,
    pub version: u64,
}

/// One server and what is asked of it.
pub struct Target {
    pub address: String,
    pub fixture: Arc<Fixture>,
    /// One share for each connection, so that nobody is stale.
    pub shares: Vec<Vec<Seen>>,
    /// The session of the head who looks at pages.
    pub cookie: String,
}

static ONCE: AtomicU64 = AtomicU64::new(0);

fn once() -> String {
    format!("bench-{}-{}", std::process::id(), ONCE.fetch_add(1, Relaxed))
}

/// Takes a dossier in.
pub async fn create(client: &mut Client, f: &Fixture) -> Result<Seen, Fault> {
    let said = client.ask(&Ask::post("/api/v1/dossiers", &f.intake_key, &once(), None, &f.body)).await?;
    seen(&said.body, said.status, 201)
}

async fn advance(client: &mut Client, f: &Fixture, dossier: &mut Seen) -> Result<(), Fault> {
    let turn = usize::try_from(dossier.version).unwrap_or_default() % f.specialists.len();
    let body = format!(r#"{{"to":{{"officer":"{}"}}}}"#, f.specialists[turn]);
    let path = format!("/api/v1/dossiers/{}/assignments", dossier.code);
    let said = client.ask(&Ask::post(&path, &f.head_key, &once(), Some(dossier.version), &body)).await?;
    *dossier = seen(&said.body, said.status, 200)?;
    Ok(())
}

fn seen(body: &str, status: u16, expected: u16) -> Result<Seen, Fault> {
    if status != expected {
        return Err(format!("{status}: {body}").into());
    }
    let said: serde_json::Value = serde_json::from_str(body)?;
    let code = said["code"].as_str().ok_or("no code")?.to_owned();
    Ok(Seen { code, version: said["version"].as_u64().ok_or("no version")? })
}

/// Answers and their times.
#[derive(Default)]
pub struct Reached {
    pub answers: u32,
    pub seconds: f64,
    /// Milliseconds, unsorted.
    pub times: Vec<f64>,
}

/// Sends `act` on `connections` for `time`.
pub async fn press(target: &mut Target, act: Act, connections: usize, time: Duration) -> Result<Reached, Fault> {
    let watch = Stopwatch::start();
    let mut tasks = Vec::new();
    for n in 0..connections {
        let share = std::mem::take(&mut target.shares[n]);
        tasks.push(tokio::spawn(one(
            n,
            target.address.clone(),
            Arc::clone(&target.fixture),
            target.cookie.clone(),
            share,
            act,
            watch,
            time,
        )));
    }
    let mut all = Reached::default();
    for (n, task) in tasks.into_iter().enumerate() {
        let (times, share) = task.await??;
        target.shares[n] = share;
        all.answers += u32::try_from(times.len())?;
        all.times.extend(times);
    }
    all.seconds = watch.elapsed().as_secs_f64();
    Ok(all)
}

#[expect(clippy::too_many_arguments, reason = "one connection is told all that it needs")]
async fn one(
    place: usize,
    address: String,
    f: Arc<Fixture>,
    cookie: String,
    mut share: Vec<Seen>,
    act: Act,
    whole: Stopwatch,
    time: Duration,
) -> Result<(Vec<f64>, Vec<Seen>), Fault> {
    let mut client = Client::connect_from(place, &address).await?;
    let mut times = Vec::new();
    let mut turn = 0;
    while whole.elapsed() < time {
        let watch = Stopwatch::start();
        let place = turn % share.len();
        match act {
            Act::Create => drop(create(&mut client, &f).await?),
            Act::Advance => advance(&mut client, &f, &mut share[place]).await?,
            Act::Track => read(&mut client, &format!("/tra-cuu/{}", share[place].code), "").await?,
            Act::Inbox => read(&mut client, "/api/v1/inbox", &f.head_key).await?,
            Act::Page => page(&mut client, &format!("/can-bo/ho-so/{}", share[place].code), &cookie).await?,
        }
        times.push(watch.elapsed().as_secs_f64() * 1000.0);
        turn += 1;
    }
    Ok((times, share))
}

async fn read(client: &mut Client, path: &str, key: &str) -> Result<(), Fault> {
    let said = client.ask(&Ask::get(path, key)).await?;
    if said.status == 200 { Ok(()) } else { Err(format!("{path}: {}", said.status).into()) }
}

async fn page(client: &mut Client, path: &str, cookie: &str) -> Result<(), Fault> {
    let ask = Ask(format!("GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n"));
    let said = client.ask(&ask).await?;
    if said.status == 200 { Ok(()) } else { Err(format!("{path}: {}", said.status).into()) }
}

/// Enters by the demo's door; the limit has none.
pub async fn sign_in(client: &mut Client, login: &str) -> Result<String, Fault> {
    let body = format!("login={login}");
    let ask = Ask(format!(
        "POST /chao-mung HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    ));
    let said = client.ask(&ask).await?;
    let cookie = said.header("set-cookie").and_then(|c| c.split(';').next());
    Ok(cookie.ok_or_else(|| format!("{login} was not let in: {}", said.status))?.to_owned())
}

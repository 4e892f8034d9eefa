//! What takes long: an import of thousands, a calendar change over all open dossiers, all deadlines at once; with somebody
//! who goes on taking dossiers in meanwhile.

use crate::{
    Fault,
    client::{Ask, Client},
    fixture::Fixture,
    load,
    process::Server,
};
use clap::Args;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use platform::clock::Stopwatch;
use rusqlite::{Connection, OpenFlags};
use std::{
    ffi::OsStr,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::task::JoinHandle;

#[derive(Args)]
pub struct Plan {
    /// The product's binary, built with `--release`.
    #[arg(long)]
    pub motcua: PathBuf,
    /// Dossiers in the data base.
    #[arg(long, default_value_t = 100_000)]
    dossiers: u32,
    /// Procedures to import.
    #[arg(long, default_value_t = 6_000)]
    pub procedures: usize,
    /// The catalogue whose rows are repeated under other codes.
    #[arg(long, default_value = "crates/app/data/procedures.jsonl.gz")]
    catalogue: PathBuf,
}

/// A made-up decision, which everybody may enter.
const STORM: &str = "ten=Ngh%E1%BB%89+ch%E1%BB%91ng+b%C3%A3o&loai=off&so=C%C3%B4ng+%C4%91i%E1%BB%87n+12&once=bench";
/// The dossiers whose deadlines are due.
const DUE: &str = "SELECT COUNT(*) FROM due_moments WHERE reminds_at <= $1 OR acts_at <= $1";
/// Between two looks at how far it has come.
const LOOK: Duration = Duration::from_millis(100);
/// Between two dossiers that are taken in meanwhile.
const PAUSE: Duration = Duration::from_millis(20);

pub async fn run(plan: &Plan) -> Result<(), Fault> {
    let room = tempfile::tempdir()?;
    import(plan, room.path())?;
    let data = room.path().join("data");
    let watch = Stopwatch::start();
    let fixture = Arc::new(Fixture::make(plan.motcua.as_os_str(), &data, plan.dossiers)?);
    println!("demo of {} dossiers: {:.1} s", plan.dossiers, watch.elapsed().as_secs_f64());
    let config = room.path().join("test.toml");
    std::fs::write(&config, "[test]\nclock = true\n")?;
    let mut now = text_of("+%Y-%m-%dT%H:%M:%S+00:00", "now")?;
    let watch = Stopwatch::start();
    let arguments = ["--config", path(&config)?, "--data", path(&data)?, "serve", "--listen", "127.0.0.1:0"];
    let more = ["--admin-listen", "127.0.0.1:0", "--test-clock", &now];
    let arguments: Vec<&OsStr> = arguments.iter().chain(&more).map(OsStr::new).collect();
    let server = Server::start(plan.motcua.as_os_str(), &arguments).await?;
    println!("start: {:.3} s", watch.elapsed().as_secs_f64());
    let base = Connection::open_with_flags(fixture.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // What fell due while the demo lived is fired first.
    until(|| count(&base, DUE, millis(&now)?)).await?;
    recount(&server, &fixture, &base).await?;
    now = text_of("+%Y-%m-%dT%H:%M:%S+00:00", "now + 400 days")?;
    fire(&server, &fixture, &base, &now).await?;
    println!("private memory at the end: {} MiB", server.private_kib()? / 1024);
    Ok(())
}

/// Imports the procedures into a data base of its own; where that is.
pub fn import(plan: &Plan, room: &Path) -> Result<PathBuf, Fault> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(&plan.catalogue)?).read_to_string(&mut text)?;
    let rows: Vec<serde_json::Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let file = room.join("procedures.jsonl.gz");
    let mut out = GzEncoder::new(std::fs::File::create(&file)?, Compression::fast());
    for (n, row) in rows.iter().cycle().take(plan.procedures).enumerate() {
        let code = format!("7.{:06}", 100_000 + n);
        let old = row["code"].as_str().ok_or("a row without a code")?;
        writeln!(out, "{}", row.to_string().replace(old, &code))?;
    }
    out.finish()?;
    let data = room.join("catalogue");
    command(&plan.motcua, &data, &["migrate", "--profile", "quang-ninh"])?;
    let watch = Stopwatch::start();
    command(&plan.motcua, &data, &["import", "procedures", path(&file)?])?;
    let held = Connection::open_with_flags(data.join("motcua.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let held = count(&held, "SELECT COUNT(*) FROM procedure_versions WHERE $1 = $1", 0)?;
    println!("import of {} procedures: {:.1} s ({held} held)", plan.procedures, watch.elapsed().as_secs_f64());
    Ok(data)
}

/// A day off in the middle of what is open: dated anew, dossier by dossier.
async fn recount(server: &Server, fixture: &Arc<Fixture>, base: &Connection) -> Result<(), Fault> {
    let mut client = Client::connect(&server.address).await?;
    let cookie = load::sign_in(&mut client, "kiemsoat1").await?;
    let day = text_of("+%d%%2F%m%%2F%Y", "next wednesday")?;
    let watch = Stopwatch::start();
    let said = client.ask(&form("/can-bo/quan-tri/lich/ngay", &cookie, &format!("ngay={day}&{STORM}"))).await?;
    let at = said.header("location").ok_or_else(|| format!("{}: {}", said.status, said.body))?.to_owned();
    println!("preview of a day off: {:.1} s", watch.elapsed().as_secs_f64());
    let beside = Beside::start(server, fixture);
    let watch = Stopwatch::start();
    let said = client.ask(&form(&format!("{at}/ap-dung"), &cookie, "once=bench2")).await?;
    if said.status != 303 {
        return Err(format!("{at}: {}", said.status).into());
    }
    until(|| count(base, "SELECT COUNT(*) FROM calendar_changes WHERE recount = 'running' AND $1 = $1", 0)).await?;
    let took = watch.elapsed().as_secs_f64();
    let (seen, moved): (i64, i64) =
        base.query_row("SELECT SUM(seen), SUM(moved) FROM calendar_changes", [], |r| Ok((r.get(0)?, r.get(1)?)))?;
    println!(
        "recount: {moved} of {seen} open dossiers got another date in {took:.1} s; beside it {}",
        beside.end().await?
    );
    Ok(())
}

/// The deadlines that wait in these rows.
fn waiting(base: &Connection, due: i64) -> Result<usize, Fault> {
    let mut st = base.prepare("SELECT moments FROM due_moments WHERE reminds_at <= $1 OR acts_at <= $1")?;
    let rows: Vec<rusqlite::types::Value> = st.query_map([due], |r| r.get(0))?.collect::<Result<_, _>>()?;
    let waits =
        |part: &&str| part.rsplit_once('@').and_then(|(_, at)| at.parse().ok()).is_some_and(|at: i64| at <= due);
    Ok(rows.iter().filter_map(crate::limit::text).map(|row| row.split(';').filter(waits).count()).sum())
}

async fn fire(server: &Server, fixture: &Arc<Fixture>, base: &Connection, now: &str) -> Result<(), Fault> {
    let due = millis(now)?;
    let many = waiting(base, due)?;
    let mut admin = Client::connect(&server.admin).await?;
    let beside = Beside::start(server, fixture);
    let watch = Stopwatch::start();
    let body = format!(r#"{{"now":"{now}"}}"#);
    let ask = format!(
        "PUT /test/clock HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let said = admin.ask(&Ask(ask)).await?;
    if said.status != 200 {
        return Err(format!("the clock: {} {}", said.status, said.body).into());
    }
    until(|| count(base, DUE, due)).await?;
    let took = watch.elapsed().as_secs_f64();
    println!("deadlines: {many} fired in {took:.1} s; beside it {}", beside.end().await?);
    Ok(())
}

/// Somebody who takes dossiers in at a steady pace, and how long each took.
struct Beside {
    over: Arc<AtomicBool>,
    /// Milliseconds that each took, and seconds after the beginning at which it was sent.
    times: JoinHandle<Result<Vec<(f64, f64)>, Fault>>,
}

impl Beside {
    fn start(server: &Server, fixture: &Arc<Fixture>) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let (address, fixture, ends) = (server.address.clone(), Arc::clone(fixture), Arc::clone(&over));
        let times = tokio::spawn(async move {
            let mut client = Client::connect(&address).await?;
            let (mut times, begun) = (Vec::new(), Stopwatch::start());
            while !ends.load(Relaxed) {
                let (watch, at) = (Stopwatch::start(), begun.elapsed().as_secs_f64());
                load::create(&mut client, &fixture).await?;
                times.push((watch.elapsed().as_secs_f64() * 1000.0, at));
                tokio::time::sleep(PAUSE).await;
            }
            Ok(times)
        });
        Self { over, times }
    }

    async fn end(self) -> Result<String, Fault> {
        self.over.store(true, Relaxed);
        let mut times = self.times.await??;
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied();
        let (half, last) = (at(50).unwrap_or_default().0, at(99).unwrap_or_default().0);
        let slowest = times.iter().rev().take(3).map(|(ms, at)| format!("{ms:.0} ms at {at:.1} s"));
        let slowest = slowest.collect::<Vec<_>>().join(", ");
        Ok(format!("{} dossiers taken in, p50 {half:.1} ms, p99 {last:.1} ms (slowest: {slowest})", times.len()))
    }
}

fn form(path: &str, cookie: &str, body: &str) -> Ask {
    Ask(format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    ))
}

/// Looks until nothing is left.
async fn until(left: impl Fn() -> Result<i64, Fault>) -> Result<(), Fault> {
    while left()? > 0 {
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}

fn count(base: &Connection, text: &str, value: i64) -> Result<i64, Fault> {
    Ok(base.prepare_cached(text)?.query_row([value], |r| r.get(0))?)
}

/// What `date` says: nothing else here knows a calendar.
fn text_of(format: &str, when: &str) -> Result<String, Fault> {
    let said = Command::new("date").args(["-u", "-d", when, format]).output()?;
    Ok(String::from_utf8(said.stdout)?.trim().to_owned())
}

fn millis(when: &str) -> Result<i64, Fault> {
    Ok(text_of("+%s", when)?.parse::<i64>()? * 1000)
}

fn path(of: &Path) -> Result<&str, Fault> {
    Ok(of.to_str().ok_or("path")?)
}

fn command(program: &Path, data: &Path, arguments: &[&str]) -> Result<(), Fault> {
    let done = Command::new(program).arg("--data").arg(data).args(arguments).output()?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned().into()) }
}

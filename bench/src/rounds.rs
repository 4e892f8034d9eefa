//! The order of a run: fill, start both, then product and limit turn by turn.

use crate::{
    Fault,
    client::{Ask, Client},
    fixture::Fixture,
    load::{self, Act, Target},
    process::Server,
    steady,
    table::{self, Figures},
};
use clap::Args;
use platform::clock::Stopwatch;
use rusqlite::{Connection, OpenFlags};
use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

#[derive(Args)]
pub struct Plan {
    /// The product's binary, built with `--release`.
    #[arg(long)]
    motcua: PathBuf,
    /// Dossiers in the data base.
    #[arg(long, default_value_t = 100_000)]
    dossiers: u32,
    /// A folder that is filled when it is empty and kept for later runs, which add to it.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Connections at once.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Turns of each server in each act.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Seconds of one turn.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

const LOOK: Duration = Duration::from_millis(100);
/// Dossiers that each connection advances and looks up.
const SHARE: usize = 20;

pub async fn run(plan: &Plan) -> Result<(), Fault> {
    let room = tempfile::tempdir()?;
    let data = plan.data.clone().unwrap_or_else(|| room.path().join("data"));
    eprintln!("filling with {} dossiers …", plan.dossiers);
    let filling = Stopwatch::start();
    let fixture = Arc::new(Fixture::make(plan.motcua.as_os_str(), &data, plan.dossiers)?);
    println!("filled, or found, in {:.1} s", filling.elapsed().as_secs_f64());
    let any: OsString = "127.0.0.1:0".into();
    let serve: [&OsStr; 7] = [
        "--data".as_ref(),
        data.as_os_str(),
        "serve".as_ref(),
        "--listen".as_ref(),
        &any,
        "--admin-listen".as_ref(),
        &any,
    ];
    // A server that stops signs what was written. After a demo that is a pass over everything, which would else fall into the
    // first seconds of the measure.
    let signing = Stopwatch::start();
    Server::start(plan.motcua.as_os_str(), &serve).await?.stop().await?;
    println!("started, signed all and stopped in {:.1} s", signing.elapsed().as_secs_f64());
    let copy = room.path().join("limit.db");
    fixture.copy(&copy)?;
    let filled = steady::bytes(&fixture.database())?;
    println!("{} bytes for each dossier of the fill, all lives together", filled / i64::from(plan.dossiers.max(1)));
    let starting = Stopwatch::start();
    let product = Server::start(plan.motcua.as_os_str(), &serve).await?;
    println!(
        "started in {:.3} s with {} MiB of private memory",
        starting.elapsed().as_secs_f64(),
        product.private_kib()? / 1024
    );
    let mut ours = target(&product, &fixture, plan.connections).await?;
    ours.cookie = load::sign_in(&mut Client::connect(&product.address).await?, &fixture.head).await?;
    let (page, inbox) = (room.path().join("page"), room.path().join("inbox"));
    std::fs::write(&page, fetch(&ours, &format!("/tra-cuu/{}", ours.shares[0][0].code)).await?)?;
    std::fs::write(&inbox, fetch(&ours, "/api/v1/inbox").await?)?;
    product.hold()?;
    let limit = Server::start(
        std::env::current_exe()?.as_os_str(),
        &[
            "limit".as_ref(),
            "--database".as_ref(),
            copy.as_os_str(),
            "--page".as_ref(),
            page.as_os_str(),
            "--inbox".as_ref(),
            inbox.as_os_str(),
        ],
    )
    .await?;
    let mut bare = target(&limit, &fixture, plan.connections).await?;
    limit.hold()?;
    settle(&product, &fixture).await?;
    let own = u32::try_from(plan.connections * SHARE)?;
    let mut rows = Vec::new();
    for act in Act::ALL {
        let (mut a, mut b) = (Figures::default(), Figures::default());
        for round in 1..=plan.rounds {
            eprintln!("{} {round}/{}", act.words(), plan.rounds);
            turn(&product, &mut ours, act, plan, &mut a).await?;
            if act.has_limit() {
                turn(&limit, &mut bare, act, plan, &mut b).await?;
            }
        }
        let taken_in = i64::try_from(a.created)? + i64::from(own);
        let each = || steady::bytes(&fixture.database()).map(|now| (now - filled) / taken_in.max(1));
        if act == Act::Create {
            println!("{} bytes for each dossier that was just taken in", each()?);
        }
        settle(&product, &fixture).await?;
        if act == Act::Create {
            println!("{} bytes once its message was sent", each()?);
        }
        println!("{} MiB of private memory after {}", product.private_kib()? / 1024, act.words());
        rows.push((act, a, b));
    }
    table::print(&rows, plan.connections);
    steady::run(&product, &ours, plan.connections, Duration::from_secs(plan.seconds * 2)).await?;
    println!("{} MiB of private memory after all that", product.private_kib()? / 1024);
    Ok(())
}

/// One server goes on, is pressed with all connections, then with one, and stands still again.
async fn turn(server: &Server, target: &mut Target, act: Act, plan: &Plan, into: &mut Figures) -> Result<(), Fault> {
    server.go_on()?;
    let (before, behind) = (server.cpu_ms()?, server.background_ms()?);
    let reached = load::press(target, act, plan.connections, Duration::from_secs(plan.seconds)).await?;
    into.add(&reached, server.cpu_ms()? - before, server.background_ms()? - behind);
    let alone = load::press(target, act, 1, Duration::from_secs(plan.seconds.div_ceil(2))).await?;
    into.created += u64::from(reached.answers + alone.answers);
    into.alone.extend(alone.times);
    server.hold()
}

/// Waits until the messages that an act left to be sent are sent: they would be counted with the next act. Says what they cost.
async fn settle(product: &Server, fixture: &Fixture) -> Result<(), Fault> {
    let base = Connection::open_with_flags(fixture.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let left = || {
        let due = "SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND lane = 0
                   AND run_at <= (julianday('now') - 2440587.5) * 86400000";
        base.query_row(due, [], |r| r.get::<_, u32>(0))
    };
    let (before, sending, messages) = (product.cpu_ms()?, Stopwatch::start(), left()?);
    product.go_on()?;
    while left()? > 0 {
        tokio::time::sleep(LOOK).await;
    }
    product.hold()?;
    let (took, cpu) = (sending.elapsed().as_secs_f64(), product.cpu_ms()? - before);
    if messages > 0 {
        println!("{messages} messages sent in {took:.1} s, {:.3} ms of CPU each", cpu / f64::from(messages));
    }
    Ok(())
}

pub async fn target(server: &Server, fixture: &Arc<Fixture>, connections: usize) -> Result<Target, Fault> {
    let mut client = Client::connect(&server.address).await?;
    let mut shares = Vec::new();
    for _ in 0..connections {
        let mut share = Vec::new();
        for _ in 0..SHARE {
            share.push(load::create(&mut client, fixture).await?);
        }
        shares.push(share);
    }
    Ok(Target { address: server.address.clone(), fixture: Arc::clone(fixture), shares, cookie: String::new() })
}

async fn fetch(target: &Target, path: &str) -> Result<String, Fault> {
    let mut client = Client::connect(&target.address).await?;
    let said = client.ask(&Ask::get(path, &target.fixture.head_key)).await?;
    if said.status == 200 { Ok(said.body) } else { Err(format!("{path}: {} {}", said.status, said.body).into()) }
}

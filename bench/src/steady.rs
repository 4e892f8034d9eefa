//! What else is asked of the product under load: how long a write waits while others read, memory, bytes a dossier.

use crate::{
    Fault,
    client::{Ask, Client},
    load::{self, Target},
    process::Server,
};
use platform::clock::Stopwatch;
use rusqlite::{Connection, OpenFlags};
use std::{path::Path, sync::Arc, time::Duration};

/// Writes a second, spread over the connections.
const WRITES: usize = 500;
/// Connections that read the work list as fast as they can meanwhile.
const READERS: usize = 2;

/// Presses at a steady pace while check-points and reads go on.
pub async fn run(server: &Server, target: &Target, connections: usize, time: Duration) -> Result<(), Fault> {
    server.go_on()?;
    let whole = Stopwatch::start();
    let pace = Duration::from_secs(1) * u32::try_from(connections)? / u32::try_from(WRITES)?;
    let writers: Vec<_> = (0..connections)
        .map(|n| {
            let (address, fixture) = (target.address.clone(), Arc::clone(&target.fixture));
            tokio::spawn(async move {
                let mut client = Client::connect(&address).await?;
                let mut tick = tokio::time::interval(pace);
                // Not all in the same instant.
                tokio::time::sleep(pace * u32::try_from(n)? / u32::try_from(connections)?).await;
                let mut times = Vec::new();
                while whole.elapsed() < time {
                    tick.tick().await;
                    let watch = Stopwatch::start();
                    load::create(&mut client, &fixture).await?;
                    times.push(watch.elapsed().as_secs_f64() * 1000.0);
                }
                Ok::<_, Fault>(times)
            })
        })
        .collect();
    let readers: Vec<_> = (0..READERS)
        .map(|_| {
            let (address, fixture) = (target.address.clone(), Arc::clone(&target.fixture));
            tokio::spawn(async move {
                let mut client = Client::connect(&address).await?;
                while whole.elapsed() < time {
                    client.ask(&Ask::get("/api/v1/inbox", &fixture.head_key)).await?;
                }
                Ok::<_, Fault>(())
            })
        })
        .collect();
    let mut times = Vec::new();
    for writer in writers {
        times.extend(writer.await??);
    }
    for reader in readers {
        reader.await??;
    }
    let rate = f64::from(u32::try_from(times.len())?) / whole.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    println!("\nat {rate:.0} writes/s beside {READERS} readers: p50 {:.1} ms, p99 {:.1} ms", at(50), at(99));
    server.hold()
}

/// Bytes in use by the data base.
pub fn bytes(database: &Path) -> Result<i64, Fault> {
    let base = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let of = |pragma: &str| base.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get::<_, i64>(0));
    Ok((of("page_count")? - of("freelist_count")?) * of("page_size")?)
}

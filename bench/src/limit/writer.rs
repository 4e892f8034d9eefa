//! Group commit as bare as it can be: what waits runs, then one commit, then the answers.

use super::store::open;
use crate::Fault;
use rusqlite::Connection;
use std::{
    path::Path,
    sync::mpsc::{Receiver, Sender, channel},
    time::Duration,
};
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce(&Connection) -> Answered + Send>;
/// Tells the caller, after the commit.
type Answered = Box<dyn FnOnce()>;

/// The product's bound too.
const MOST_UNITS: usize = 64;
const CHECKPOINT_EVERY: Duration = Duration::from_millis(250);

pub struct Writer(Sender<Job>);

impl Writer {
    pub fn open(database: &Path) -> Result<Self, Fault> {
        let conn = open(database, "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32768")?;
        let cleaner = open(database, "")?;
        let (jobs, waiting) = channel();
        std::thread::spawn(move || work(&conn, &waiting));
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(CHECKPOINT_EVERY);
                let _busy = cleaner.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |r| r.get::<_, i64>(0));
            }
        });
        Ok(Self(jobs))
    }

    pub async fn run(
        &self,
        job: impl FnOnce(&Connection) -> Result<String, Fault> + Send + 'static,
    ) -> Result<String, Fault> {
        let (reply, answer) = oneshot::channel();
        let sent = self.0.send(Box::new(move |conn| {
            let said = job(conn);
            Box::new(move || drop(reply.send(said)))
        }));
        sent.map_err(|_| "the writer has ended")?;
        answer.await?
    }
}

fn work(conn: &Connection, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let begun = conn.prepare_cached("BEGIN IMMEDIATE").and_then(|mut s| s.execute([]));
        let mut answers = vec![first(conn)];
        while answers.len() < MOST_UNITS {
            let Ok(next) = waiting.try_recv() else { break };
            answers.push(next(conn));
        }
        let ended = conn.prepare_cached("COMMIT").and_then(|mut s| s.execute([]));
        if begun.is_ok() && ended.is_ok() {
            for tell in answers {
                tell();
            }
        }
    }
}

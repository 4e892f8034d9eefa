//! The server: a pool of connections, one transaction a unit of work.

mod conn;
mod errors;
mod tls;
mod types;

pub(super) use conn::PgConn;
pub(super) use types::cell;

use super::attempt::{Attempt, attempt, attempt_read};
use super::health::WriterHealth;
use super::pool::{Gate, Pool};
use super::session::{Conn, Session};
use super::{DbError, Lane, Mode, Options, Reader, Tls, Unit};
use crate::clock::Stopwatch;
use postgres::{Config, config::SslMode};
use std::sync::Arc;
use std::time::Duration;

/// One snapshot for all queries of a page.
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Row versions and unique constraints guard what READ COMMITTED does not
/// (a counter's upsert by 16 clients failed 86 % at REPEATABLE READ, 0 % here).
const BEGIN_UNIT: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
/// A unit that meets deadlocks or lost connections is tried so many times.
const TRIES: u32 = 5;

/// The pool.
pub(super) struct Postgres {
    config: Config,
    /// Absent when the way is plain.
    rustls: Option<tls::Rustls>,
    settings: String,
    pool: Pool<PgConn>,
    gate: Gate,
    bulk_gate: Gate,
    writes: bool,
    health: Arc<WriterHealth>,
}

impl Postgres {
    pub(super) fn open(
        url: &str,
        schema: &str,
        protection: &Tls,
        options: &Options,
        health: &Arc<WriterHealth>,
    ) -> Result<Self, DbError> {
        let mut config: Config = url.parse().map_err(|e| DbError::Setup(format!("the data base URL: {e}")))?;
        if config.get_application_name().is_none() {
            config.application_name("motcua");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        let rustls = tls::Rustls::of(protection)?;
        config.ssl_mode(if rustls.is_some() { SslMode::Require } else { SslMode::Disable });
        let this = Self {
            config,
            rustls,
            // A unit waits for a lock no longer than a person for an answer; one that hangs lets go of its locks.
            settings: format!(
                "SET search_path TO \"{schema}\"; SET client_min_messages TO warning; SET lock_timeout TO '10s';
                 SET idle_in_transaction_session_timeout TO '60s'"
            ),
            pool: Pool::new(options.connections),
            gate: Gate::new(options.connections, options.most_waiting),
            // Bulk work never has more than a quarter of the connections.
            bulk_gate: Gate::new(options.connections / 4, options.most_waiting),
            writes: options.mode != Mode::ReadOnly,
            health: Arc::clone(health),
        };
        let mut conn = this.connect()?;
        if this.writes {
            make_schema(&mut conn, schema)?;
        }
        this.pool.take(|| Ok(conn)).map(|conn| this.give(conn))?;
        Ok(this)
    }

    /// Waits for its turn without holding a thread.
    pub(super) async fn enter(&self, lane: Lane) -> Result<Turn<'_>, DbError> {
        let bulk = match lane {
            Lane::Bulk => Some(self.bulk_gate.enter().await?),
            Lane::Interactive => None,
        };
        Ok(Turn(self.gate.enter().await?, bulk))
    }

    /// Callers that wait for a connection.
    pub(super) fn waiting(&self) -> usize {
        self.gate.waiting() + self.bulk_gate.waiting() + self.pool.waiting()
    }

    /// Runs `look` in one snapshot, on this thread.
    pub(super) fn read<T, E: From<DbError>>(&self, look: impl FnOnce(&mut Reader) -> Result<T, E>) -> Result<T, E> {
        let mut reader = Reader(Session::new(Conn::Postgres(Box::new(self.begin(BEGIN_READ)?))));
        let answer = attempt_read(&mut reader, look);
        if let Conn::Postgres(mut conn) = reader.0.into_conn() {
            let ended = conn.word("ROLLBACK");
            self.give_if(*conn, ended.is_ok());
        }
        answer
    }

    /// Runs a unit on this thread, again after a deadlock or a connection lost before its commit.
    pub(super) fn unit<T, E, F>(&self, mut work: F) -> Result<T, E>
    where
        E: From<DbError>,
        F: FnMut(&mut Unit) -> Result<T, E>,
    {
        if !self.writes {
            return Err(DbError::ReadOnly.into());
        }
        let mut tries = 1;
        loop {
            let ended = self.once(&mut work)?;
            if !ended.rerun || tries == TRIES {
                return ended.answer;
            }
            // Those who met in a deadlock come back at different times: each has its own time in the failed run.
            std::thread::sleep(Duration::from_millis(1 << tries));
            tries += 1;
            self.health.ran_again();
        }
    }

    fn once<T, E, F>(&self, work: &mut F) -> Result<Attempt<T, E>, DbError>
    where
        E: From<DbError>,
        F: FnMut(&mut Unit) -> Result<T, E>,
    {
        let mut unit = Unit(Session::new(Conn::Postgres(Box::new(self.begin(BEGIN_UNIT)?))));
        let mut ended = attempt(&mut unit, work);
        if ended.panicked {
            self.health.panicked();
        }
        let Conn::Postgres(mut conn) = unit.0.into_conn() else {
            return Err(DbError::Other("a unit lost its connection".into()));
        };
        if ended.answer.is_ok() {
            if let Err((error, rerun)) = self.commit(&mut conn) {
                ended.answer = Err(error.into());
                ended.rerun = rerun;
            }
            self.give(*conn);
        } else {
            let undone = conn.word("ROLLBACK");
            self.give_if(*conn, undone.is_ok());
        }
        Ok(ended)
    }

    /// The failure, and whether the unit may run again: only when the server said that nothing was saved.
    fn commit(&self, conn: &mut PgConn) -> Result<(), (DbError, bool)> {
        let watch = Stopwatch::start();
        let Err(error) = conn.raw_word("COMMIT") else {
            self.health.committed(1, watch.elapsed());
            return Ok(());
        };
        self.health.failed();
        let failure = errors::failure(&error);
        if errors::is_definite(&error) {
            return Err((failure.error, failure.rerun));
        }
        Err((DbError::Lost(failure.error.to_string()), false))
    }

    /// A connection inside a transaction. One that the server closed while it lay idle is replaced, once.
    fn begin(&self, text: &str) -> Result<PgConn, DbError> {
        let mut conn = self.pool.take(|| self.connect())?;
        if conn.word(text).is_ok() {
            return Ok(conn);
        }
        drop(conn);
        self.pool.give(None);
        drop(self.pool.drain()); // its neighbours were most likely closed with it
        let mut conn = self.pool.take(|| self.connect())?;
        match conn.word(text) {
            Ok(()) => Ok(conn),
            Err(failure) => {
                self.pool.give(None);
                Err(failure.error)
            }
        }
    }

    /// Runs `job` on a connection outside of any transaction.
    pub(super) fn outside<T>(&self, job: impl FnOnce(&mut Session) -> T) -> Result<T, DbError> {
        let mut session = Session::new(Conn::Postgres(Box::new(self.pool.take(|| self.connect())?)));
        let answer = job(&mut session);
        if let Conn::Postgres(conn) = session.into_conn() {
            self.give(*conn);
        }
        Ok(answer)
    }

    /// Closes idle connections; after a migration their prepared statements may no longer fit. Blocks.
    pub(super) fn forget(&self) {
        drop(self.pool.drain());
    }

    fn connect(&self) -> Result<PgConn, DbError> {
        PgConn::open(&self.config, self.rustls.as_ref(), &self.settings)
    }

    fn give(&self, conn: PgConn) {
        self.give_if(conn, true);
    }

    fn give_if(&self, conn: PgConn, good: bool) {
        self.pool.give(Some(conn).filter(|c| good && c.is_good()));
    }
}

impl Drop for Postgres {
    /// The driver's connections may only be closed where blocking is allowed, and the last owner may be an async task.
    fn drop(&mut self) {
        let idle = self.pool.drain();
        if !idle.is_empty() {
            super::off_async(move || drop(idle));
        }
    }
}

/// The right to use a connection; given back when dropped.
pub(super) struct Turn<'a>(
    #[expect(dead_code, reason = "held, not read")] tokio::sync::SemaphorePermit<'a>,
    #[expect(dead_code, reason = "held, not read")] Option<tokio::sync::SemaphorePermit<'a>>,
);

/// Two programs may start at once: the loser of that race finds the schema made.
fn make_schema(conn: &mut PgConn, schema: &str) -> Result<(), DbError> {
    let text = format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\"");
    conn.word(&text).or_else(|_| conn.word(&text)).map_err(|f| f.error)
}

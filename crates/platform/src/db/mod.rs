//! The data base: one body of SQL over two engines.
//!
//! A store's function takes `&mut impl Query` to read, or `&mut Unit` to write, and runs [`sql!`] statements.
//! Pages read through [`Db::read`] (one snapshot) and write through [`Db::unit`] (all or nothing; on SQLite units that
//! wait share one commit). A unit's closure **may run more than once** (full disc, deadlock, lost connection), so it must do nothing
//! but data base work: no password hashing, HTTP, blob or PDF inside. What is portable SQL is told in [`dialect`].

mod attempt;
pub mod dialect;
mod error;
mod health;
pub mod idempotency;
mod migrate;
mod node_lease;
mod open;
mod packed;
mod plan;
mod pool;
mod postgres;
mod row;
mod select;
mod session;
mod sqlite;
mod statement;
mod url;
mod value;

pub use dialect::Engine;
pub use error::DbError;
pub use health::WriterFigures;
pub use idempotency::{Answer, Checked, Once, Outcome};
#[doc(hidden)]
pub use inventory;
pub use migrate::{Migration, MigrationReport, PLATFORM_MIGRATION};
pub use node_lease::NodeLease;
pub use open::{Mode, Options};
pub use packed::packed;
#[doc(hidden)]
pub use packed::unpack;
pub use plan::{FullScan, Plan};
pub use row::{Cell, FromCell, Row};
pub use select::{Built, Select};
pub use session::{Query, Reader, Session, Unit};
#[doc(hidden)]
pub use statement::Registered;
pub use statement::{Statement, sql};
pub use url::{DatabaseUrl, Tls};
pub use value::{Value, params};

use std::sync::Arc;

/// An open data base; clones share it.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    backend: Backend,
    read_gate: pool::Gate,
    health: Arc<health::WriterHealth>,
}

enum Backend {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

/// Who waits behind whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    Interactive,
    Bulk,
}

impl Db {
    /// Opens the data base; on SQLite also takes the write lock, unless read-only ([`DbError::Locked`] when another process has it).
    pub fn open(url: &DatabaseUrl, options: Options) -> Result<Self, DbError> {
        let health = Arc::new(health::WriterHealth::default());
        let backend = match url {
            DatabaseUrl::Sqlite(path) => Backend::Sqlite(sqlite::Sqlite::open(path, &options, &health)?),
            DatabaseUrl::Postgres { url, schema, tls } => {
                let server = off_async(|| postgres::Postgres::open(url, schema, tls, &options, &health))?;
                Backend::Postgres(Box::new(server))
            }
        };
        let read_gate = pool::Gate::new(options.readers, options.most_waiting);
        Ok(Self(Arc::new(Inner { backend, read_gate, health })))
    }

    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        match self.0.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether other processes may change what is in it at any moment. SQLite has one writer, and that is this process.
    pub fn is_shared(&self) -> bool {
        matches!(self.0.backend, Backend::Postgres(_))
    }

    /// What the writer is doing.
    pub fn health(&self) -> WriterFigures {
        let waiting = match &self.0.backend {
            Backend::Sqlite(file) => file.waiting(),
            Backend::Postgres(server) => server.waiting(),
        };
        self.0.health.figures(waiting)
    }

    /// Reads in one snapshot. The closure runs on a thread that may block.
    pub async fn read<T, E>(&self, look: impl FnOnce(&mut Reader) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let db = self.clone();
        match &self.0.backend {
            Backend::Sqlite(_) => {
                let _turn = self.0.read_gate.enter().await?;
                blocking(move || db.read_here(look)).await
            }
            Backend::Postgres(server) => {
                let _turn = server.enter(Lane::Interactive).await?;
                blocking(move || db.read_here(look)).await
            }
        }
    }

    /// [`Db::read`] for a look at a few rows by their key, on SQLite on this very thread: handing so little to another one costs more
    /// than the look. Not for lists, and not for what a stranger can make long.
    pub async fn glance<T, E>(&self, look: impl FnOnce(&mut Reader) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(_) => {
                let _turn = self.0.read_gate.enter().await?;
                self.read_here(look)
            }
            Backend::Postgres(_) => self.read(look).await,
        }
    }

    /// Runs a unit of work a person waits for. All of it is saved, or, when it answers an error, nothing;
    /// the answer, a refusal too, comes after the commit. The closure may run more than once.
    pub async fn unit<T, E>(&self, work: impl FnMut(&mut Unit) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.in_lane(Lane::Interactive, work).await
    }

    /// Runs a unit for which nobody waits (imports, recounts, sweeps): behind all interactive ones.
    /// Keep each to some 5 ms and remember in it how far the work has come, so that it can be resumed.
    pub async fn bulk_unit<T, E>(&self, work: impl FnMut(&mut Unit) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.in_lane(Lane::Bulk, work).await
    }

    async fn in_lane<T, E>(
        &self,
        lane: Lane,
        work: impl FnMut(&mut Unit) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(file) => {
                let answer = file.submit(lane, work)?;
                answer.await.unwrap_or_else(|_| Err(closing().into()))
            }
            Backend::Postgres(server) => {
                let _turn = server.enter(lane).await?;
                let db = self.clone();
                blocking(move || db.unit_here(lane, work)).await
            }
        }
    }

    /// [`Db::read`] for the command line and tests: blocks this thread.
    pub fn read_blocking<T, E>(&self, look: impl FnOnce(&mut Reader) -> Result<T, E> + Send) -> Result<T, E>
    where
        T: Send,
        E: From<DbError> + Send,
    {
        off_async(|| self.read_here(look))
    }

    /// [`Db::unit`] for the command line and tests: blocks this thread. Not to be called inside a unit.
    pub fn unit_blocking<T, E>(&self, work: impl FnMut(&mut Unit) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        off_async(|| self.unit_here(Lane::Interactive, work))
    }

    /// [`Db::bulk_unit`] for the command line and threads that may block.
    pub fn bulk_unit_blocking<T, E>(&self, work: impl FnMut(&mut Unit) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        off_async(|| self.unit_here(Lane::Bulk, work))
    }

    fn read_here<T, E: From<DbError>>(&self, look: impl FnOnce(&mut Reader) -> Result<T, E>) -> Result<T, E> {
        match &self.0.backend {
            Backend::Sqlite(file) => file.read(look),
            Backend::Postgres(server) => server.read(look),
        }
    }

    fn unit_here<T, E>(&self, lane: Lane, work: impl FnMut(&mut Unit) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.0.backend {
            Backend::Sqlite(file) if file.is_writer_thread() => {
                Err(DbError::Other("a unit of work was begun inside another one".into()).into())
            }
            Backend::Sqlite(file) => {
                let answer = file.submit(lane, work)?;
                answer.blocking_recv().unwrap_or_else(|_| Err(closing().into()))
            }
            Backend::Postgres(server) => server.unit(work),
        }
    }

    /// Writes for real, so that a health page sees a full disc, a lost lock or a read-only replica. Blocks.
    pub fn probe_write(&self) -> Result<(), DbError> {
        self.unit_blocking(|unit| {
            unit.execute(
                sql!("INSERT INTO write_probe (id, beat) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET beat = write_probe.beat + 1"),
                params![],
            )
            .map(drop)
        })
    }

    /// Prepares every registered statement on this engine and lists those that fail, each with its `file:line`. Blocks.
    pub fn prepare_all(&self) -> Result<Vec<DbError>, DbError> {
        let prepare =
            |session: &mut Session| Statement::all().filter_map(|st| session.prepare(st).err()).collect::<Vec<_>>();
        match &self.0.backend {
            Backend::Sqlite(file) => file.read(|reader| Ok(prepare(reader.session()))),
            Backend::Postgres(server) => off_async(|| server.outside(prepare)),
        }
    }

    /// Drops prepared statements that a migration may have outdated.
    fn forget_plans(&self) {
        if let Backend::Postgres(server) = &self.0.backend {
            off_async(|| server.forget());
        }
    }
}

fn closing() -> DbError {
    DbError::Busy("the data base is closing".into())
}

/// Runs `job` on one of the runtime's blocking threads.
async fn blocking<T, E>(job: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    tokio::task::spawn_blocking(job).await.unwrap_or_else(|_| Err(closing().into()))
}

/// Runs `job` here, or on a thread of its own when this one belongs to an async runtime, where the driver may not block.
fn off_async<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    if tokio::runtime::Handle::try_current().is_err() {
        return job();
    }
    let ended = std::thread::scope(|scope| scope.spawn(job).join());
    ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

//! The embedded engine: one writer thread with group commit, a thread that waits for the disc, a few readers, a thread for
//! check-points.

mod checkpoint;
mod disc;
mod errors;
mod exec;
mod job;
mod lock;
mod queue;
mod writer;

pub(super) use exec::{batch, cell, execute, explain, prepare, query};

use super::attempt::attempt_read;
use super::health::WriterHealth;
use super::pool::Pool;
use super::session::{Conn, Session};
use super::{DbError, Lane, Mode, Options, Reader, Unit};
use checkpoint::Checkpoints;
use disc::{Disc, Log};
use job::Work;
use lock::WriteLock;
use queue::Queue;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use tokio::sync::oneshot;
use writer::Writer;

/// The open file.
pub(super) struct Sqlite {
    path: PathBuf,
    readers: Pool<Connection>,
    writing: Option<Writing>,
}

/// The threads of a process that may write. Dropped: what waits is still saved, then the lock goes.
struct Writing {
    queue: Arc<Queue>,
    checkpoints: Arc<Checkpoints>,
    disc: Arc<Disc>,
    threads: Vec<JoinHandle<()>>,
    /// The file whose pages are still to reach the disc when the threads have ended.
    filled: Option<PathBuf>,
    _lock: WriteLock,
}

/// Prepared statements a connection keeps; the program has some hundreds.
const STATEMENTS: usize = 1024;

impl Sqlite {
    pub(super) fn open(path: &Path, options: &Options, health: &Arc<WriterHealth>) -> Result<Self, DbError> {
        let readers = Pool::new(options.readers);
        if options.mode == Mode::ReadOnly {
            readers.take(|| open_reader(path)).map(|conn| readers.give(Some(conn)))?;
            return Ok(Self { path: path.to_owned(), readers, writing: None });
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|e| DbError::Setup(format!("cannot make {}: {e}", folder.display())))?;
        }
        let lock = WriteLock::take(path)?;
        let writing = Writing::start(path, options, health, lock)?;
        Ok(Self { path: path.to_owned(), readers, writing: Some(writing) })
    }

    /// Runs `look` in one snapshot, on this thread.
    pub(super) fn read<T, E: From<DbError>>(&self, look: impl FnOnce(&mut Reader) -> Result<T, E>) -> Result<T, E> {
        let conn = self.readers.take(|| open_reader(&self.path))?;
        let begun = exec::word(&conn, "BEGIN DEFERRED");
        let mut reader = Reader(Session::new(Conn::Sqlite(conn)));
        let answer = begun.map_err(E::from).and_then(|()| attempt_read(&mut reader, look));
        let conn = match reader.0.into_conn() {
            Conn::Sqlite(conn) => exec::word(&conn, "ROLLBACK").is_ok().then_some(conn),
            Conn::Postgres(_) => None,
        };
        self.readers.give(conn);
        answer
    }

    /// Hands a unit to the writer; the answer comes after the commit.
    pub(super) fn submit<T, E, F>(&self, lane: Lane, work: F) -> Result<oneshot::Receiver<Result<T, E>>, DbError>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: FnMut(&mut Unit) -> Result<T, E> + Send + 'static,
    {
        let writing = self.writing.as_ref().ok_or(DbError::ReadOnly)?;
        let (reply, answer) = oneshot::channel();
        writing.queue.push(lane, Box::new(Work::new(work, reply)))?;
        Ok(answer)
    }

    /// Units that wait for the writer.
    pub(super) fn waiting(&self) -> usize {
        self.writing.as_ref().map_or(0, |w| w.queue.len())
    }

    /// Whether this very thread is the writer: waiting for the writer here would be for ever.
    pub(super) fn is_writer_thread(&self) -> bool {
        let here = std::thread::current().id();
        self.writing.as_ref().is_some_and(|w| w.threads.iter().any(|t| t.thread().id() == here))
    }
}

impl Writing {
    fn start(path: &Path, options: &Options, health: &Arc<WriterHealth>, lock: WriteLock) -> Result<Self, DbError> {
        let conn = open_writer(path, options)?;
        let queue = Arc::new(Queue::new(options.most_waiting));
        let checkpoints = Arc::new(Checkpoints::new(Arc::clone(health)));
        let log = (options.mode != Mode::Fill).then(|| Log::open(path)).transpose()?;
        let disc = Arc::new(Disc::new(log.is_some(), Arc::clone(health)));
        let writer = Writer::new(conn, Arc::clone(&queue), Arc::clone(&checkpoints), Arc::clone(&disc));
        let held = Arc::clone(&queue);
        let filled = (options.mode == Mode::Fill).then(|| path.to_owned());
        let threads = Vec::new();
        let mut writing = Self {
            queue: Arc::clone(&queue),
            checkpoints: Arc::clone(&checkpoints),
            disc: Arc::clone(&disc),
            threads,
            filled,
            _lock: lock,
        };
        writing.spawn("db-writer", move || writer.run())?;
        if let Some(mut log) = log {
            let stirred = Arc::clone(&queue);
            writing.spawn("db-disc", move || disc.run(&stirred, || log.bring()))?;
            let cleaner = open(path, "PRAGMA synchronous=FULL")?;
            writing.spawn("db-checkpoint", move || checkpoints.run(&cleaner, &held))?;
        }
        Ok(writing)
    }

    fn spawn(&mut self, name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), DbError> {
        let thread = Builder::new().name(name.into()).spawn(body).map_err(|e| DbError::Setup(e.to_string()))?;
        self.threads.push(thread);
        Ok(())
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.queue.close();
        self.checkpoints.close();
        self.disc.close();
        let here = std::thread::current().id();
        for thread in self.threads.drain(..) {
            // The last owner may be a unit's own closure, on the thread that answers it.
            if thread.thread().id() != here && thread.join().is_err() {
                tracing::error!("a thread of the data base panicked");
            }
        }
        if let Some(path) = &self.filled
            && let Err(error) = to_disc(path)
        {
            tracing::error!(%error, "what was filled could not be brought to the disc");
        }
    }
}

/// Moves all of the log into the file and waits until the disc has it; `how` is a kind of check-point.
fn move_log(path: &Path, how: &str) -> Result<(), DbError> {
    let conn = open(path, "PRAGMA synchronous=FULL")?;
    let moved = conn.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |row| {
        let (held, pages, moved): (bool, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(!held && pages == moved)
    });
    match moved {
        Ok(true) => Ok(()),
        Ok(false) => Err(DbError::Busy("somebody holds the log".into())),
        Err(e) => Err(DbError::Setup(format!("cannot move the log of {}: {e}", path.display()))),
    }
}

/// The disc has what was filled; only when no connection is open, for to close a file gives up all locks that the process has on it.
fn to_disc(path: &Path) -> Result<(), DbError> {
    move_log(path, "TRUNCATE")?;
    let file = std::fs::File::open(path).and_then(|file| file.sync_all());
    file.map_err(|e| DbError::Setup(format!("cannot bring {} to the disc: {e}", path.display())))
}

fn open_writer(path: &Path, options: &Options) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = open_with(path, flags)?;
    let pages = options.max_pages.map_or_else(String::new, |most| format!("PRAGMA max_page_count={most};"));
    // Check-points are the other thread's work: none of its own. The log file shrinks again after a long one. Who fills has neither
    // readers nor anybody who waits: it moves a long log at once, and keeps the inner pages of a million rows in memory.
    let own = match options.mode {
        Mode::Fill => "PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=65536; PRAGMA cache_size=-262144;",
        // The disc is waited for by another thread, before anybody is answered.
        _ => "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-12288;",
    };
    configure(
        &conn,
        &format!(
            "PRAGMA journal_mode=WAL; {own} PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;
             PRAGMA temp_store=MEMORY; {pages} BEGIN IMMEDIATE; COMMIT"
        ),
    )?;
    Ok(conn)
}

/// What it does not keep lies in the system's cache, a microsecond away: with twice as much nothing was faster (docs/bench.md).
fn open_reader(path: &Path) -> Result<Connection, DbError> {
    open(path, "PRAGMA query_only=ON; PRAGMA cache_size=-1024; PRAGMA temp_store=MEMORY")
}

fn open(path: &Path, pragmas: &str) -> Result<Connection, DbError> {
    let conn = open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    configure(&conn, pragmas)?;
    Ok(conn)
}

fn open_with(path: &Path, flags: OpenFlags) -> Result<Connection, DbError> {
    let conn = Connection::open_with_flags(path, flags)
        .map_err(|e| DbError::Setup(format!("cannot open {}: {e}", path.display())))?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Plans do not depend on the values bound; else SQLite plans a statement anew each time one is bound (measured: an
    // eighth of the inbox).
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(|e| DbError::Setup(format!("cannot set up the data base: {e}")))?;
    Ok(conn)
}

fn configure(conn: &Connection, pragmas: &str) -> Result<(), DbError> {
    conn.busy_timeout(std::time::Duration::from_secs(5))
        .and_then(|()| conn.execute_batch(pragmas))
        .map_err(|e| DbError::Setup(format!("cannot set up the data base: {e}")))
}

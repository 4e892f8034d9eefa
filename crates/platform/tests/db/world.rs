//! A data base of its own for each test.

use platform::db::{DatabaseUrl, Db, DbError, Migration, Mode, Options, PLATFORM_MIGRATION, Query, Unit, params, sql};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::mpsc::{Sender, channel};
use std::thread::Scope;
use std::time::Duration;

/// 6 October 2025, 08:00 in Việt Nam.
pub const NOW: i64 = 1_759_712_400_000;

/// The tables the tests write to.
pub const MARKS: Migration = Migration {
    name: "0002_marks",
    sql: "CREATE TABLE marks (
              id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, version BIGINT NOT NULL DEFAULT 1,
              parent BIGINT REFERENCES marks(id), good BOOLEAN NOT NULL DEFAULT TRUE, weight DOUBLE PRECISION, bytes BYTEA,
              CHECK (version > 0)
          );
          CREATE TABLE counters (key TEXT PRIMARY KEY, value BIGINT NOT NULL);",
};

pub struct World {
    pub url: DatabaseUrl,
    pub db: Db,
    schema: Option<String>,
    _folder: tempfile::TempDir,
}

impl World {
    pub fn sqlite() -> Self {
        Self::sqlite_with(Options::new(Mode::Serve))
    }

    pub fn sqlite_with(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("motcua.db"));
        Self::open(url, options, None, folder)
    }

    pub fn postgres() -> Self {
        Self::postgres_with(Options::new(Mode::Serve))
    }

    pub fn postgres_with(options: Options) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let schema = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, SeqCst));
        let text = with_schema(&postgres_url(), &schema);
        Self::open(text.parse().unwrap(), options, Some(schema), tempfile::tempdir().unwrap())
    }

    fn open(url: DatabaseUrl, options: Options, schema: Option<String>, folder: tempfile::TempDir) -> Self {
        let db = Db::open(&url, options).unwrap();
        db.migrate(&[PLATFORM_MIGRATION, MARKS], NOW).unwrap();
        Self { url, db, schema, _folder: folder }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(schema) = &self.schema {
            let mut client = postgres::Client::connect(&postgres_url(), postgres::NoTls).unwrap();
            client.batch_execute(&format!("SET client_min_messages TO error; DROP SCHEMA {schema} CASCADE")).unwrap();
        }
    }
}

pub fn postgres_url() -> String {
    std::env::var("MOTCUA_TEST_POSTGRES")
        .expect("MOTCUA_TEST_POSTGRES names the PostgreSQL server of the tests, such as postgres://postgres@127.0.0.1:5432/postgres")
}

pub fn with_schema(url: &str, schema: &str) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}schema={schema}")
}

pub fn add_mark(unit: &mut Unit, id: i64, name: &str) -> Result<(), DbError> {
    unit.execute(sql!("INSERT INTO marks (id, name) VALUES ($1, $2)"), params![id, name]).map(drop)
}

pub fn names(db: &Db) -> Vec<String> {
    db.read_blocking(|r| r.rows(sql!("SELECT name FROM marks ORDER BY id"), params![], |row| row.get(0)))
        .map_err(|e: DbError| e)
        .unwrap()
}

pub fn count(q: &mut impl Query) -> Result<i64, DbError> {
    q.one(sql!("SELECT COUNT(*) FROM marks"), params![], |row| row.get(0))
}

/// Waits for what another thread is about to bring about, without sleeping a fixed time.
pub fn until(what: &str, so: impl Fn() -> bool) {
    for _ in 0..10_000 {
        if so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("never came true: {what}");
}

/// Waits until so many units are in line, so that an order can be tested.
pub fn until_waiting(db: &Db, units: u64) {
    until("the units are in line", || db.health().waiting >= units);
}

/// Holds the writer (or a connection) with a unit that has begun, until the answer is dropped.
pub fn hold<'scope>(scope: &'scope Scope<'scope, '_>, db: &'scope Db) -> Sender<()> {
    let (started, begun) = channel();
    let (open, gate) = channel::<()>();
    let mut once = Some((started, gate));
    scope.spawn(move || {
        db.unit_blocking(move |_| {
            if let Some((started, gate)) = once.take() {
                started.send(()).ok();
                gate.recv().ok();
            }
            Ok::<_, DbError>(())
        })
        .unwrap();
    });
    begun.recv().unwrap();
    open
}

/// Runs each test on both engines.
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        mod sqlite {
            $($(#[$doc])* #[test] fn $name() { super::$name(&$crate::world::World::sqlite()); })+
        }
        mod postgres {
            $($(#[$doc])* #[test] fn $name() { super::$name(&$crate::world::World::postgres()); })+
        }
    };
}
pub(crate) use on_both_engines;

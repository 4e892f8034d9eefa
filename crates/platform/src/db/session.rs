//! What a store sees: [`Reader`] and [`Unit`], the same over both engines.

use super::dialect::{Engine, translate};
use super::postgres::PgConn;
use super::row::Place;
use super::{Built, DbError, Row, Statement, Value};

/// A connection in use, with the first failure of its transaction.
pub struct Session {
    conn: Conn,
    failed: Option<Failure>,
}

pub(super) enum Conn {
    Sqlite(rusqlite::Connection),
    Postgres(Box<PgConn>),
}

/// A failed statement, and whether the whole transaction may be run again from its start.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub error: DbError,
    pub rerun: bool,
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Self {
        Self { error, rerun: false }
    }
}

/// One statement ready to be sent.
pub(super) struct Ask<'a> {
    pub text: &'a str,
    pub params: &'a [Value],
    pub place: Place<'a>,
}

/// What is done with each row.
pub(super) type Each<'a> = dyn FnMut(&Row<'_>) + 'a;

impl Session {
    pub(super) fn new(conn: Conn) -> Self {
        Self { conn, failed: None }
    }
    pub(super) fn into_conn(self) -> Conn {
        self.conn
    }
    pub(super) fn sqlite(&self) -> Option<&rusqlite::Connection> {
        match &self.conn {
            Conn::Sqlite(conn) => Some(conn),
            Conn::Postgres(_) => None,
        }
    }
    /// The first failure, taken out so that the session is good for the next transaction.
    pub(super) fn take_failure(&mut self) -> Option<Failure> {
        self.failed.take()
    }
    fn engine(&self) -> Engine {
        match self.conn {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Postgres(_) => Engine::Postgres,
        }
    }
    /// A failed statement ends the transaction on both engines: SQLite alone would go on, with half of the work done.
    fn refuse_if_failed(&self) -> Result<(), DbError> {
        match &self.failed {
            Some(first) => Err(DbError::Poisoned(first.error.to_string())),
            None => Ok(()),
        }
    }
    fn note<T>(&mut self, outcome: Result<T, Failure>) -> Result<T, DbError> {
        outcome.map_err(|failure| {
            self.failed = Some(failure.clone());
            failure.error
        })
    }
    fn query<T>(
        &mut self,
        ask: &Ask<'_>,
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        self.refuse_if_failed()?;
        let mut found = Vec::new();
        // The first row that cannot be mapped is a wrong program, not a failed statement: it does not poison.
        let mut unmapped = None;
        let mut each = |row: &Row<'_>| {
            if unmapped.is_none() {
                match map(row) {
                    Ok(value) => found.push(value),
                    Err(error) => unmapped = Some(error),
                }
            }
        };
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => super::sqlite::query(conn, ask, &mut each),
            Conn::Postgres(conn) => conn.query(ask, &mut each),
        };
        self.note(outcome)?;
        unmapped.map_or(Ok(found), Err)
    }
    fn execute(&mut self, ask: &Ask<'_>) -> Result<u64, DbError> {
        self.refuse_if_failed()?;
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => super::sqlite::execute(conn, ask),
            Conn::Postgres(conn) => conn.execute(ask),
        };
        self.note(outcome)
    }
    /// Several statements of DDL, for migrations.
    pub(super) fn batch(&mut self, text: &str, place: Place<'_>) -> Result<(), DbError> {
        self.refuse_if_failed()?;
        let native = translate(text, self.engine());
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => super::sqlite::batch(conn, &native, place),
            Conn::Postgres(conn) => conn.batch(&native, place),
        };
        self.note(outcome)
    }
    /// The engine's plan: one step a line on SQLite, JSON on PostgreSQL.
    pub(super) fn explain(&mut self, st: &'static Statement) -> Result<String, DbError> {
        let ask = Ask { text: st.native(self.engine()), params: &[], place: st.place() };
        match &mut self.conn {
            Conn::Sqlite(conn) => super::sqlite::explain(conn, &ask),
            Conn::Postgres(conn) => conn.explain(&ask),
        }
    }
    /// The same for a statement that was grown.
    pub(super) fn explain_built(&mut self, built: &Built) -> Result<String, DbError> {
        let native = translate(built.text(), self.engine());
        let ask = Ask { text: &native, params: built.values(), place: built.place() };
        match &mut self.conn {
            Conn::Sqlite(conn) => super::sqlite::explain(conn, &ask),
            Conn::Postgres(conn) => conn.explain(&ask),
        }
    }
    /// Prepares without running.
    pub(super) fn prepare(&mut self, st: &'static Statement) -> Result<(), DbError> {
        let ask = Ask { text: st.native(self.engine()), params: &[], place: st.place() };
        match &mut self.conn {
            Conn::Sqlite(conn) => super::sqlite::prepare(conn, &ask),
            Conn::Postgres(conn) => conn.prepare_only(&ask),
        }
    }
}

/// Reading: everything a [`Reader`] and a [`Unit`] have in common, so that a store's read serves both.
pub trait Query {
    #[doc(hidden)]
    fn session(&mut self) -> &mut Session;

    /// All rows, mapped.
    fn rows<T>(
        &mut self,
        st: &'static Statement,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let session = self.session();
        let ask = Ask { text: st.native(session.engine()), params, place: st.place() };
        session.query(&ask, map)
    }

    /// The row, if there is one; several are an error of the statement.
    fn optional<T>(
        &mut self,
        st: &'static Statement,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut found = self.rows(st, params, map)?;
        match found.len() {
            0 | 1 => Ok(found.pop()),
            many => Err(DbError::Other(format!("{}: {many} rows where at most one was expected", st.at()))),
        }
    }

    /// The one row; [`DbError::Missing`] when there is none.
    fn one<T>(
        &mut self,
        st: &'static Statement,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.optional(st, params, map)?.ok_or_else(|| DbError::Missing { at: st.at() })
    }

    /// All rows of a built statement, mapped.
    fn rows_of<T>(
        &mut self,
        built: &Built,
        map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let session = self.session();
        let native = translate(built.text(), session.engine());
        session.query(&Ask { text: &native, params: built.values(), place: built.place() }, map)
    }
}

/// One snapshot, for reading: all queries of a page see the same moment.
pub struct Reader(pub(super) Session);

impl Query for Reader {
    fn session(&mut self) -> &mut Session {
        &mut self.0
    }
}

/// One unit of work: saved as a whole, or not at all.
pub struct Unit(pub(super) Session);

impl Query for Unit {
    fn session(&mut self) -> &mut Session {
        &mut self.0
    }
}

impl Unit {
    /// Runs the statement and gives the number of rows it touched. A failure ends the whole unit, even if it is caught.
    pub fn execute(&mut self, st: &'static Statement, params: &[Value]) -> Result<u64, DbError> {
        let ask = Ask { text: st.native(self.0.engine()), params, place: st.place() };
        self.0.execute(&ask)
    }

    /// Runs the statement once for each set of parameters; gives the rows touched in all.
    pub fn execute_many(
        &mut self,
        st: &'static Statement,
        sets: impl IntoIterator<Item: AsRef<[Value]>>,
    ) -> Result<u64, DbError> {
        sets.into_iter().try_fold(0, |sum, params| Ok(sum + self.execute(st, params.as_ref())?))
    }

    /// Runs an update whose `WHERE` holds the version that was read; [`DbError::Stale`] when the row has moved on.
    pub fn update_versioned(&mut self, st: &'static Statement, params: &[Value]) -> Result<(), DbError> {
        match self.execute(st, params)? {
            0 => Err(DbError::Stale),
            _ => Ok(()),
        }
    }
}

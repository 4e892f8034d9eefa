//! One connection with its prepared statements.

use super::errors::{failure, failure_at};
use super::tls::{self, Rustls};
use crate::db::row::{Cells, Place};
use crate::db::session::{Ask, Each, Failure};
use crate::db::{DbError, Row, Value};
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Statement};
use std::collections::HashMap;

/// Prepared statements a connection keeps before it starts over; built statements come in many shapes.
const STATEMENTS: usize = 1024;

/// A connection; used, and dropped, only on threads that may block.
pub(in crate::db) struct PgConn {
    client: Client,
    prepared: HashMap<String, Statement>,
    /// A statement could not be finished: the connection is not given back to the pool.
    doubtful: bool,
}

impl PgConn {
    pub(super) fn open(config: &Config, rustls: Option<&Rustls>, settings: &str) -> Result<Self, DbError> {
        let connected = match rustls {
            Some(rustls) => config.connect(rustls.clone()),
            None => config.connect(NoTls),
        };
        let mut client = connected.map_err(|e| match failure(&e).error {
            DbError::Other(text) | DbError::Busy(text) => {
                let hint = tls::hint(&text, rustls.is_some());
                DbError::Busy(format!("cannot connect: {text}{hint}"))
            }
            error => error,
        })?;
        client.batch_execute(settings).map_err(|e| failure(&e).error)?;
        Ok(Self { client, prepared: HashMap::new(), doubtful: false })
    }

    pub(super) fn is_good(&self) -> bool {
        !self.doubtful && !self.client.is_closed()
    }

    /// Runs one of the pool's own words: `BEGIN …`, `ROLLBACK`, …
    pub(super) fn word(&mut self, text: &str) -> Result<(), Failure> {
        self.raw_word(text).map_err(|e| self.doubt(failure(&e)))
    }

    pub(super) fn raw_word(&mut self, text: &str) -> Result<(), postgres::Error> {
        self.client.batch_execute(text)
    }

    pub(in crate::db) fn query(&mut self, ask: &Ask<'_>, each: &mut Each<'_>) -> Result<(), Failure> {
        let statement = self.prepare(ask)?;
        let rows = self.client.query(&statement, &refs(ask.params)).map_err(|e| self.failed(&e, ask.place))?;
        for row in &rows {
            each(&Row { cells: Cells::Postgres(row), place: ask.place });
        }
        Ok(())
    }

    pub(in crate::db) fn execute(&mut self, ask: &Ask<'_>) -> Result<u64, Failure> {
        let statement = self.prepare(ask)?;
        self.client.execute(&statement, &refs(ask.params)).map_err(|e| self.failed(&e, ask.place))
    }

    pub(in crate::db) fn batch(&mut self, text: &str, place: Place<'_>) -> Result<(), Failure> {
        self.client.batch_execute(text).map_err(|e| self.failed(&e, place))
    }

    pub(in crate::db) fn prepare_only(&mut self, ask: &Ask<'_>) -> Result<(), DbError> {
        // Outside of a transaction, so that one failure does not hide the next.
        self.client.prepare(ask.text).map(drop).map_err(|e| failure_at(&e, ask.place).error)
    }

    /// The plan for whatever parameters, as JSON. Full scans cost more than any index, because test tables are small.
    pub(in crate::db) fn explain(&mut self, ask: &Ask<'_>) -> Result<String, DbError> {
        let at = |e: &postgres::Error| failure_at(e, ask.place).error;
        let params = self.client.prepare(ask.text).map_err(|e| at(&e))?.params().len();
        let nulls = if params == 0 { String::new() } else { format!("({})", vec!["NULL"; params].join(", ")) };
        let begin = "BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_mergejoin = off; \
                     SET LOCAL enable_hashjoin = off; SET LOCAL plan_cache_mode = force_generic_plan";
        self.client.batch_execute(&format!("{begin}; PREPARE looked_at AS {}", ask.text)).map_err(|e| at(&e))?;
        let said = self.client.simple_query(&format!("EXPLAIN (FORMAT JSON) EXECUTE looked_at{nulls}"));
        let ended = self.client.batch_execute("ROLLBACK; DEALLOCATE looked_at");
        let said = said.map_err(|e| at(&e))?;
        ended.map_err(|e| at(&e))?;
        let rows = said.iter().filter_map(|m| match m {
            postgres::SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        Ok(rows.collect::<Vec<_>>().join("\n"))
    }

    fn prepare(&mut self, ask: &Ask<'_>) -> Result<Statement, Failure> {
        if let Some(known) = self.prepared.get(ask.text) {
            return check(known, ask);
        }
        let statement = self.client.prepare(ask.text).map_err(|e| self.failed(&e, ask.place))?;
        if self.prepared.len() >= STATEMENTS {
            self.prepared.clear();
        }
        self.prepared.insert(ask.text.to_owned(), statement.clone());
        check(&statement, ask)
    }

    fn failed(&mut self, error: &postgres::Error, place: Place<'_>) -> Failure {
        self.doubt(failure_at(error, place))
    }

    /// Deadlocks are rare: a fresh connection after each costs nothing and needs no list of harmless codes.
    fn doubt(&mut self, failure: Failure) -> Failure {
        self.doubtful |= failure.rerun;
        failure
    }
}

/// The driver panics on a wrong number of parameters; this is an error that names the statement.
fn check(statement: &Statement, ask: &Ask<'_>) -> Result<Statement, Failure> {
    let wanted = statement.params().len();
    if wanted == ask.params.len() {
        return Ok(statement.clone());
    }
    let text = format!("{}: {wanted} parameters wanted, {} given", ask.place, ask.params.len());
    Err(DbError::Other(text).into())
}

fn refs(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|p| p as &(dyn ToSql + Sync)).collect()
}

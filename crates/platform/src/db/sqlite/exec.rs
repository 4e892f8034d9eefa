//! Statements on a SQLite connection.

use super::errors::{failure, failure_at};
use crate::db::packed::pack;
use crate::db::row::{Cell, Cells, Place};
use crate::db::session::{Ask, Each, Failure};
use crate::db::{DbError, Row, Value};
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};

pub(in crate::db) fn query(conn: &Connection, ask: &Ask<'_>, each: &mut Each<'_>) -> Result<(), Failure> {
    let at = |e| failure_at(&e, ask.place);
    let mut statement = conn.prepare_cached(ask.text).map_err(at)?;
    let mut rows = statement.query(params_from_iter(ask.params)).map_err(at)?;
    while let Some(row) = rows.next().map_err(at)? {
        each(&Row { cells: Cells::Sqlite(row), place: ask.place });
    }
    Ok(())
}

pub(in crate::db) fn execute(conn: &Connection, ask: &Ask<'_>) -> Result<u64, Failure> {
    let at = |e| failure_at(&e, ask.place);
    let mut statement = conn.prepare_cached(ask.text).map_err(at)?;
    let touched = statement.execute(params_from_iter(ask.params)).map_err(at)?;
    Ok(touched as u64)
}

/// Runs DDL. `BIGINT PRIMARY KEY` becomes `INTEGER PRIMARY KEY`, which makes the id the table's own key
/// instead of a second index beside a hidden one.
pub(in crate::db) fn batch(conn: &Connection, text: &str, place: Place<'_>) -> Result<(), Failure> {
    let text = text.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY");
    conn.execute_batch(&text).map_err(|e| failure_at(&e, place))
}

pub(in crate::db) fn prepare(conn: &Connection, ask: &Ask<'_>) -> Result<(), DbError> {
    conn.prepare(ask.text).map(drop).map_err(|e| failure_at(&e, ask.place).error)
}

/// What the planner would do, whatever the parameters.
pub(in crate::db) fn explain(conn: &Connection, ask: &Ask<'_>) -> Result<String, DbError> {
    let at = |e| failure_at(&e, ask.place).error;
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", ask.text)).map_err(at)?;
    let mut rows = statement.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().map_err(at)? {
        lines.push(row.get::<_, String>(3).map_err(at)?);
    }
    Ok(lines.join("\n"))
}

pub(in crate::db) fn cell<'a>(row: &'a rusqlite::Row<'_>, index: usize) -> Result<Cell<'a>, String> {
    match row.get_ref(index).map_err(|_| "no such column".to_owned())? {
        ValueRef::Null => Ok(Cell::Null),
        ValueRef::Integer(v) => Ok(Cell::Int(v)),
        ValueRef::Real(v) => Ok(Cell::Real(v)),
        ValueRef::Text(v) => std::str::from_utf8(v).map(Cell::Text).map_err(|e| e.to_string()),
        ValueRef::Blob(v) => Ok(Cell::Bytes(v)),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Int(v) => ToSqlOutput::Borrowed(ValueRef::Integer(*v)),
            Self::Real(v) => ToSqlOutput::Borrowed(ValueRef::Real(*v)),
            Self::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Self::Packed(v) => match pack(v) {
                Some(bytes) => ToSqlOutput::Owned(bytes.into()),
                None => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            },
            Self::Bool(v) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*v))),
            Self::Bytes(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
            Self::Ints(list) => json(list)?,
            Self::Texts(list) => json(list)?,
        })
    }
}

/// A list travels as JSON, which `json_each` opens again.
fn json(list: &impl serde::Serialize) -> rusqlite::Result<ToSqlOutput<'static>> {
    let text = serde_json::to_string(list).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    Ok(ToSqlOutput::Owned(text.into()))
}

/// Runs one of the writer's own words: `BEGIN IMMEDIATE`, `SAVEPOINT unit`, …
pub(super) fn word(conn: &Connection, text: &'static str) -> Result<(), DbError> {
    conn.prepare_cached(text).and_then(|mut s| s.execute([])).map(drop).map_err(|e| failure(&e).error)
}

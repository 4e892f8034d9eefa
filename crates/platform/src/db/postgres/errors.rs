//! PostgreSQL's errors in our words, without the values they quote.

use crate::db::DbError;
use crate::db::row::Place;
use crate::db::session::Failure;
use postgres::error::{DbError as ServerError, SqlState};

pub(super) fn failure(error: &postgres::Error) -> Failure {
    let Some(server) = error.as_db_error() else {
        // Without an answer of the server the transaction, not yet at its commit, is rolled back: it may run again.
        let lost = error.is_closed() || is_io(error);
        let text = chain(error);
        return if lost { Failure { error: DbError::Busy(text), rerun: true } } else { DbError::Other(text).into() };
    };
    Failure { error: classify(server), rerun: may_run_again(server.code()) }
}

pub(super) fn failure_at(error: &postgres::Error, place: Place<'_>) -> Failure {
    let mut failure = failure(error);
    failure.error = failure.error.at(&place.to_string());
    failure
}

/// Whether the server itself said that the transaction came to nothing. Anything else at a COMMIT leaves its outcome open.
pub(super) fn is_definite(error: &postgres::Error) -> bool {
    error.as_db_error().is_some_and(|server| !is_shutdown(server.code()))
}

/// Serialisation failure and deadlock; a connection or statement that went away before the commit.
fn may_run_again(code: &SqlState) -> bool {
    *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED
        || is_stale_plan(code)
        || is_shutdown(code)
}

/// The schema changed under a prepared statement; on a new connection it is prepared anew.
fn is_stale_plan(code: &SqlState) -> bool {
    *code == SqlState::FEATURE_NOT_SUPPORTED || *code == SqlState::INVALID_SQL_STATEMENT_NAME
}

fn is_shutdown(code: &SqlState) -> bool {
    code.code().starts_with("57P") || code.code().starts_with("08")
}

fn classify(server: &ServerError) -> DbError {
    let code = server.code();
    let text = format!("{} ({})", server.message(), code.code());
    match code.code() {
        "23505" => DbError::Unique { on: unique_on(server) },
        "53100" => DbError::NoSpace(text),
        // Out of connections or memory; lock or statement not had in time; deadlock; going down; now a read-only replica.
        "53000" | "53200" | "53300" | "55P03" | "57014" | "40001" | "40P01" | "25006" => DbError::Busy(text),
        class if class.starts_with("23") => {
            DbError::Integrity { what: server.constraint().or(server.column()).unwrap_or(class).to_owned() }
        }
        _ if is_shutdown(code) => DbError::Busy(text),
        _ => DbError::Other(text),
    }
}

/// The columns stand only in the detail, `Key (a, b)=(1, 2) already exists.`, in whatever language the server speaks.
fn unique_on(server: &ServerError) -> String {
    let columns = server.detail().and_then(|d| d.split_once('(')).and_then(|(_, rest)| rest.split_once(")=("));
    match (server.table(), columns, server.constraint()) {
        (Some(table), Some((columns, _)), _) if !columns.contains('(') => format!("{table}({columns})"),
        (_, _, Some(index)) => index.to_owned(),
        (table, ..) => table.unwrap_or_default().to_owned(),
    }
}

fn is_io(error: &postgres::Error) -> bool {
    use std::error::Error;
    error.source().and_then(|source| source.downcast_ref::<std::io::Error>()).is_some()
}

fn chain(error: &postgres::Error) -> String {
    use std::error::Error;
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

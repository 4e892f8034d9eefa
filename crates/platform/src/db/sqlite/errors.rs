//! SQLite's result codes in our words.

use crate::db::DbError;
use crate::db::row::Place;
use crate::db::session::Failure;
use rusqlite::ErrorCode;
use rusqlite::ffi;

pub(super) fn failure_at(error: &rusqlite::Error, place: Place<'_>) -> Failure {
    let mut failure = failure(error);
    failure.error = failure.error.at(&place.to_string());
    failure
}

pub(super) fn failure(error: &rusqlite::Error) -> Failure {
    classify(error).into()
}

fn classify(error: &rusqlite::Error) -> DbError {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return DbError::Other(error.to_string());
    };
    let text = message.clone().unwrap_or_else(|| code.to_string());
    match (code.code, code.extended_code) {
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => {
            DbError::Unique { on: unique_on(&text) }
        }
        (ErrorCode::ConstraintViolation, _) => DbError::Integrity { what: text },
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DbError::Busy(text),
        // A full disc shows as an I/O error where SQLite grows its shared-memory or WAL file.
        (ErrorCode::DiskFull, _)
        | (_, ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_SHMMAP | ffi::SQLITE_IOERR_WRITE) => DbError::NoSpace(text),
        _ => DbError::Other(text),
    }
}

/// `UNIQUE constraint failed: people.family, people.given` → `people(family, given)`; `… failed: index 'x'` → `x`.
fn unique_on(message: &str) -> String {
    let on = message.split_once("failed: ").map_or(message, |(_, on)| on);
    if let Some(index) = on.strip_prefix("index ") {
        return index.trim_matches('\'').to_owned();
    }
    let table = on.split_once('.').map_or(on, |(table, _)| table);
    let columns: Vec<_> = on.split(", ").map(|c| c.split_once('.').map_or(c, |(_, column)| column)).collect();
    format!("{table}({})", columns.join(", "))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_broken_uniqueness_is_told_as_table_and_columns() {
        let on = |text| super::unique_on(text);
        assert_eq!(on("UNIQUE constraint failed: people.family, people.given"), "people(family, given)");
        assert_eq!(on("UNIQUE constraint failed: index 'people_folded'"), "people_folded");
    }
}

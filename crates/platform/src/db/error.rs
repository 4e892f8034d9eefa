//! What can go wrong at the data base, in words both engines share.

use std::path::PathBuf;

/// A failure of the data base, the same on both engines. It never carries a value of a row: those are personal data.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// A row with the same unique columns exists. The application maps [`DbError::unique_on`] to a form's field.
    #[error("a row with the same {on} exists")]
    Unique {
        /// `people(citizen_id)`, columns in the order of the index; for an index on an expression the index's name.
        on: String,
    },
    /// A foreign key, check or not-null rule of the schema refused the row.
    #[error("the schema refuses the row: {what}")]
    Integrity {
        /// The engine's name of the rule, without values.
        what: String,
    },
    /// The row has moved on since it was read: its version no longer fits.
    #[error("somebody changed the row in the meantime")]
    Stale,
    /// [`Query::one`](super::Query::one) found no row.
    #[error("no row where one was expected ({at})")]
    Missing {
        /// `file:line` of the statement.
        at: String,
    },
    /// The data base cannot take the work now: queue full, lock not had in time, server away. Nothing was saved.
    #[error("the data base is busy: {0}")]
    Busy(String),
    /// No space left to write. Nothing was saved.
    #[error("the data base has no space left: {0}")]
    NoSpace(String),
    /// An earlier statement of this unit failed, so the unit cannot be committed; the first failure is told.
    #[error("an earlier statement of this unit of work failed: {0}")]
    Poisoned(String),
    /// A column is not what the reader of the row expected.
    #[error("{at}: column {column} ({name}): {problem}")]
    RowShape {
        /// `file:line` of the statement.
        at: String,
        /// Counted from zero.
        column: usize,
        /// The column's name in the result, empty when there is no such column.
        name: String,
        /// Expected and found types.
        problem: String,
    },
    /// The connection broke during COMMIT: nobody knows whether the work was saved. Work with an idempotency key
    /// ([`Db::unit_once`](super::Db::unit_once)) settles this by itself; other work must be looked at before it is repeated.
    #[error("the connection broke at the commit; the outcome is unknown: {0}")]
    Lost(String),
    /// The unit of work panicked; it was undone and its neighbours were not.
    #[error("a unit of work panicked: {0}")]
    Panicked(String),
    /// Another process writes to this SQLite file.
    #[error(
        "another motcua process{} already writes to {}; SQLite allows one writer: stop it, or go through its control socket, or use PostgreSQL",
        holder.as_ref().map_or_else(String::new, |pid| format!(" (process {pid})")),
        path.display()
    )]
    Locked {
        /// The data base file.
        path: PathBuf,
        /// Process number of the writer, if it could be read.
        holder: Option<String>,
    },
    /// The data base was opened for reading only.
    #[error("the data base was opened for reading only")]
    ReadOnly,
    /// The URL, schema name or migrations are not usable; an error of configuration.
    #[error("{0}")]
    Setup(String),
    /// Anything else, with the statement's `file:line` where known.
    #[error("{0}")]
    Other(String),
}

impl DbError {
    /// Whether the same request may simply be made again later (HTTP 503 with `Retry-After`).
    /// [`DbError::Lost`] is not among them: without an idempotency key a repetition could act twice.
    pub fn is_retry_later(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::NoSpace(_))
    }

    /// The broken uniqueness, such as `people(citizen_id)`.
    pub fn unique_on(&self) -> Option<&str> {
        match self {
            Self::Unique { on } => Some(on),
            _ => None,
        }
    }

    /// Puts the statement's place in front of a message that has none.
    pub(super) fn at(self, place: &str) -> Self {
        match self {
            Self::Other(text) => Self::Other(format!("{place}: {text}")),
            Self::Integrity { what } => Self::Integrity { what: format!("{what} ({place})") },
            other => other,
        }
    }
}

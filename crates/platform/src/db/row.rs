//! Reading a row, the same way from both engines.

use super::DbError;

/// One row of an answer; valid inside the closure that maps it.
pub struct Row<'a> {
    pub(super) cells: Cells<'a>,
    pub(super) place: Place<'a>,
}

/// Where the statement stands in the source.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub file: &'a str,
    pub line: u32,
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

pub(super) enum Cells<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The column `index` (from zero) as a `T`; an error that names statement, column and types when it is not one.
    pub fn get<T: FromCell>(&self, index: usize) -> Result<T, DbError> {
        let cell = match self.cells {
            Cells::Sqlite(row) => super::sqlite::cell(row, index),
            Cells::Postgres(row) => super::postgres::cell(row, index),
        };
        cell.and_then(T::from_cell).map_err(|problem| DbError::RowShape {
            at: self.place.to_string(),
            column: index,
            name: self.name(index),
            problem,
        })
    }

    /// A shape error of this row, for a value that is well typed but impossible (an unknown status, say).
    pub fn impossible(&self, index: usize, problem: impl std::fmt::Display) -> DbError {
        DbError::RowShape {
            at: self.place.to_string(),
            column: index,
            name: self.name(index),
            problem: problem.to_string(),
        }
    }

    fn name(&self, index: usize) -> String {
        match self.cells {
            Cells::Sqlite(row) => row.as_ref().column_name(index).unwrap_or_default().to_owned(),
            Cells::Postgres(row) => row.columns().get(index).map_or("", |c| c.name()).to_owned(),
        }
    }
}

/// A column's content before it is typed.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// No value.
    Null,
    /// Any whole number.
    Int(i64),
    /// A floating number.
    Real(f64),
    /// Text.
    Text(&'a str),
    /// A boolean; SQLite has none and answers `Int`.
    Bool(bool),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// What [`Row::get`] can make.
pub trait FromCell: Sized {
    /// The value, or in words what was found instead.
    fn from_cell(cell: Cell<'_>) -> Result<Self, String>;
}

fn unlike<T>(wanted: &str, cell: Cell<'_>) -> Result<T, String> {
    // The kind only: the content may be personal.
    let found = match cell {
        Cell::Null => "NULL",
        Cell::Int(_) => "an integer",
        Cell::Real(_) => "a floating number",
        Cell::Text(_) => "text",
        Cell::Bool(_) => "a boolean",
        Cell::Bytes(_) => "bytes",
    };
    Err(format!("expected {wanted}, found {found}"))
}

impl FromCell for i64 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, String> {
        match cell {
            Cell::Int(v) => Ok(v),
            other => unlike("an integer", other),
        }
    }
}

macro_rules! narrower_int {
    ($($int:ty),+) => {
        $(impl FromCell for $int {
            fn from_cell(cell: Cell<'_>) -> Result<Self, String> {
                Self::try_from(i64::from_cell(cell)?)
                    .map_err(|_| concat!("the number does not fit ", stringify!($int)).to_owned())
            }
        })+
    };
}
narrower_int!(i32, i16, u64, u32, u16, u8, usize);

impl FromCell for f64 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, String> {
        match cell {
            Cell::Real(v) => Ok(v),
            other => unlike("a floating number", other),
        }
    }
}
impl FromCell for bool {
    fn from_cell(cell: Cell<'_>) -> Result<Self, String> {
        match cell {
            Cell::Bool(v) => Ok(v),
            Cell::Int(0) => Ok(false),
            Cell::Int(1) => Ok(true),
            other => unlike("a boolean", other),
        }
    }
}
impl FromCell for String {
    fn from_cell(cell: Cell<'_>) -> Result<Self, String> {
        match cell {
            Cell::Text(v) => Ok(v.to_owned()),
            Cell::Bytes(v) => super::packed::unpack(v),
            other => unlike("text", other),
        }
    }
}
impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, String> {
        match cell {
            Cell::Bytes(v) => Ok(v.to_vec()),
            other => unlike("bytes", other),
        }
    }
}
impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, String> {
        match cell {
            Cell::Null => Ok(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

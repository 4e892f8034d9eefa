//! A procedure as rows of a spreadsheet, there and back: the template that the Centre fills in, and its export.
//!
//! A workbook has one sheet a part; a CSV file has one row a record with the part in its first column.

mod cells;
mod columns;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use cells::{read_amount, read_day, read_limit};
pub use columns::{PART, Part, column};
pub use read::{Record, read};
pub use write::{LONGEST_CELL, rows};

/// One row of a part, its cells in the order of [`Part::columns`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The part that it belongs to.
    pub part: Part,
    /// Its cells.
    pub cells: Vec<String>,
}

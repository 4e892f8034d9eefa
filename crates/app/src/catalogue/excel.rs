//! Procedures as a workbook or a CSV file, in the template that the import reads.

use super::store;
use crate::error::AppError;
use documents::spreadsheet::{Format, Spreadsheet, SpreadsheetError};
use domain::{
    catalogue::{
        ProcedureVersion,
        sheet::{LONGEST_CELL, PART, Part, Row, rows},
    },
    id::Id,
};
use platform::db::{DbError, Query};
use std::io::{Seek, Write};

/// Versions read in one query.
const CHUNK: usize = 500;

/// The versions of these ids, in the order of their codes.
pub fn read(q: &mut impl Query, ids: &[Id<ProcedureVersion>]) -> Result<Vec<ProcedureVersion>, DbError> {
    let mut all = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        all.extend(store::versions(q, ids)?.into_iter().map(|(_, version)| version));
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(all)
}

/// Writes the versions; none at all gives the empty template. Gives the number of procedures.
pub fn write<W: Write + Seek + Send>(
    format: Format,
    to: W,
    versions: &[ProcedureVersion],
) -> Result<usize, SpreadsheetError> {
    let mut file = Spreadsheet::new(format, to)?;
    match format {
        Format::Xlsx => {
            let mut by_part: Vec<(Part, Vec<Row>)> = Part::ALL.into_iter().map(|p| (p, Vec::new())).collect();
            for row in versions.iter().flat_map(|v| rows(v, Some(LONGEST_CELL))) {
                if let Some((_, all)) = by_part.iter_mut().find(|(part, _)| *part == row.part) {
                    all.push(row);
                }
            }
            for (part, all) in by_part {
                file.sheet(part.title(), part.columns())?;
                for row in all {
                    file.row(&row.cells.iter().map(String::as_str).collect::<Vec<_>>())?;
                }
            }
        }
        Format::Csv => {
            let columns = columns();
            let head: Vec<&str> = std::iter::once(PART).chain(columns.iter().copied()).collect();
            file.sheet(Part::Procedure.title(), &head)?;
            for row in versions.iter().flat_map(|v| rows(v, None)) {
                let cell = |column: &&str| {
                    let at = row.part.columns().iter().position(|c| c == column);
                    at.and_then(|at| row.cells.get(at)).map_or("", String::as_str)
                };
                let cells: Vec<&str> = std::iter::once(row.part.title()).chain(columns.iter().map(cell)).collect();
                file.row(&cells)?;
            }
        }
    }
    file.finish()?;
    Ok(versions.len())
}

/// The columns of all parts, each once.
fn columns() -> Vec<&'static str> {
    let mut all = Vec::new();
    for column in Part::ALL.iter().filter(|p| **p != Part::Rest).flat_map(|p| p.columns()) {
        if !all.contains(column) {
            all.push(column);
        }
    }
    all
}

impl From<SpreadsheetError> for AppError {
    fn from(e: SpreadsheetError) -> Self {
        Self::internal(e)
    }
}

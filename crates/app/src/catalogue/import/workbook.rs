//! Workbooks: `.xlsx`, `.xls`, `.ods`. Merged cells are filled downwards; dates and numbers become what they show.

use super::{
    rows::not_readable,
    sheets::{self, Group, Table},
};
use crate::{error::AppError, import};
use calamine::{Data, Dimensions, Range, Reader, Sheets, open_workbook_auto_from_rs};
use domain::catalogue::portal::Mended;
use std::io::Cursor;

/// The procedures of a workbook.
pub fn read(bytes: &[u8]) -> Result<Vec<Group>, AppError> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let mut tables = Vec::new();
    for title in book.sheet_names() {
        let range = book.worksheet_range(&title).map_err(broken)?;
        let merged = merged(&mut book, &title);
        tables.push(table(title, &range, &merged));
    }
    sheets::groups(tables)
}

fn broken(e: impl std::fmt::Display) -> AppError {
    not_readable(&format!("bảng tính bị hỏng hoặc có mật khẩu ({e})"), &format!("broken or protected workbook ({e})"))
}

/// A workbook whose merged cells cannot be told is read without them: the cells themselves are all there.
fn merged(book: &mut Sheets<Cursor<&[u8]>>, title: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(title).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(title).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn table(title: String, range: &Range<Data>, merged: &[Dimensions]) -> Table {
    let (top, left) = range.start().unwrap_or((0, 0));
    let mut mended = Vec::new();
    let mut note = |what: &str| {
        let note = Mended { part: "cells", what: what.to_owned() };
        if !mended.contains(&note) {
            mended.push(note);
        }
    };
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, row) in range.rows().enumerate() {
        let cells = row.iter().map(|cell| text(cell, &mut note)).collect();
        rows.push((at + top as usize + 1, cells));
    }
    for area in merged.iter().filter(|a| a.end.0 > a.start.0) {
        let column = area.start.1.saturating_sub(left) as usize;
        let first = area.start.0.saturating_sub(top) as usize;
        let last = area.end.0.saturating_sub(top) as usize;
        let Some(value) = rows.get(first).and_then(|(_, cells)| cells.get(column)).cloned() else { continue };
        for (_, cells) in rows.iter_mut().take(last + 1).skip(first + 1) {
            if let Some(cell) = cells.get_mut(column).filter(|c| c.is_empty()) {
                note("có ô gộp, điền giá trị xuống các dòng dưới");
                cell.clone_from(&value);
            }
        }
    }
    Table { title, rows, mended }
}

fn text(cell: &Data, note: &mut impl FnMut(&str)) -> String {
    match cell {
        Data::Error(_) => {
            note("bỏ ô có lỗi công thức");
            String::new()
        }
        shown => import::cell_text(shown),
    }
}

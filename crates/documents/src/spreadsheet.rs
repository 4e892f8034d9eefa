//! Tables for a spreadsheet: Excel or CSV, row by row.

use rust_xlsxwriter::{Format as Look, FormatAlign, FormatBorder, Workbook, XlsxError};
use std::io::{self, BufWriter, Seek, Write};

/// Rows that a sheet of Excel holds, its head included; what goes beyond begins another sheet.
const ROWS_OF_A_SHEET: u32 = 1_048_576;

/// What kind of file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel.
    Xlsx,
    /// Comma-separated, UTF-8 with its mark, as Excel opens it.
    Csv,
}

impl Format {
    /// By the extension of a file name, with or without the point.
    pub fn from_extension(extension: &str) -> Option<Self> {
        match extension.trim_start_matches('.').to_ascii_lowercase().as_str() {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
    /// The extension, without the point.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// A file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SpreadsheetError {
    /// The operating system refuses.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// A cell or a sheet is not what Excel takes.
    #[error("{0}")]
    Excel(#[from] XlsxError),
}

/// A file being written.
pub struct Spreadsheet<W: Write + Seek + Send> {
    out: Out<W>,
    /// Rows below the heads, of all sheets.
    rows: usize,
}

enum Out<W: Write> {
    Xlsx(Box<Excel<W>>),
    Csv(BufWriter<W>),
}

struct Excel<W> {
    book: Workbook,
    to: W,
    title: String,
    head: Vec<String>,
    /// The next row of the open sheet.
    at: u32,
    sheets: usize,
}

impl<W: Write + Seek + Send> Spreadsheet<W> {
    /// Begins a file; [`Self::sheet`] comes first.
    pub fn new(format: Format, to: W) -> Result<Self, SpreadsheetError> {
        let out = match format {
            Format::Xlsx => {
                let (title, head) = (String::new(), Vec::new());
                Out::Xlsx(Box::new(Excel { book: Workbook::new(), to, title, head, at: 0, sheets: 0 }))
            }
            Format::Csv => {
                let mut out = BufWriter::new(to);
                out.write_all("\u{feff}".as_bytes())?;
                Out::Csv(out)
            }
        };
        Ok(Self { out, rows: 0 })
    }

    /// Begins a sheet with its head. A CSV file has one.
    pub fn sheet(&mut self, title: &str, head: &[&str]) -> Result<(), SpreadsheetError> {
        match &mut self.out {
            Out::Xlsx(excel) => {
                title.clone_into(&mut excel.title);
                excel.head = head.iter().map(|h| (*h).to_owned()).collect();
                excel.sheets = 0;
                excel.begin()
            }
            Out::Csv(out) => line(out, head),
        }
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[&str]) -> Result<(), SpreadsheetError> {
        self.rows += 1;
        match &mut self.out {
            Out::Xlsx(excel) => excel.row(cells),
            Out::Csv(out) => line(out, cells),
        }
    }

    /// Completes the file; gives the number of rows below the heads.
    pub fn finish(self) -> Result<usize, SpreadsheetError> {
        match self.out {
            Out::Xlsx(mut excel) => excel.book.save_to_writer(&mut excel.to)?,
            Out::Csv(mut out) => out.flush()?,
        }
        Ok(self.rows)
    }
}

impl<W> Excel<W> {
    fn begin(&mut self) -> Result<(), SpreadsheetError> {
        self.sheets += 1;
        let bold =
            Look::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
        let title = if self.sheets == 1 { self.title.clone() } else { format!("{} {}", self.title, self.sheets) };
        let sheet = self.book.add_worksheet();
        sheet.set_name(title)?.set_freeze_panes(1, 0)?;
        for (column, head) in (0_u16..).zip(&self.head) {
            let width = head.chars().count().clamp(12, 40);
            sheet.set_column_width(column, u32::try_from(width).unwrap_or(20))?;
            sheet.write_string_with_format(0, column, head, &bold)?;
        }
        self.at = 1;
        Ok(())
    }

    fn row(&mut self, cells: &[&str]) -> Result<(), SpreadsheetError> {
        if self.at >= ROWS_OF_A_SHEET {
            self.begin()?;
        }
        let last = self.book.worksheets().len().saturating_sub(1);
        let sheet = self.book.worksheet_from_index(last)?;
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, c)| !c.is_empty()) {
            sheet.write_string(self.at, column, *cell)?;
        }
        self.at += 1;
        Ok(())
    }
}

fn line(out: &mut impl Write, cells: &[&str]) -> Result<(), SpreadsheetError> {
    let cells: Vec<_> = cells.iter().map(|c| quoted(c)).collect();
    Ok(out.write_all((cells.join(",") + "\r\n").as_bytes())?)
}

/// Quoted; a text that a spreadsheet would take for a formula gets an apostrophe, so that a name cannot run anything.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_cell_keeps_its_quotes_and_never_becomes_a_formula() {
        assert_eq!(quoted("Sở \"Xây dựng\", Hạ Long"), "\"Sở \"\"Xây dựng\"\", Hạ Long\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }

    #[test]
    fn both_formats_count_their_rows_and_are_what_they_say() {
        for (format, begins) in [(Format::Xlsx, b"PK\x03".as_slice()), (Format::Csv, b"\xef\xbb\xbf".as_slice())] {
            let mut bytes = Vec::new();
            let mut table = Spreadsheet::new(format, Cursor::new(&mut bytes)).unwrap();
            table.sheet("Thủ tục", &["Mã", "Tên"]).unwrap();
            table.row(&["1.000080", "=Khai sinh"]).unwrap();
            assert_eq!(table.finish().unwrap(), 1);
            assert!(bytes.starts_with(begins), "{format:?}");
            assert_eq!(Format::from_extension(format.extension()), Some(format));
        }
    }
}

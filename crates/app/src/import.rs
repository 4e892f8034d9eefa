//! What every import says of every row: taken, mended (what), refused (why), unchanged.

use calamine::Data;
use serde::Serialize;
use std::path::Path;

/// What became of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "snake_case")]
pub enum Fate {
    Taken,
    /// Taken after mending what is named.
    Mended {
        what: Vec<String>,
    },
    /// Not taken, and why.
    Refused {
        why: String,
    },
    /// The same as what is there; running an import again changes nothing.
    Unchanged,
    /// Differs from what is there in what is named; somebody must agree to it first.
    Changed {
        what: Vec<String>,
    },
}

/// One line of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Row or line in the file or sheet, from 1.
    pub row: usize,
    /// The sheet, in a workbook of several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sheet: String,
    /// What the row names: a code, a login, a day.
    pub key: String,
    #[serde(flatten)]
    pub fate: Fate,
}

/// The sum of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub taken: usize,
    pub mended: usize,
    pub refused: usize,
    pub unchanged: usize,
    pub changed: usize,
}

impl Summary {
    pub fn count(&mut self, fate: &Fate) {
        *match fate {
            Fate::Taken => &mut self.taken,
            Fate::Mended { .. } => &mut self.mended,
            Fate::Refused { .. } => &mut self.refused,
            Fate::Unchanged => &mut self.unchanged,
            Fate::Changed { .. } => &mut self.changed,
        } += 1;
    }
}

/// A file to import, with what the caller wants to hear.
pub struct Job<'a> {
    /// Its name: the extension tells CSV, Excel, JSON lines, plain or gzipped.
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// Say what would happen, change nothing.
    pub dry_run: bool,
    /// Hears of every row, in order, with the number of rows in all.
    pub on_line: &'a mut dyn FnMut(Line, usize),
}

/// Whether a file is a workbook, by its first bytes, or by its name where those are damaged.
pub fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    let extension = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    let magic = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    magic || matches!(extension.as_str(), "xlsx" | "xls" | "xlsb" | "ods")
}

/// A cell of a workbook as people see it; one with a broken formula is empty.
pub fn cell_text(cell: &Data) -> String {
    match cell {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.replace("\r\n", "\n").replace('\r', "\n")
        }
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(true) => "Có".to_owned(),
        Data::Bool(false) | Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(date) => day(date.as_f64()),
    }
}

/// Days since the last day of 1899, as spreadsheets count them.
fn day(serial: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a day's number; others are no dates and saturate")]
    let days = jiff::Span::new().try_days(serial as i64);
    let from = jiff::civil::date(1899, 12, 30);
    days.ok().and_then(|d| from.checked_add(d).ok()).map_or_else(|| serial.to_string(), |d| d.to_string())
}

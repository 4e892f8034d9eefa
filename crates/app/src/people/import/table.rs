//! Workbooks, CSV, tab-separated text and JSON lines, plain or gzipped, as rows of named cells.

use crate::{
    error::AppError,
    import::{cell_text, is_workbook},
};
use calamine::{Reader, open_workbook_auto_from_rs};
use domain::text::fold;
use flate2::read::GzDecoder;
use std::{
    collections::HashMap,
    io::{Cursor, Read as _},
};
use unicode_normalization::UnicodeNormalization;

/// A column: its name, other headers under which people write it (folded), whether a file without it is refused.
pub struct Column {
    pub name: &'static str,
    pub also: &'static [&'static str],
    pub required: bool,
}

/// A required column.
pub const fn must(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also, required: true }
}
/// A column that may be absent.
pub const fn may(name: &'static str, also: &'static [&'static str]) -> Column {
    Column { name, also, required: false }
}

/// A file in memory.
pub struct Table {
    pub records: Vec<Record>,
}

/// One row; what is mended on the way is noted.
pub struct Record {
    pub row: usize,
    cells: HashMap<&'static str, String>,
    key: &'static str,
    mended: Vec<String>,
    shape: Option<String>,
}

/// An unpacked file is not larger than this, whatever a small gzip claims.
const LARGEST: u64 = 256 * 1024 * 1024;

impl Table {
    pub fn read(name: &str, bytes: &[u8], columns: &'static [Column]) -> Result<Self, AppError> {
        if is_workbook(name, bytes) {
            return Ok(Self { records: workbook(bytes, columns)? });
        }
        let text = text(bytes)?;
        let text = text.trim_start_matches('\u{feff}');
        let lower = name.to_lowercase();
        let is_json = [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"].iter().any(|e| lower.ends_with(e));
        let records = if is_json || text.trim_start().starts_with('{') {
            json_lines(text, columns)
        } else {
            separated(text, columns)?
        };
        Ok(Self { records })
    }
}

fn text(bytes: &[u8]) -> Result<String, AppError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    }
    let mut out = Vec::new();
    GzDecoder::new(bytes).take(LARGEST).read_to_end(&mut out).map_err(|e| refuse(&format!("tệp nén hỏng: {e}")))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn refuse(why: &str) -> AppError {
    AppError::field("file", "file.unreadable", why, why)
}

fn separated(text: &str, columns: &'static [Column]) -> Result<Vec<Record>, AppError> {
    let first = text.lines().next().unwrap_or_default();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(|s| first.bytes().filter(|b| b == s).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let rows =
        reader.records().map(|row| row.map(|r| r.iter().map(str::to_owned).collect()).map_err(|e| e.to_string()));
    named_rows((1..).zip(rows), columns)
}

/// The first sheet of a workbook that holds anything.
fn workbook(bytes: &[u8], columns: &'static [Column]) -> Result<Vec<Record>, AppError> {
    let broken = |e: calamine::Error| refuse(&format!("bảng tính bị hỏng hoặc có mật khẩu ({e})"));
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    for title in book.sheet_names() {
        let range = book.worksheet_range(&title).map_err(broken)?;
        let Some((top, _)) = range.start() else { continue };
        let rows = range.rows().map(|row| Ok(row.iter().map(cell_text).collect()));
        return named_rows((top as usize + 1..).zip(rows), columns);
    }
    Err(empty())
}

fn empty() -> AppError {
    refuse("tệp trống: dòng đầu phải là tên các cột")
}

/// Numbered rows of cells, the first of which names the columns.
fn named_rows(
    mut rows: impl Iterator<Item = (usize, Result<Vec<String>, String>)>,
    columns: &'static [Column],
) -> Result<Vec<Record>, AppError> {
    let Some((_, Ok(header))) = rows.next() else { return Err(empty()) };
    let places: Vec<Option<&'static str>> = header.iter().map(|h| named(h, columns)).collect();
    if let Some(missing) = columns.iter().find(|c| c.required && !places.contains(&Some(c.name))) {
        return Err(refuse(&format!("thiếu cột {}", missing.name)));
    }
    let mut records = Vec::new();
    for (at, row) in rows {
        let mut record = Record::new(at, columns);
        match row {
            Ok(row) if row.iter().all(|c| c.trim().is_empty()) => continue,
            Ok(row) => {
                if row.len() > places.len() {
                    record.shape = Some(format!("dòng có {} ô, nhiều hơn {} cột", row.len(), places.len()));
                }
                for (name, cell) in places.iter().zip(&row).filter_map(|(p, c)| p.map(|p| (p, c))) {
                    record.put(name, cell);
                }
            }
            Err(e) => record.shape = Some(format!("dòng không đọc được: {e}")),
        }
        records.push(record);
    }
    Ok(records)
}

fn named(header: &str, columns: &'static [Column]) -> Option<&'static str> {
    let header = fold(header);
    let is = |c: &&Column| fold(c.name) == header || c.also.contains(&header.as_str());
    columns.iter().find(is).map(|c| c.name)
}

fn json_lines(text: &str, columns: &'static [Column]) -> Vec<Record> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(at, line)| {
            let mut record = Record::new(at + 1, columns);
            match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line) {
                Ok(object) => {
                    for (name, value) in &object {
                        if let Some(name) = named(name, columns) {
                            record.put(name, &cell(value));
                        }
                    }
                }
                Err(e) => record.shape = Some(format!("dòng không phải JSON: {e}")),
            }
            record
        })
        .collect()
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join(";"),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

impl Record {
    fn new(row: usize, columns: &'static [Column]) -> Self {
        let key = columns.first().map_or("", |c| c.name);
        Self { row, cells: HashMap::new(), key, mended: Vec::new(), shape: None }
    }

    /// Composed letters, single blanks: two spellings of one name must not become two agencies.
    fn put(&mut self, name: &'static str, raw: &str) {
        let clean = raw.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        if clean != raw.trim() {
            self.mend(format!("{name}: viết lại dấu và khoảng trắng"));
        }
        self.cells.insert(name, clean);
    }

    /// The cell, absent when empty.
    pub fn get(&self, name: &str) -> Option<String> {
        self.cells.get(name).filter(|c| !c.is_empty()).cloned()
    }
    /// The cell, refused when empty.
    pub fn need(&self, name: &str) -> Result<String, String> {
        self.get(name).ok_or_else(|| format!("thiếu {name}"))
    }
    /// The cell as `change` writes it, noted when that differs.
    pub fn mended(&mut self, name: &'static str, change: impl Fn(&str) -> String) -> Option<String> {
        let before = self.get(name)?;
        let after = change(&before);
        if after != before {
            self.mend(format!("{name}: {before} → {after}"));
            self.cells.insert(name, after.clone());
        }
        Some(after)
    }
    /// Notes what was mended.
    pub fn mend(&mut self, what: String) {
        self.mended.push(what);
    }
    pub fn take_mended(&mut self) -> Vec<String> {
        std::mem::take(&mut self.mended)
    }
    /// What the row names.
    pub fn key(&self) -> String {
        self.get(self.key).unwrap_or_default()
    }
    /// Why nothing can be read from the row.
    pub fn damage(&self) -> Option<String> {
        let torn = self.cells.iter().find(|(_, c)| c.contains('\u{fffd}') || c.contains('\0'));
        self.shape.clone().or_else(|| torn.map(|(name, _)| format!("{name} không phải chữ UTF-8")))
    }
}

/// `co`, `có`, `x`, `1`, `true` mean yes; empty and the others no.
pub fn yes(text: Option<&str>) -> bool {
    text.is_some_and(|t| matches!(fold(t).as_str(), "co" | "x" | "1" | "true" | "yes"))
}

/// A list inside a cell, separated by `;`, `|` or `,`.
pub fn list(text: &str) -> Vec<String> {
    text.split([';', '|', ',']).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[must("code", &["ma"]), may("name", &["ten"])];

    #[test]
    fn headers_are_found_in_either_language_with_any_separator_and_with_a_mark_in_front() {
        for text in ["\u{feff}Mã;Tên\nA1;Sở  Y tế\n", "code,name\r\nA1,Sở Y tế\r\n", "name\tcode\nSở Y tế\tA1\n"]
        {
            let table = Table::read("x.csv", text.as_bytes(), COLUMNS).unwrap();
            assert_eq!(table.records[0].key(), "A1", "{text}");
            assert_eq!(table.records[0].get("name").unwrap(), "Sở Y tế");
            assert_eq!(table.records[0].row, 2);
        }
    }

    #[test]
    fn a_workbook_is_read_from_its_first_sheet_that_holds_anything() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().set_name("Trống").unwrap();
        let sheet = book.add_worksheet().set_name("Danh mục").unwrap();
        for (at, row) in [["Mã", "Tên"], ["00004", "Phường  Ba Đình"], ["", ""], ["7", "x"]].iter().enumerate() {
            for (column, cell) in (0..).zip(row) {
                sheet.write_string(u32::try_from(at).unwrap() + 1, column, *cell).unwrap();
            }
        }
        let table = Table::read("x.xlsx", &book.save_to_buffer().unwrap(), COLUMNS).unwrap();
        let read: Vec<_> = table.records.iter().map(|r| (r.row, r.key(), r.get("name").unwrap())).collect();
        assert_eq!(read, [(3, "00004".into(), "Phường Ba Đình".into()), (5, "7".into(), "x".into())]);
        assert!(Table::read("x.xlsx", b"PK\x03\x04broken", COLUMNS).is_err());
    }

    #[test]
    fn dirt_never_panics_and_is_told_by_row() {
        let table = Table::read("x.csv", b"code,name\nA1,\xff\xfe\nA2,a,b,c\n,,\n\"A3", COLUMNS).unwrap();
        let damage: Vec<_> = table.records.iter().map(|r| r.damage().is_some()).collect();
        assert_eq!(damage, [true, true, false]);
        assert!(Table::read("x.csv", b"", COLUMNS).is_err());
        assert!(Table::read("x.csv", b"name\nx\n", COLUMNS).is_err());
        assert!(Table::read("x.gz", b"\x1f\x8bnot gzip", COLUMNS).is_err());
        let json = Table::read("x.jsonl", "{\"ma\":7,\"ten\":[\"a\",\"b\"]}\nnope\n".as_bytes(), COLUMNS).unwrap();
        assert_eq!((json.records[0].key(), json.records[0].get("name")), ("7".into(), Some("a;b".into())));
        assert!(json.records[1].damage().is_some());
    }
}

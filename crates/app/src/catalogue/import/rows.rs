//! The rows of an import file, whatever it is: JSON lines, a JSON array, CSV, a workbook; plain or gzipped.

use super::{sheets, workbook};
use crate::{error::AppError, import::is_workbook};
use domain::{
    catalogue::{
        portal::{self, Mended, Taken},
        sheet,
    },
    encoding::{self, Encoding},
};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::Read;

/// The whole national catalogue is about 100 MB unpacked; a file that unpacks to more than this is no catalogue.
const MOST_BYTES: u64 = 1 << 30;

/// Rows of a file; each may be broken by itself.
pub struct Rows {
    kind: Kind,
    /// Said of every row: the file was written in an old encoding.
    mended: Option<Mended>,
}

enum Kind {
    /// Lines of JSON with their numbers, parsed when asked for.
    Lines(Vec<(usize, String)>),
    /// An array that was read at once.
    Array(Vec<Value>),
    /// Procedures of a spreadsheet, each over several rows.
    Groups(Vec<sheets::Group>),
}

/// One row as it was read.
pub struct Row {
    /// Its place among the rows of the file, from 0: sheets of a workbook have equal row numbers.
    pub at: usize,
    /// Row or line in the file or sheet, from 1.
    pub number: usize,
    /// Name of the sheet; empty where there is only one.
    pub sheet: String,
    /// The code as it stands there.
    pub key: String,
    pub content: Result<Box<Taken>, String>,
}

impl Rows {
    /// Reads a file by what it holds; the name only helps to tell a workbook.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, AppError> {
        let unpacked = if bytes.starts_with(&[0x1f, 0x8b]) { Some(unpacked(bytes)?) } else { None };
        let bytes = unpacked.as_deref().unwrap_or(bytes);
        if is_workbook(name, bytes) {
            return Ok(Self { kind: Kind::Groups(workbook::read(bytes)?), mended: None });
        }
        let (text, encoding) = encoding::read(bytes);
        let what = format!("tệp viết bằng {}, đã đổi sang UTF-8", encoding.name());
        let mended = (encoding != Encoding::Utf8).then_some(Mended { part: "file", what });
        let text = text.trim_start_matches('\u{feff}');
        let kind = match text.trim_start().chars().next() {
            None => return Err(not_readable("tệp trống", "the file is empty")),
            Some('[') => serde_json::from_str(text)
                .map(Kind::Array)
                .map_err(|e| not_readable(&format!("tệp JSON bị lỗi: {e}"), &format!("broken JSON: {e}")))?,
            Some('{') => {
                let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.to_owned()));
                Kind::Lines(lines.filter(|(_, line)| !line.trim().is_empty()).collect())
            }
            Some(_) => Kind::Groups(sheets::separated(text)?),
        };
        Ok(Self { kind, mended })
    }

    pub fn len(&self) -> usize {
        match &self.kind {
            Kind::Lines(lines) => lines.len(),
            Kind::Array(rows) => rows.len(),
            Kind::Groups(groups) => groups.len(),
        }
    }

    /// The row at a place.
    pub fn get(&self, at: usize) -> Row {
        let mut row = match &self.kind {
            Kind::Lines(lines) => match serde_json::from_str::<Value>(&lines[at].1) {
                Ok(value) => of_json(at, lines[at].0, &value),
                Err(e) => {
                    let content = Err(format!("dòng này không phải JSON: {e}"));
                    Row { at, number: lines[at].0, sheet: String::new(), key: String::new(), content }
                }
            },
            Kind::Array(rows) => of_json(at, at + 1, &rows[at]),
            Kind::Groups(groups) => of_group(at, &groups[at]),
        };
        if let (Ok(taken), Some(mended)) = (&mut row.content, &self.mended) {
            taken.mended.insert(0, mended.clone());
        }
        row
    }
}

fn of_json(at: usize, number: usize, value: &Value) -> Row {
    let key = match value.get("code") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let content = portal::parse(value).map(Box::new).map_err(|r| r.to_string());
    Row { at, number, sheet: String::new(), key, content }
}

fn of_group(at: usize, group: &sheets::Group) -> Row {
    let content = match &group.damage {
        Some(why) => Err(why.clone()),
        None => sheet::read(&group.records, group.mended.clone()).map(Box::new).map_err(|r| r.to_string()),
    };
    Row { at, number: group.row, sheet: group.sheet.clone(), key: group.key.clone(), content }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, AppError> {
    let mut out = Vec::new();
    let read = GzDecoder::new(bytes).take(MOST_BYTES).read_to_end(&mut out);
    match read {
        Ok(n) if (n as u64) < MOST_BYTES => Ok(out),
        Ok(_) => Err(not_readable("tệp nén mở ra quá lớn", "the file unpacks to too much")),
        Err(_) => Err(not_readable("tệp nén bị hỏng", "the compressed file is broken")),
    }
}

/// A file of which nothing can be taken.
pub fn not_readable(vi: &str, en: &str) -> AppError {
    AppError::field("file", "file.unreadable", &format!("Không đọc được: {vi}."), &format!("Cannot be read: {en}."))
}

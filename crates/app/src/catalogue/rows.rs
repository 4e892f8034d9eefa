//! The rows of an import file: JSON lines, plain or gzipped, or one JSON array.

use crate::error::AppError;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::Read;

/// The whole national catalogue is about 100 MB unpacked; a file that unpacks to more than this is no catalogue.
const MOST_BYTES: u64 = 1 << 30;

/// Rows of a file; each may be broken by itself.
pub enum Rows {
    /// Lines of JSON, parsed when asked for.
    Lines(Vec<String>),
    /// An array that was read at once.
    Array(Vec<Value>),
}

impl Rows {
    /// Reads a file by its name: `.jsonl`, `.jsonl.gz`, `.json`, `.json.gz`.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, AppError> {
        let name = name.to_ascii_lowercase();
        let text = if name.strip_suffix(".gz").is_some() { unpacked(bytes)? } else { bytes.to_vec() };
        let text = String::from_utf8(text)
            .map_err(|_| not_readable("tệp không phải văn bản UTF-8", "the file is not UTF-8 text"))?;
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('[') {
            return serde_json::from_str(text)
                .map(Self::Array)
                .map_err(|e| not_readable(&format!("tệp JSON bị lỗi: {e}"), &format!("broken JSON: {e}")));
        }
        Ok(Self::Lines(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()))
    }

    pub fn len(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.len(),
            Self::Array(rows) => rows.len(),
        }
    }

    /// The row at a place, or why it is no JSON.
    pub fn get(&self, index: usize) -> Result<Value, String> {
        match self {
            Self::Lines(lines) => {
                serde_json::from_str(&lines[index]).map_err(|e| format!("dòng này không phải JSON: {e}"))
            }
            Self::Array(rows) => Ok(rows[index].clone()),
        }
    }
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

fn not_readable(vi: &str, en: &str) -> AppError {
    AppError::field("file", "file.unreadable", &format!("Không đọc được: {vi}."), &format!("Cannot be read: {en}."))
}

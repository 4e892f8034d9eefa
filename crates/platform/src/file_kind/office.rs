//! Office files, new (a ZIP with a known table) and old (OLE compound files).

use super::scan::{contains, windows};
use super::zip::{self, Entry};
use super::{FileKind, RefusedFile, Result};
use std::io::{Read, Seek};

/// A report with many photographs unpacks to some hundred megabytes; more is a bomb.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;
const MOST_ENTRIES: usize = 5_000;

pub(super) fn new_office(file: &mut (impl Read + Seek)) -> Result<FileKind> {
    let entries = zip::entries(file)?;
    let has = |name: &str| entries.iter().any(|e| e.name == name);
    if !has("[Content_Types].xml") {
        return Err(RefusedFile::Archive.into());
    }
    check_parts(&entries)?;
    if has("word/document.xml") {
        return Ok(FileKind::Docx);
    }
    if has("xl/workbook.xml") {
        return Ok(FileKind::Xlsx);
    }
    Err(RefusedFile::Archive.into())
}

fn check_parts(entries: &[Entry]) -> Result<()> {
    let unpacked: u64 = entries.iter().map(|e| e.unpacked).sum();
    if unpacked > MOST_UNPACKED || entries.len() > MOST_ENTRIES {
        return Err(RefusedFile::TooMuchInside.into());
    }
    if entries.iter().any(|e| e.encrypted) {
        return Err(RefusedFile::PasswordProtected.into());
    }
    let lower: Vec<String> = entries.iter().map(|e| e.name.to_lowercase()).collect();
    if lower.iter().any(|name| name.ends_with("vbaproject.bin") || name.contains("/macrosheets/")) {
        return Err(RefusedFile::Macros.into());
    }
    // A part that climbs out of its folder is no document's part.
    if lower.iter().any(|name| name.starts_with('/') || name.contains('\\') || name.split('/').any(|p| p == "..")) {
        return Err(RefusedFile::Damaged.into());
    }
    Ok(())
}

/// The names of the streams stand in the directory as UTF-16; that is all one needs to tell Word from Excel.
pub(super) fn old_office(file: &mut (impl Read + Seek)) -> Result<FileKind> {
    const NAMES: [&str; 6] = ["WordDocument", "Workbook", "Book", "EncryptedPackage", "_VBA_PROJECT", "Macros"];
    let needles = NAMES.map(stream_name);
    let mut seen = [false; NAMES.len()];
    windows(file, |window, _| {
        for (seen, needle) in seen.iter_mut().zip(&needles) {
            *seen = *seen || contains(window, needle);
        }
    })?;
    let [word, workbook, book, encrypted, vba, macros] = seen;
    if encrypted {
        return Err(RefusedFile::PasswordProtected.into());
    }
    if vba || macros {
        return Err(RefusedFile::Macros.into());
    }
    match (word, workbook || book) {
        (true, _) => Ok(FileKind::Doc),
        (false, true) => Ok(FileKind::Xls),
        // An installer or a mail of Outlook has the same wrapping.
        (false, false) => Err(RefusedFile::Unknown.into()),
    }
}

/// A directory entry's name with its closing zero: a text that merely begins so does not count.
fn stream_name(name: &str) -> Vec<u8> {
    name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

//! Office files: new ones (a ZIP with a known table) and old ones (OLE compound files).

use super::compound::Compound;
use super::scan::{contains, windows};
use super::zip::{self, Contents};
use super::{FileKind, RefusedFile, Result, open_document};
use std::io::{Read, Seek};

const MOST_ENTRIES: usize = 5_000;
/// Bytes of a part that are looked at: relations and types are short, a text with fields is not.
const LOOKED_AT: u64 = 4 * 1024 * 1024;

/// A ZIP: a document of one of the two families, or an archive.
pub(super) fn packed(file: &mut (impl Read + Seek)) -> Result<FileKind> {
    let contents = zip::contents(file)?;
    let has = |name: &str| contents.entries.iter().any(|e| e.name == name);
    let kind = match (has("[Content_Types].xml"), has("word/document.xml"), has("xl/workbook.xml")) {
        (true, true, _) => FileKind::Docx,
        (true, false, true) => FileKind::Xlsx,
        _ if has("mimetype") && has("content.xml") => return open_document::inspect(file, &contents),
        _ => return Err(RefusedFile::Archive.into()),
    };
    check_parts(&contents)?;
    let most = |name: &str| if is_looked_into(name) { LOOKED_AT } else { 0 };
    zip::unpack(file, &contents, most, check_part)?;
    Ok(kind)
}

/// What the table of contents alone tells.
pub(super) fn check_parts(contents: &Contents) -> Result<()> {
    const RUNS: [&str; 8] = [".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".scr", ".lnk"];
    let entries = &contents.entries;
    if entries.len() > MOST_ENTRIES {
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
    if lower.iter().any(|name| RUNS.iter().any(|ending| name.ends_with(ending))) {
        return Err(RefusedFile::Active.into());
    }
    Ok(())
}

fn is_looked_into(name: &str) -> bool {
    name == "[Content_Types].xml"
        || tells_relations(name)
        || name == "word/document.xml"
        || name.starts_with("xl/externalLinks/")
}

/// Names of parts are the same in capitals (ISO 29500-2).
fn tells_relations(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("rels"))
}

/// Macros under another name; templates, frames and objects fetched from elsewhere when it is opened; programs asked for data.
fn check_part(name: &str, head: &[u8]) -> Result<()> {
    if name == "[Content_Types].xml" && (contains(head, b"macroEnabled") || contains(head, b"vbaProject")) {
        return Err(RefusedFile::Macros.into());
    }
    let fetches = || {
        const WHAT: [&str; 4] = ["/attachedTemplate\"", "/oleObject\"", "/frame\"", "/subDocument\""];
        let text = String::from_utf8_lossy(head);
        let outside = |r: &&str| r.contains("TargetMode=\"External\"");
        text.split("<Relationship ").filter(outside).any(|r| WHAT.iter().any(|what| r.contains(what)))
    };
    let acts = match name {
        _ if tells_relations(name) => fetches(),
        "word/document.xml" => contains(head, b"DDEAUTO"),
        _ if name.starts_with("xl/externalLinks/") => contains(head, b"ddeLink"),
        _ => false,
    };
    if acts { Err(RefusedFile::Active.into()) } else { Ok(()) }
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
    let stream = match (word, workbook, book) {
        (true, ..) => "WordDocument",
        (false, true, _) => "Workbook",
        (false, false, true) => "Book",
        // An installer or a mail of Outlook has the same wrapping.
        (false, false, false) => return Err(RefusedFile::Unknown.into()),
    };
    let head = Compound::open(file)?.head_of(stream)?;
    if (word && word_is_locked(&head)) || (!word && sheet_is_locked(&head)) {
        return Err(RefusedFile::PasswordProtected.into());
    }
    Ok(if word { FileKind::Doc } else { FileKind::Xls })
}

/// A directory entry's name with its closing zero: a text that merely begins so does not count.
fn stream_name(name: &str) -> Vec<u8> {
    name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
}

/// MS-DOC 2.5.2, `FibBase`: the bit `fEncrypted` of the word at 10.
fn word_is_locked(head: &[u8]) -> bool {
    head.get(11).is_some_and(|flags| flags & 1 == 1)
}

/// MS-XLS 2.4.117: a record `FilePass` (0x2F) near the beginning of the stream.
fn sheet_is_locked(head: &[u8]) -> bool {
    let mut rest = head;
    while let [t0, t1, l0, l1, after @ ..] = rest {
        if u16::from_le_bytes([*t0, *t1]) == 0x2F {
            return true;
        }
        rest = after.get(usize::from(u16::from_le_bytes([*l0, *l1]))..).unwrap_or_default();
    }
    false
}

//! What has no magic number: XML is taken, web pages and programs get their own refusal.

use super::{FileKind, RefusedFile, Result};

pub(super) fn inspect(head: &[u8]) -> Result<FileKind> {
    if is_program(head) {
        return Err(RefusedFile::Program.into());
    }
    if is_archive(head) {
        return Err(RefusedFile::Archive.into());
    }
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if has_web_words(text) {
        return Err(RefusedFile::WebPage.into());
    }
    // Only with its declaration, and without a document type: entities blow up or fetch files.
    if text.starts_with("<?xml") && !text.contains("<!doctype") && !text.contains("<!entity") {
        return Ok(FileKind::Xml);
    }
    Err(RefusedFile::Unknown.into())
}

fn is_program(head: &[u8]) -> bool {
    const MAGIC: [&[u8]; 8] = [
        b"MZ",
        b"\x7fELF",
        b"#!",
        b"\xca\xfe\xba\xbe",
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xcf\xfa\xed\xfe",
        b"\xce\xfa\xed\xfe",
    ];
    MAGIC.iter().any(|magic| head.starts_with(magic))
}

/// RAR, 7-Zip, gzip, bzip2, xz, zstd, and ZIP files that are empty or split.
fn is_archive(head: &[u8]) -> bool {
    const MAGIC: [&[u8]; 8] = [
        b"Rar!",
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"PK\x05\x06",
        b"PK\x07\x08",
    ];
    MAGIC.iter().any(|magic| head.starts_with(magic))
}

/// Elements and namespaces that make a browser act, and the style sheet that makes a page of any XML.
fn has_web_words(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "<html",
        "<!doctype html",
        "<script",
        "<svg",
        "<body",
        "<iframe",
        "<?xml-stylesheet",
        "www.w3.org/1999/xhtml",
        "www.w3.org/2000/svg",
        "javascript:",
    ];
    WORDS.iter().any(|word| text.contains(word))
}

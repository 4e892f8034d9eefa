//! Whether a name tells the truth about what is inside.
//!
//! A name that says nothing (`scan0001`, `TT 01.2018`) is fine. One that promises another kind is not: `ho-khau.pdf` that is
//! a picture does not open on the officer's side, and `don.pdf.exe` is how people are tricked.

use super::{FileKind, RefusedFile};

/// Endings by the kind that they promise.
const PROMISES: [(&str, FileKind); 18] = [
    ("pdf", FileKind::Pdf),
    ("jpg", FileKind::Jpeg),
    ("jpeg", FileKind::Jpeg),
    ("jpe", FileKind::Jpeg),
    ("jfif", FileKind::Jpeg),
    ("png", FileKind::Png),
    ("heic", FileKind::Heic),
    ("heif", FileKind::Heic),
    ("tif", FileKind::Tiff),
    ("tiff", FileKind::Tiff),
    ("docx", FileKind::Docx),
    ("xlsx", FileKind::Xlsx),
    ("doc", FileKind::Doc),
    ("xls", FileKind::Xls),
    ("odt", FileKind::Odt),
    ("ods", FileKind::Ods),
    ("xml", FileKind::Xml),
    ("xsig", FileKind::Xml),
];

/// Endings with which an operating system or a browser runs something, or unpacks it.
const NEVER: [&str; 34] = [
    "exe", "com", "scr", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "msi", "dll", "lnk", "jar",
    "apk", "sh", "app", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "html", "htm", "xhtml", "svg", "mht", "zip",
    "rar", "7z", "iso",
];

pub(super) fn check(name: &str, kind: FileKind) -> Result<(), RefusedFile> {
    // What only turns the direction of reading is no part of the ending.
    let shown: String = name
        .chars()
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect();
    let Some((_, ending)) = shown.trim_end_matches(['.', ' ']).rsplit_once('.') else { return Ok(()) };
    let ending = ending.trim().to_ascii_lowercase();
    let promised = PROMISES.iter().find(|(e, _)| *e == ending).map(|(_, kind)| *kind);
    if NEVER.contains(&ending.as_str()) || promised.is_some_and(|p| p != kind) {
        return Err(RefusedFile::WrongName(kind));
    }
    Ok(())
}

//! `OpenDocument` files (ISO 26300): a ZIP that says its kind in a part of its own.

use super::scan::contains;
use super::zip::{self, Contents};
use super::{FileKind, RefusedFile, Result, office};
use std::io::{Read, Seek};

const LOOKED_AT: u64 = 1024 * 1024;

pub(super) fn inspect(file: &mut (impl Read + Seek), contents: &Contents) -> Result<FileKind> {
    office::check_parts(contents)?;
    if contents.entries.iter().any(|e| e.name.starts_with("Basic/") || e.name.starts_with("Scripts/")) {
        return Err(RefusedFile::Macros.into());
    }
    let mut kind = None;
    let most = |name: &str| if matches!(name, "mimetype" | "META-INF/manifest.xml") { LOOKED_AT } else { 0 };
    zip::unpack(file, contents, most, |name, head| match name {
        "META-INF/manifest.xml" if contains(head, b"encryption-data") => Err(RefusedFile::PasswordProtected.into()),
        "mimetype" => {
            kind = kind_of(head);
            Ok(())
        }
        _ => Ok(()),
    })?;
    // A presentation, a drawing, an electronic book: nobody asks for one.
    kind.ok_or(RefusedFile::Unknown.into())
}

fn kind_of(mimetype: &[u8]) -> Option<FileKind> {
    let told = mimetype.trim_ascii();
    [FileKind::Odt, FileKind::Ods].into_iter().find(|kind| kind.media_type().as_bytes() == told)
}

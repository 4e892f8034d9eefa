//! A cheap look at a PDF: how many pages, and what it carries. No parser: it reads names that stand in the open.

use super::scan::{self, places};
use super::{Caution, FileKind, Inspected, Result};
use std::io::{Read, Seek, SeekFrom};

/// Readers look for the end in the last kibibyte; some programs append a little.
const TAIL: u64 = 4096;

pub(super) fn inspect(file: &mut (impl Read + Seek)) -> Result<Inspected> {
    let mut pages = 0_u32;
    let mut seen = Seen::default();
    scan::windows(file, |window, fresh| {
        for at in places(window, b"/").filter(|at| *at < fresh) {
            let name = &window[at + 1..];
            pages = pages.saturating_add(u32::from(is_page(name)));
            seen.look(name);
        }
    })?;
    let mut cautions = seen.cautions();
    if !has_end(file)? {
        cautions.push(Caution::CutShort);
    }
    Ok(Inspected { kind: FileKind::Pdf, pages: (pages > 0).then_some(pages), cautions })
}

#[derive(Default)]
struct Seen {
    encrypted: bool,
    active: bool,
    attachments: bool,
}

impl Seen {
    fn look(&mut self, name: &[u8]) {
        self.encrypted |= is_name(name, b"Encrypt");
        // Not `/JS`: three bytes turn up by chance in a large scan, and an action that has it names `/JavaScript` as well.
        self.active |= is_name(name, b"JavaScript") || is_name(name, b"Launch");
        self.attachments |= is_name(name, b"EmbeddedFile") || is_name(name, b"EmbeddedFiles");
    }
    fn cautions(self) -> Vec<Caution> {
        let all = [
            (self.encrypted, Caution::Encrypted),
            (self.active, Caution::Active),
            (self.attachments, Caution::Attachments),
        ];
        all.into_iter().filter_map(|(seen, caution)| seen.then_some(caution)).collect()
    }
}

/// `Type /Page` or `Type/Page`, but not `/Pages`.
fn is_page(name: &[u8]) -> bool {
    let Some(rest) = name.strip_prefix(b"Type") else {
        return false;
    };
    rest.trim_ascii_start().strip_prefix(b"/").is_some_and(|value| is_name(value, b"Page"))
}

/// Whether `text` begins with the whole name.
fn is_name(text: &[u8], name: &[u8]) -> bool {
    text.strip_prefix(name).is_some_and(|rest| rest.first().is_none_or(|b| !b.is_ascii_alphanumeric()))
}

fn has_end(file: &mut (impl Read + Seek)) -> Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.by_ref().take(TAIL).read_to_end(&mut tail)?;
    Ok(scan::contains(&tail, b"%%EOF"))
}

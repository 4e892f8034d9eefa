//! A look at a PDF: whether it is whole, how many pages, and what it carries. No parser: it reads names, in the open and in
//! the packed object streams where programs of today put them.

use super::scan::{self, OVERLAP, places};
use super::{Caution, FileKind, Inspected, RefusedFile, Result, zip};
use flate2::read::ZlibDecoder;
use std::io::{BufReader, Read, Seek, SeekFrom};

/// Readers look for the end in the last kibibyte; some programs append a little.
const TAIL: u64 = 4096;
/// Object streams looked into; a thick atlas has some thousands.
const MOST_STREAMS: usize = 20_000;
/// Between the name that announces a stream and its bytes.
const LONGEST_DICTIONARY: u64 = 4096;
/// Unpacked bytes of all object streams: they hold names and numbers, never pictures.
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

pub(super) fn inspect(file: &mut (impl Read + Seek)) -> Result<Inspected> {
    let mut seen = Seen::default();
    let mut passed = 0_u64;
    scan::windows(file, |window, fresh| {
        seen.look(window, fresh, passed);
        passed += fresh as u64;
    })?;
    if !has_end(file)? {
        return Err(RefusedFile::CutShort.into());
    }
    // Without a table of its objects, old or new, it is no PDF that a reader opens.
    if !seen.has_table || !seen.has_objects {
        return Err(RefusedFile::Damaged.into());
    }
    look_into_streams(file, &mut seen)?;
    if seen.encrypted {
        return Err(RefusedFile::PasswordProtected.into());
    }
    if seen.active {
        return Err(RefusedFile::Active.into());
    }
    if zip::ends_as_archive(file)? {
        return Err(RefusedFile::Archive.into());
    }
    let cautions = if seen.attachments { vec![Caution::Attachments] } else { Vec::new() };
    Ok(Inspected { kind: FileKind::Pdf, pages: (seen.pages > 0).then_some(seen.pages), cautions })
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one mark that was met or not; none rules out another")]
struct Seen {
    pages: u32,
    has_table: bool,
    has_objects: bool,
    encrypted: bool,
    active: bool,
    attachments: bool,
    /// Where object streams announce themselves.
    streams: Vec<u64>,
}

impl Seen {
    /// Looks at the new part of a window whose first byte stands at `begins`.
    fn look(&mut self, window: &[u8], fresh: usize, begins: u64) {
        self.has_table |= scan::contains(window, b"startxref") || scan::contains(window, b"trailer");
        self.has_objects |= scan::contains(window, b" obj");
        for at in places(window, b"/").filter(|at| *at < fresh) {
            let end = window.len().min(at + OVERLAP);
            let (name, after) = read_name(&window[at + 1..end]);
            if name == b"ObjStm" && self.streams.len() < MOST_STREAMS {
                self.streams.push(begins + at as u64);
            }
            self.note(&name, after);
        }
    }
    fn note(&mut self, name: &[u8], after: &[u8]) {
        match name {
            b"Type" => {
                let value = after.trim_ascii_start().strip_prefix(b"/");
                self.pages = self.pages.saturating_add(u32::from(value.is_some_and(|v| read_name(v).0 == b"Page")));
            }
            b"Encrypt" => self.encrypted = true,
            // Not `JS`: it turns up by chance in a large scan, and an action that has it names `JavaScript` as well.
            b"JavaScript" | b"Launch" => self.active = true,
            b"EmbeddedFile" | b"EmbeddedFiles" => self.attachments = true,
            _ => {}
        }
    }
}

/// A name without its stroke, `#4A` read as `J`: scripts hide behind such writing. With what follows it.
fn read_name(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let is_part =
        |b: &u8| !matches!(b, b'\0'..=b' ' | b'/' | b'<' | b'>' | b'[' | b']' | b'(' | b')' | b'{' | b'}' | b'%');
    let length = text.iter().take_while(|b| is_part(b)).count();
    let (mut raw, after) = text.split_at(length);
    let mut name = Vec::with_capacity(length);
    while let [first, rest @ ..] = raw {
        let coded = (*first == b'#').then(|| rest.get(..2)).flatten();
        let byte = coded.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        name.push(byte.unwrap_or(*first));
        raw = if byte.is_some() { &rest[2..] } else { rest };
    }
    (name, after)
}

fn look_into_streams(file: &mut (impl Read + Seek), seen: &mut Seen) -> Result<()> {
    let mut left = MOST_UNPACKED;
    for at in std::mem::take(&mut seen.streams) {
        file.seek(SeekFrom::Start(at))?;
        let mut head = Vec::new();
        file.by_ref().take(LONGEST_DICTIONARY).read_to_end(&mut head)?;
        let Some(start) = places(&head, b"stream").next().map(|p| p + 6) else { continue };
        let line_end = head[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count().min(2);
        file.seek(SeekFrom::Start(at + (start + line_end) as u64))?;
        left = left.saturating_sub(look_into(BufReader::new(file.by_ref()), left, seen));
        if left == 0 {
            return Err(RefusedFile::TooMuchInside.into());
        }
    }
    Ok(())
}

/// Unpacks one object stream; gives how many bytes it held. What is packed in another way, or broken, holds nothing here.
fn look_into(packed: impl Read, most: u64, seen: &mut Seen) -> u64 {
    let mut unpacked = 0;
    let mut stream = Whole(ZlibDecoder::new(packed).take(most));
    // `Whole` ends at the first fault, so there is none to hand on.
    let _ = scan::windows_of(&mut stream, |window, fresh| {
        unpacked += fresh as u64;
        seen.look(window, fresh, u64::MAX / 2);
    });
    seen.streams.clear();
    unpacked
}

/// A reader for which a fault is the end.
struct Whole<R>(R);

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        Ok(self.0.read(into).unwrap_or(0))
    }
}

fn has_end(file: &mut (impl Read + Seek)) -> Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.by_ref().take(TAIL).read_to_end(&mut tail)?;
    Ok(scan::contains(&tail, b"%%EOF"))
}

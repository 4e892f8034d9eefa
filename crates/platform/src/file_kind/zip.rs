//! A ZIP file: its table of contents, and what really is inside, unpacked once and counted.

use super::{RefusedFile, Result};
use flate2::{Crc, read::DeflateDecoder};
use std::io::{BufReader, Read, Seek, SeekFrom};

/// The end record is 22 bytes and a comment of at most 65,535.
const END_RECORD: u64 = 22;
const LONGEST_END: u64 = END_RECORD + 65_535;
const LOCAL_HEADER: u64 = 30;

/// A document has some dozens of parts; its table is a few kilobytes.
const LONGEST_TABLE: u32 = 1 << 20;
/// A report with many photographs unpacks to some hundred megabytes; more is a bomb.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;

/// What the table says of one part.
pub(super) struct Entry {
    pub name: String,
    /// As the table claims; [`unpack`] counts.
    pub unpacked: u64,
    pub encrypted: bool,
    packed: u64,
    method: u16,
    crc: u32,
    offset: u64,
}

/// The table of contents.
pub(super) struct Contents {
    pub entries: Vec<Entry>,
    /// Where the table begins: parts lie before it.
    table: u64,
}

/// Whether an archive ends exactly where the file ends; a picture that does is an archive as well.
pub(super) fn ends_as_archive(file: &mut (impl Read + Seek)) -> Result<bool> {
    let (_, tail) = tail(file)?;
    let record = tail.windows(4).rposition(|w| w == b"PK\x05\x06").and_then(|at| tail.get(at..));
    Ok(record.is_some_and(|r| r.len() >= 22 && r.len() == 22 + usize::from(u16_at(r, 20)) && u16_at(r, 10) > 0))
}

fn tail(file: &mut (impl Read + Seek)) -> Result<(u64, Vec<u8>)> {
    let start = file.seek(SeekFrom::End(0))?.saturating_sub(LONGEST_END);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.by_ref().take(LONGEST_END).read_to_end(&mut tail)?;
    Ok((start, tail))
}

/// The entries in the order of the table. ZIP64 and files split over several disks are refused: no document needs them.
pub(super) fn contents(file: &mut (impl Read + Seek)) -> Result<Contents> {
    let (start, tail) = tail(file)?;
    let end = tail.windows(4).rposition(|w| w == b"PK\x05\x06").and_then(|at| Some((at, tail.get(at..at + 22)?)));
    // The table stands at the end: what broke off on its way has none.
    let (place, record) = end.ok_or(RefusedFile::CutShort)?;
    let (count, size, offset) = (u16_at(record, 10), u32_at(record, 12), u32_at(record, 16));
    let table_ends = u64::from(offset) + u64::from(size);
    if size > LONGEST_TABLE || table_ends > start + place as u64 {
        return Err(RefusedFile::Damaged.into());
    }
    file.seek(SeekFrom::Start(offset.into()))?;
    let mut table = Vec::new();
    file.by_ref().take(size.into()).read_to_end(&mut table)?;
    Ok(Contents { entries: read_table(&table, count)?, table: offset.into() })
}

fn read_table(mut table: &[u8], count: u16) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for _ in 0..count {
        let header = table.get(..46).filter(|h| h.starts_with(b"PK\x01\x02")).ok_or(RefusedFile::Damaged)?;
        let name_length = usize::from(u16_at(header, 28));
        let rest = usize::from(u16_at(header, 30)) + usize::from(u16_at(header, 32));
        let name = table.get(46..46 + name_length).ok_or(RefusedFile::Damaged)?;
        entries.push(Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            unpacked: u32_at(header, 24).into(),
            encrypted: u16_at(header, 8) & 1 == 1,
            packed: u32_at(header, 20).into(),
            method: u16_at(header, 10),
            crc: u32_at(header, 16),
            offset: u32_at(header, 42).into(),
        });
        table = table.get(46 + name_length + rest..).ok_or(RefusedFile::Damaged)?;
    }
    Ok(entries)
}

/// Unpacks every part once, counting: a table may lie about sizes, and parts that share their bytes multiply them.
/// `take` is shown the first `most` bytes of each part.
pub(super) fn unpack(
    file: &mut (impl Read + Seek),
    contents: &Contents,
    most: impl Fn(&str) -> u64,
    mut take: impl FnMut(&str, &[u8]) -> Result<()>,
) -> Result<()> {
    let claimed: u64 = contents.entries.iter().map(|e| e.unpacked).sum();
    if claimed > MOST_UNPACKED {
        return Err(RefusedFile::TooMuchInside.into());
    }
    let mut order: Vec<&Entry> = contents.entries.iter().collect();
    order.sort_by_key(|e| e.offset);
    let mut free_from = 0;
    for entry in order {
        let data = data_of(file, entry)?;
        if entry.offset < free_from || data + entry.packed > contents.table {
            return Err(RefusedFile::Damaged.into());
        }
        free_from = data + entry.packed;
        file.seek(SeekFrom::Start(data))?;
        let head = unpack_one(file, entry, most(&entry.name))?;
        take(&entry.name, &head)?;
    }
    Ok(())
}

/// Where the bytes of a part begin, behind a header that agrees with the table.
fn data_of(file: &mut (impl Read + Seek), entry: &Entry) -> Result<u64> {
    let mut header = [0; 30];
    file.seek(SeekFrom::Start(entry.offset))?;
    if file.read_exact(&mut header).is_err() || !header.starts_with(b"PK\x03\x04") {
        return Err(RefusedFile::Damaged.into());
    }
    Ok(entry.offset + LOCAL_HEADER + u64::from(u16_at(&header, 26)) + u64::from(u16_at(&header, 28)))
}

fn unpack_one(file: &mut impl Read, entry: &Entry, most: u64) -> Result<Vec<u8>> {
    let packed = BufReader::new(file.take(entry.packed));
    let mut unpacked: Box<dyn Read + '_> = match entry.method {
        0 => Box::new(packed),
        8 => Box::new(DeflateDecoder::new(packed)),
        _ => return Err(RefusedFile::Damaged.into()),
    };
    let (mut crc, mut size, mut head) = (Crc::new(), 0_u64, Vec::new());
    let mut piece = vec![0; 64 * 1024];
    loop {
        let n = unpacked.read(&mut piece).map_err(|_| RefusedFile::Damaged)?;
        if n == 0 {
            break;
        }
        size += n as u64;
        if size > entry.unpacked {
            // It holds more than its table admits.
            return Err(RefusedFile::TooMuchInside.into());
        }
        crc.update(&piece[..n]);
        let wanted = usize::try_from(most).unwrap_or(usize::MAX).saturating_sub(head.len()).min(n);
        head.extend_from_slice(&piece[..wanted]);
    }
    if size == entry.unpacked && crc.sum() == entry.crc { Ok(head) } else { Err(RefusedFile::Damaged.into()) }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes)
}
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

//! The table of contents of a ZIP file, without unpacking anything.

use super::{RefusedFile, Result};
use std::io::{Read, Seek, SeekFrom};

/// The end record is 22 bytes and a comment of at most 65,535.
const END_RECORD: u64 = 22;
const LONGEST_END: u64 = END_RECORD + 65_535;

/// A document has some dozens of parts; its table is a few kilobytes.
const LONGEST_TABLE: u32 = 1 << 20;

pub(super) struct Entry {
    pub name: String,
    /// As the table claims; what unpacks it must still count.
    pub unpacked: u64,
    pub encrypted: bool,
}

/// The entries in the order of the table. ZIP64 and files split over several disks are refused: no document needs them.
pub(super) fn entries(file: &mut (impl Read + Seek)) -> Result<Vec<Entry>> {
    let length = file.seek(SeekFrom::End(0))?;
    let start = length.saturating_sub(LONGEST_END);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.by_ref().take(LONGEST_END).read_to_end(&mut tail)?;
    let end = tail
        .windows(4)
        .rposition(|w| w == b"PK\x05\x06")
        .and_then(|at| Some((at, tail.get(at..at + 22)?)))
        .ok_or(RefusedFile::Damaged)?;
    let (place, record) = end;
    let (count, size, offset) = (u16_at(record, 10), u32_at(record, 12), u32_at(record, 16));
    let table_ends = u64::from(offset) + u64::from(size);
    if size > LONGEST_TABLE || table_ends > start + place as u64 {
        return Err(RefusedFile::Damaged.into());
    }
    file.seek(SeekFrom::Start(offset.into()))?;
    let mut table = Vec::new();
    file.by_ref().take(size.into()).read_to_end(&mut table)?;
    read_table(&table, count)
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
        });
        table = table.get(46 + name_length + rest..).ok_or(RefusedFile::Damaged)?;
    }
    Ok(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes)
}
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

//! The least of the compound file format (MS-CFB) that finds where a stream begins.

use super::{RefusedFile, Result};
use std::io::{Read, Seek, SeekFrom};

const NOTHING: u32 = 0xFFFF_FFFE;
/// Directory sectors that are followed: a document has some dozens of entries, each 128 bytes.
const MOST_SECTORS: usize = 4_096;
/// Streams shorter than this lie elsewhere; no document's main stream is.
const SHORTEST: u64 = 4_096;
/// Bytes of a stream that are read.
const HEAD: u64 = 4_096;

pub(super) struct Compound<'a, F> {
    file: &'a mut F,
    length: u64,
    sector: u64,
    /// Where the allocation table's sectors lie, in order.
    tables: Vec<u32>,
    directory: u32,
}

impl<'a, F: Read + Seek> Compound<'a, F> {
    /// Reads the header; what does not hold together is damaged.
    pub fn open(file: &'a mut F) -> Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        let mut all = Self { file, length, sector: 0, tables: Vec::new(), directory: 0 };
        let header = all.bytes(0, 512)?;
        all.sector = match u16::from_le_bytes([header[30], header[31]]) {
            9 => 512,
            12 => 4_096,
            _ => return Err(RefusedFile::Damaged.into()),
        };
        all.directory = long(&header, 48);
        let (count, mut more) = (long(&header, 44) as usize, long(&header, 68));
        all.tables = (0..109).map(|i| long(&header, 76 + 4 * i)).filter(|s| *s < NOTHING).collect();
        let each = usize::try_from(all.sector).unwrap_or(512) / 4 - 1;
        while all.tables.len() < count && more < NOTHING {
            let further = all.sector_bytes(more)?;
            let before = all.tables.len();
            all.tables.extend((0..each).map(|i| long(&further, 4 * i)).filter(|s| *s < NOTHING));
            if all.tables.len() == before {
                break;
            }
            more = long(&further, 4 * each);
        }
        Ok(all)
    }

    /// The first bytes of a stream.
    pub fn head_of(&mut self, name: &str) -> Result<Vec<u8>> {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut at = self.directory;
        for _ in 0..MOST_SECTORS {
            if at >= NOTHING {
                break;
            }
            let sector = self.sector_bytes(at)?;
            for entry in sector.chunks_exact(128) {
                let length = usize::from(u16::from_le_bytes([entry[64], entry[65]])).saturating_sub(2);
                if entry.get(..length.min(64)) == Some(wanted.as_slice()) {
                    let size = u64::from(long(entry, 120));
                    // The stream lies whole within the file, or the file was cut.
                    return if size < SHORTEST { Ok(Vec::new()) } else { self.read_head(long(entry, 116), size) };
                }
            }
            at = self.after(at)?;
        }
        Err(RefusedFile::Damaged.into())
    }

    fn read_head(&mut self, start: u32, size: u64) -> Result<Vec<u8>> {
        let sectors = size.div_ceil(self.sector);
        let (mut at, mut head) = (start, Vec::new());
        for _ in 0..sectors {
            if at >= NOTHING {
                return Err(RefusedFile::Damaged.into());
            }
            if self.place(at) >= self.length {
                return Err(RefusedFile::CutShort.into());
            }
            if (head.len() as u64) < HEAD {
                head.extend(self.sector_bytes(at)?);
            }
            at = self.after(at)?;
        }
        Ok(head)
    }

    /// The sector that follows in its chain.
    fn after(&mut self, sector: u32) -> Result<u32> {
        let each = self.sector / 4;
        let table = usize::try_from(u64::from(sector) / each).ok().and_then(|i| self.tables.get(i)).copied();
        let table = table.ok_or(RefusedFile::Damaged)?;
        let place = self.place(table) + 4 * (u64::from(sector) % each);
        Ok(long(&self.bytes(place, 4)?, 0))
    }
    fn place(&self, sector: u32) -> u64 {
        (u64::from(sector) + 1) * self.sector
    }
    fn sector_bytes(&mut self, sector: u32) -> Result<Vec<u8>> {
        let size = usize::try_from(self.sector).unwrap_or(512);
        self.bytes(self.place(sector), size)
    }
    /// As many bytes as asked for, the last sector of a file filled up with zeros.
    fn bytes(&mut self, at: u64, count: usize) -> Result<Vec<u8>> {
        if at >= self.length {
            return Err(RefusedFile::CutShort.into());
        }
        let mut bytes = Vec::with_capacity(count);
        self.file.seek(SeekFrom::Start(at))?;
        self.file.by_ref().take(count as u64).read_to_end(&mut bytes)?;
        bytes.resize(count, 0);
        Ok(bytes)
    }
}

fn long(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

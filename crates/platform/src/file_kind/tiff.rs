//! Scans: the pages of a TIFF, each with its size.

use super::{RefusedFile, Result, picture};
use std::io::{Read, Seek, SeekFrom};

/// A bundle scanned in one go.
const MOST_PAGES: u32 = 2_000;
const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const SHORT: u16 = 3;

/// Walks the directories and counts them.
pub(super) fn pages(file: &mut (impl Read + Seek)) -> Result<u32> {
    let mut reader = Tiff { length: file.seek(SeekFrom::End(0))?, file, little: true };
    reader.little = reader.bytes(0, 2)? == *b"II";
    let (mut at, mut pages) = (reader.long(4)?, 0);
    while at != 0 {
        pages += 1;
        if pages > MOST_PAGES {
            // More than anybody scans, or a circle.
            return Err(RefusedFile::Damaged.into());
        }
        at = reader.page(at.into())?;
    }
    if pages == 0 { Err(RefusedFile::Damaged.into()) } else { Ok(pages) }
}

struct Tiff<'a, F> {
    file: &'a mut F,
    length: u64,
    little: bool,
}

impl<F: Read + Seek> Tiff<'_, F> {
    /// Checks the page whose directory stands here; gives the place of the next, 0 at the end.
    fn page(&mut self, at: u64) -> Result<u32> {
        let count = self.short(at)?;
        let (mut width, mut height) = (0, 0);
        for i in 0..u64::from(count) {
            let entry = at + 2 + 12 * i;
            let tag = self.short(entry)?;
            if tag == WIDTH || tag == HEIGHT {
                let is_short = self.short(entry + 2)? == SHORT;
                let value = if is_short { self.short(entry + 8)?.into() } else { self.long(entry + 8)? };
                *(if tag == WIDTH { &mut width } else { &mut height }) = value;
            }
        }
        picture::sized(width, height)?;
        self.long(at + 2 + 12 * u64::from(count))
    }
    fn short(&mut self, at: u64) -> Result<u16> {
        let b = self.bytes(at, 2)?;
        let b = [b[0], b[1]];
        Ok(if self.little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) })
    }
    fn long(&mut self, at: u64) -> Result<u32> {
        let b = self.bytes(at, 4)?;
        let b = [b[0], b[1], b[2], b[3]];
        Ok(if self.little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) })
    }
    fn bytes(&mut self, at: u64, count: usize) -> Result<Vec<u8>> {
        if at + count as u64 > self.length {
            return Err(RefusedFile::CutShort.into());
        }
        let mut bytes = vec![0; count];
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

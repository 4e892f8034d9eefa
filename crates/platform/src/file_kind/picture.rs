//! Pictures: their kind, whether they are whole, and whether they would fill the memory of whoever opens them.

use super::{FileKind, RefusedFile, Result, scan};
use std::io::{Read, Seek, SeekFrom};

/// An A0 map scanned at 300 dpi has 140 million pixels.
pub(super) const MOST_PIXELS: u64 = 150_000_000;
/// A picture cut in chunks of 8 kB has some thousands.
const MOST_CHUNKS: usize = 100_000;

/// Walks the chunks to the last one: `IHDR` first, picture data, `IEND`.
pub(super) fn png(file: &mut (impl Read + Seek), head: &[u8]) -> Result<FileKind> {
    // The header chunk must come first: length 13, `IHDR`, width, height.
    let number = |at: usize| head.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    let (Some(b"IHDR"), Some(width), Some(height)) = (head.get(12..16), number(16), number(20)) else {
        return Err(RefusedFile::Damaged.into());
    };
    sized(width, height)?;
    let length = file.seek(SeekFrom::End(0))?;
    let (mut at, mut has_data) = (8_u64, false);
    for _ in 0..MOST_CHUNKS {
        if at + 12 > length {
            return Err(RefusedFile::CutShort.into());
        }
        let mut chunk = [0; 8];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut chunk)?;
        let [l0, l1, l2, l3, name @ ..] = chunk;
        if !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(RefusedFile::Damaged.into());
        }
        at += 12 + u64::from(u32::from_be_bytes([l0, l1, l2, l3]));
        match &name {
            b"IDAT" => has_data = true,
            b"IEND" if has_data => return Ok(FileKind::Png),
            b"IEND" => return Err(RefusedFile::Damaged.into()),
            _ => {}
        }
    }
    Err(RefusedFile::Damaged.into())
}

/// Walks the segments to the frame header, which carries the size, and on to the data; behind it the end must come.
pub(super) fn jpeg(file: &mut (impl Read + Seek)) -> Result<FileKind> {
    let length = file.seek(SeekFrom::End(0))?;
    let (mut at, mut is_sized) = (2, false);
    // Camera files have some dozens of segments; more means that somebody plays.
    for _ in 0..1_000 {
        if at + 4 > length {
            return Err(RefusedFile::CutShort.into());
        }
        let mut segment = [0; 9];
        file.seek(SeekFrom::Start(at))?;
        let read = read_some(file, &mut segment)?;
        let [0xFF, marker, high, low, _, h1, h0, w1, w0] = segment else {
            return Err(RefusedFile::Damaged.into());
        };
        match marker {
            // Fill bytes, and markers without a length.
            0xFF => {
                at += 1;
                continue;
            }
            0x01 | 0xD0..=0xD8 => {
                at += 2;
                continue;
            }
            // Start of frame; C4, C8 and CC in the same range are something else.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF if read == 9 => {
                sized(u16::from_be_bytes([w1, w0]).into(), u16::from_be_bytes([h1, h0]).into())?;
                is_sized = true;
            }
            // The picture's data. Inside it 0xFF is always followed by something else than the end's mark.
            0xDA if is_sized => {
                let is_whole = scan::occurs_after(file, at, b"\xff\xd9")?;
                return if is_whole { Ok(FileKind::Jpeg) } else { Err(RefusedFile::CutShort.into()) };
            }
            // Data, or the end, before any frame.
            0xD9 | 0xDA => return Err(RefusedFile::Damaged.into()),
            _ => {}
        }
        at += 2 + u64::from(u16::from_be_bytes([high, low]).max(2));
    }
    Err(RefusedFile::Damaged.into())
}

/// Fills as much of `into` as the file has.
fn read_some(file: &mut impl Read, into: &mut [u8]) -> std::io::Result<usize> {
    let mut got = 0;
    while got < into.len() {
        match file.read(&mut into[got..])? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

/// The brands of ISO 23008-12 that stand for HEVC pictures; `mif1` and `msf1` are what some telephones write first.
pub(super) fn heic(head: &[u8]) -> Result<FileKind> {
    match head.get(8..12) {
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => Ok(FileKind::Heic),
        _ => Err(RefusedFile::Unknown.into()),
    }
}

/// Refuses what has no size or too much of it, before anybody decodes it.
pub(super) fn sized(width: u32, height: u32) -> Result<()> {
    match u64::from(width) * u64::from(height) {
        0 => Err(RefusedFile::Damaged.into()),
        pixels if pixels > MOST_PIXELS => Err(RefusedFile::TooManyPixels.into()),
        _ => Ok(()),
    }
}

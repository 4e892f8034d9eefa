//! Pictures: their kind, and whether they would fill the memory of whoever opens them.

use super::{FileKind, RefusedFile, Result};
use std::io::{Read, Seek, SeekFrom};

/// An A0 map scanned at 300 dpi has 140 million pixels.
const MOST_PIXELS: u64 = 400_000_000;

pub(super) fn png(head: &[u8]) -> Result<FileKind> {
    // The header chunk must come first: length 13, `IHDR`, width, height.
    let number = |at: usize| head.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    match (head.get(12..16), number(16), number(20)) {
        (Some(b"IHDR"), Some(width), Some(height)) => sized(FileKind::Png, width, height),
        _ => Err(RefusedFile::Damaged.into()),
    }
}

/// Walks the segments to the frame header, which carries the size.
pub(super) fn jpeg(file: &mut (impl Read + Seek)) -> Result<FileKind> {
    let mut at = 2;
    // Camera files have some dozens of segments; more means that somebody plays.
    for _ in 0..1_000 {
        let mut segment = [0; 9];
        file.seek(SeekFrom::Start(at))?;
        let read = file.by_ref().take(9).read(&mut segment)?;
        let [0xFF, marker, high, low, _, h1, h0, w1, w0] = segment else {
            return Err(RefusedFile::Damaged.into());
        };
        match marker {
            // Fill bytes, and markers without a length.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            // Start of frame; C4, C8 and CC in the same range are something else.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF if read == 9 => {
                let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
                return sized(FileKind::Jpeg, width.into(), height.into());
            }
            // The picture's data, or its end, before any frame.
            0xD9 | 0xDA => return Err(RefusedFile::Damaged.into()),
            _ => at += 2 + u64::from(u16::from_be_bytes([high, low]).max(2)),
        }
    }
    Err(RefusedFile::Damaged.into())
}

/// The brands of ISO 23008-12 that stand for HEVC pictures; `mif1` and `msf1` are what some telephones write first.
pub(super) fn heic(head: &[u8]) -> Result<FileKind> {
    match head.get(8..12) {
        Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => Ok(FileKind::Heic),
        _ => Err(RefusedFile::Unknown.into()),
    }
}

fn sized(kind: FileKind, width: u32, height: u32) -> Result<FileKind> {
    match u64::from(width) * u64::from(height) {
        0 => Err(RefusedFile::Damaged.into()),
        pixels if pixels > MOST_PIXELS => Err(RefusedFile::TooMuchInside.into()),
        _ => Ok(kind),
    }
}

//! Looking for byte sequences in a file of any size.

use memchr::memmem;
use std::io::{self, Read, Seek, SeekFrom};

const WINDOW: usize = 64 * 1024;

/// Bytes that a window shares with the next one, so that no needle falls between two; needles and what
/// follows them are shorter.
pub(super) const OVERLAP: usize = 64;

/// Calls `look` with every window and the number of places in it that are new; a match that begins at or beyond
/// that number is seen again in the next window and must not be counted yet.
pub(super) fn windows(file: &mut (impl Read + Seek), look: impl FnMut(&[u8], usize)) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    windows_of(file, look)
}

/// The same over what can only be read on, such as something that is being unpacked.
pub(super) fn windows_of(file: &mut impl Read, mut look: impl FnMut(&[u8], usize)) -> io::Result<()> {
    let mut window = Vec::with_capacity(WINDOW + OVERLAP);
    loop {
        let read = file.by_ref().take(WINDOW as u64).read_to_end(&mut window)?;
        if read < WINDOW {
            look(&window, window.len());
            return Ok(());
        }
        let fresh = window.len() - OVERLAP;
        look(&window, fresh);
        window.drain(..fresh);
    }
}

/// Whether `needle` occurs at `start` or later.
pub(super) fn occurs_after(file: &mut (impl Read + Seek), start: u64, needle: &[u8]) -> io::Result<bool> {
    file.seek(SeekFrom::Start(start))?;
    let mut found = false;
    windows_of(file, |window, _| found = found || contains(window, needle))?;
    Ok(found)
}

/// Places where `needle` begins.
pub(super) fn places<'a>(haystack: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memmem::find_iter(haystack, needle)
}

/// Whether `needle` occurs.
pub(super) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    memmem::find(haystack, needle).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn a_needle_on_the_border_of_two_windows_is_counted_once() {
        for start in WINDOW - OVERLAP - 8..WINDOW + 8 {
            let mut bytes = vec![b'.'; 3 * WINDOW];
            bytes[start..start + 6].copy_from_slice(b"needle");
            let mut count = 0;
            windows(&mut Cursor::new(bytes), |window, fresh| {
                count += places(window, b"needle").filter(|at| *at < fresh).count();
            })
            .unwrap();
            assert_eq!(count, 1, "at {start}");
        }
    }
}

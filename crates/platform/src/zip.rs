//! A ZIP archive written as it goes out: files are stored as they are, so memory stays flat whatever the size. Papers are PDF and
//! pictures, which do not get smaller.

/// The pieces of an archive, in the order in which they go out: for each file [`begin`](Archive::begin), its bytes through
/// [`data`](Archive::data), [`end`](Archive::end); after the last one [`finish`](Archive::finish).
#[derive(Default)]
pub struct Archive {
    /// Bytes that went out.
    written: u64,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    at: u32,
    crc: Crc,
    size: u32,
}

/// The archive would be larger than the format's plain form can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the archive would be larger than 4 GiB or hold more than 65,535 files")]
pub struct TooLarge;

/// Size and checksum follow the data; names are UTF-8.
const FLAGS: u16 = 1 << 3 | 1 << 11;
const VERSION: u16 = 20;
/// 1 January 1980: the day of a paper stands in the list, not here.
const DAY: u16 = 0x0021;

fn put(out: &mut Vec<u8>, numbers: &[u16]) {
    for n in numbers {
        out.extend_from_slice(&n.to_le_bytes());
    }
}

fn put_long(out: &mut Vec<u8>, numbers: &[u32]) {
    for n in numbers {
        out.extend_from_slice(&n.to_le_bytes());
    }
}

impl Archive {
    fn went(&mut self, piece: Vec<u8>) -> Vec<u8> {
        self.written += piece.len() as u64;
        piece
    }

    /// The head of a file.
    pub fn begin(&mut self, name: &str) -> Result<Vec<u8>, TooLarge> {
        let at = u32::try_from(self.written).map_err(|_| TooLarge)?;
        let length = u16::try_from(name.len()).map_err(|_| TooLarge)?;
        if self.entries.len() >= usize::from(u16::MAX) {
            return Err(TooLarge);
        }
        self.entries.push(Entry { name: name.to_owned(), at, crc: Crc::default(), size: 0 });
        let mut out = b"PK\x03\x04".to_vec();
        put(&mut out, &[VERSION, FLAGS, 0, 0, DAY]);
        put_long(&mut out, &[0, 0, 0]);
        put(&mut out, &[length, 0]);
        out.extend_from_slice(name.as_bytes());
        Ok(self.went(out))
    }

    /// Counts bytes of the open file; they go out as they are.
    pub fn data(&mut self, bytes: &[u8]) -> Result<(), TooLarge> {
        self.written += bytes.len() as u64;
        let Some(entry) = self.entries.last_mut() else { return Ok(()) };
        let more = u32::try_from(bytes.len()).map_err(|_| TooLarge)?;
        entry.size = entry.size.checked_add(more).ok_or(TooLarge)?;
        entry.crc.add(bytes);
        Ok(())
    }

    /// What follows the bytes of a file.
    pub fn end(&mut self) -> Vec<u8> {
        let (crc, size) = self.entries.last().map_or((0, 0), |e| (e.crc.value(), e.size));
        let mut out = b"PK\x07\x08".to_vec();
        put_long(&mut out, &[crc, size, size]);
        self.went(out)
    }

    /// The list of files, which ends the archive.
    pub fn finish(self) -> Result<Vec<u8>, TooLarge> {
        let at = u32::try_from(self.written).map_err(|_| TooLarge)?;
        let mut out = Vec::new();
        for e in &self.entries {
            out.extend_from_slice(b"PK\x01\x02");
            put(&mut out, &[VERSION, VERSION, FLAGS, 0, 0, DAY]);
            put_long(&mut out, &[e.crc.value(), e.size, e.size]);
            put(&mut out, &[u16::try_from(e.name.len()).map_err(|_| TooLarge)?, 0, 0, 0, 0]);
            put_long(&mut out, &[0, e.at]);
            out.extend_from_slice(e.name.as_bytes());
        }
        let length = u32::try_from(out.len()).map_err(|_| TooLarge)?;
        let count = u16::try_from(self.entries.len()).map_err(|_| TooLarge)?;
        out.extend_from_slice(b"PK\x05\x06");
        put(&mut out, &[0, 0, count, count]);
        put_long(&mut out, &[length, at]);
        put(&mut out, &[0]);
        Ok(out)
    }
}

/// CRC-32 as ZIP has it.
struct Crc(u32);

impl Default for Crc {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut i = 0_u32;
    while i < 256 {
        let (mut value, mut bit) = (i, 0);
        while bit < 8 {
            value = if value & 1 == 1 { value >> 1 ^ 0xEDB8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[i as usize] = value;
        i += 1;
    }
    table
}

impl Crc {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 >> 8 ^ TABLE[((self.0 ^ u32::from(*byte)) & 0xFF) as usize];
        }
    }
    const fn value(&self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        let mut crc = Crc::default();
        crc.add(b"1234");
        crc.add(b"56789");
        assert_eq!(crc.value(), 0xCBF4_3926);
    }

    #[test]
    fn an_archive_names_each_file_with_its_place_size_and_checksum() {
        let mut archive = Archive::default();
        let mut out = archive.begin("giấy.txt").unwrap();
        out.extend_from_slice(b"123456789");
        archive.data(b"123456789").unwrap();
        out.extend(archive.end());
        let second = out.len();
        out.extend(archive.begin("b").unwrap());
        out.extend(archive.end());
        let list = out.len();
        out.extend(archive.finish().unwrap());
        assert_eq!(out.windows(2).filter(|pair| *pair == b"PK").count(), 7, "two heads, two ends, two lines, the end");
        let long = |at: usize| u32::from_le_bytes(out[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((long(list + 16), long(list + 20), long(list + 42)), (0xCBF4_3926, 9, 0));
        assert_eq!(&out[list + 46..list + 46 + "giấy.txt".len()], "giấy.txt".as_bytes());
        let line = list + 46 + "giấy.txt".len();
        assert_eq!(long(line + 42), second);
        assert_eq!(long(out.len() - 6), list);
    }
}

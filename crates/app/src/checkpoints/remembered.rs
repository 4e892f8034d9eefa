//! The newest check-point beside the data base: who puts back an older copy of the data base alone is found out.

use super::store::Row;
use std::{fmt, fs, io, path::Path, str::FromStr};

const FILE_NAME: &str = "checkpoint";

/// A check-point by its number and signature, `12:3f9a…`: what `verify` prints and somebody outside may keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    pub seq: i64,
    pub signature: String,
}

impl fmt::Display for Remembered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.signature)
    }
}

impl FromStr for Remembered {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (seq, signature) = text.trim().split_once(':')?;
            let is_hash = signature.len() == 64 && signature.bytes().all(|b| b.is_ascii_hexdigit());
            Some(Self { seq: seq.parse().ok()?, signature: signature.to_owned() }).filter(|_| is_hash)
        };
        read().ok_or_else(|| format!("{text:?} is no check-point; it looks like 12: and 64 hexadecimal digits"))
    }
}

/// Written whole or not at all.
pub fn write(data: &Path, row: &Row) -> io::Result<()> {
    let text = Remembered { seq: row.seq, signature: row.signature.clone() }.to_string();
    let draft = data.join(format!("{FILE_NAME}.new"));
    fs::write(&draft, text)?;
    fs::rename(draft, data.join(FILE_NAME))
}

/// What the folder remembers; nothing when no check-point was made from it.
pub fn remembered(data: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(data.join(FILE_NAME)) {
        Ok(text) => Ok(Some(text)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_point_is_read_as_it_is_written_and_nonsense_is_refused() {
        let text = format!("12:{}", "a".repeat(64));
        assert_eq!(text.parse::<Remembered>().unwrap().to_string(), text);
        for wrong in ["", "12", "12:", "x:aa", &format!("12:{}", "g".repeat(64))] {
            assert!(wrong.parse::<Remembered>().is_err(), "{wrong}");
        }
    }
}

//! The business of a one-stop centre, pure: no SQL, HTTP, async, files, clock or randomness of its own.
//!
//! Time and identifiers come in as arguments; every decision is a function from facts to events or a [`refusal::Refusal`].
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod accounts;
pub mod assistant;
pub mod catalogue;
pub mod courier;
pub mod deadline;
pub mod dossier;
pub mod encoding;
pub mod enterprises;
pub mod forms;
pub mod id;
pub mod interlink;
mod keyed;
pub mod lists;
pub mod mandates;
pub mod national;
pub mod notices;
pub mod people;
pub mod personal_data;
pub mod profile;
pub mod text;
pub mod time;
pub mod vault;

/// Lower-case hexadecimal, as digests are written everywhere.
pub fn hex(bytes: &[u8]) -> String {
    // By a table: several digests are written for every command, and a formatter takes a microsecond for each.
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut out = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        out.push(DIGITS[usize::from(b >> 4)]);
        out.push(DIGITS[usize::from(b & 15)]);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_is_written_with_two_small_digits() {
        for b in 0..=255_u8 {
            assert_eq!(super::hex(&[b, 7]), format!("{b:02x}07"));
        }
        assert_eq!(super::hex(&[]), "");
    }
}

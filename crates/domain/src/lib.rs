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
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

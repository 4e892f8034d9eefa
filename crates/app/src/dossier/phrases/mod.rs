//! Wordings of opinions that an agency uses again: written once, put into an opinion by name, shared by the colleagues.

mod send;
mod store;

pub use send::{insert, keep, known, remove};
pub use store::Phrase;

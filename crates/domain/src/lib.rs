//! The business of a one-stop centre, pure: no SQL, HTTP, async, files, clock or randomness of its own.
//!
//! Time and identifiers come in as arguments; every decision is a function from facts to events or a [`refusal::Refusal`].
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod id;
pub mod text;
pub mod time;

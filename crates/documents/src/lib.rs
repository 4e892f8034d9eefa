#![forbid(unsafe_code)]
#![warn(missing_docs)]
//! The slips of a one-stop centre as PDF: tagged, archivable (PDF/A-2a, PDF/UA-1), the same bytes for the same data.
//!
//! A folder per form: `mod.rs` says what the form holds, `form.typ` how it looks, `sample.json` what it is filled with in tests.
//! The application freezes a [`Form`] as JSON when the slip is issued and calls [`render`] when someone asks for it.

mod clean;
mod codes;
mod control_slip;
mod form;
mod form_set;
mod handover;
mod parts;
mod receipt;
mod refusal;
mod typesetter;
mod words;

pub use control_slip::{ControlSlip, ControlStep, Outcome};
pub use form::{Form, RenderError, render};
pub use form_set::{FormKind, FormSet};
pub use handover::{Channel, Handover, PapersShown, Receiver, ReturnedResult};
pub use parts::{BookEntry, Codes, Letterhead, Paper, Party};
pub use receipt::{Component, Fee, Lookup, Receipt, TimeLimit};
pub use refusal::Refusal;
pub use words::{money, money_in_words, number_in_words};

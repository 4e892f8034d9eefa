//! Intake at the counter: one page from the first question to the receipt (INT-01 … INT-03, INT-10, INT-15).

mod checklist;
pub mod fees;
mod known;
mod number;
pub mod offer;
mod page;
mod past;
mod register;
mod typed;

pub use number::check as check_number;
pub use page::{send, show};
pub use past::page::show as past;

//! The telephone as scanner: a QR code on the counter's screen leads to an address for one sending (INT-02).

mod link;
mod page;
mod store;

pub use link::{Link, arrived, open};
pub use page::{ask, look, send, show};

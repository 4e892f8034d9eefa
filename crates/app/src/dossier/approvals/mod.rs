//! What waits for the leader's decision, phone first: cards with who opined and what is risky, many in one confirmation
//! (FLW-05).

mod card;
mod page;
mod seen;
mod store;

pub use card::{first_of_its_kind, risks};
pub use page::{approves, confirm, show};
pub use seen::{Seen, note};

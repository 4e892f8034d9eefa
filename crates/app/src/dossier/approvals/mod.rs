//! What waits for the leader's decision, phone first: cards with who opined and what is risky, many in one confirmation
//! (FLW-05).

mod card;
mod page;

pub use card::risks;
pub use page::{approves, confirm, show};

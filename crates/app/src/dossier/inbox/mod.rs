//! The work list: what I hold and what waits for somebody like me, by working time left.

mod gather;
mod lines;
mod page;

pub use gather::{Part, after, gather};
pub use lines::{Line, lines};
pub use page::show;

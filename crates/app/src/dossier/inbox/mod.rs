//! The work list: what I hold and what waits for somebody like me, by working time left (FLW-07, FLW-13).

mod counts;
mod filter;
mod gather;
mod lines;
mod live;
mod memory;
mod onward;
mod page;
mod search;
pub mod store;
mod view;

pub use filter::{Filter, place};
pub use gather::{FIRST, after, midnight, page as page_of, read_after};
pub use lines::{Line, lines};
pub use live::follow;
pub use memory::{drop_view, save_view};
pub use onward::{Onward, onward};
pub use page::show;

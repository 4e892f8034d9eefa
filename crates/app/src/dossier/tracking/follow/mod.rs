mod choose;
pub mod page;
mod result;
pub mod slip;

pub use choose::choose;
pub use result::result;

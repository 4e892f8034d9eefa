mod choose;
pub mod page;
pub mod slip;

pub use choose::choose;

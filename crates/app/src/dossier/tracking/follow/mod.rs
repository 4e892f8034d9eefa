pub mod page;
pub mod slip;

mod findings;
pub mod page;

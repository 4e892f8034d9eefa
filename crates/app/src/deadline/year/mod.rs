mod months;
pub mod page;

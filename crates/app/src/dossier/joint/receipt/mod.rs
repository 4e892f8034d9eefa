pub mod group;
mod make;
pub mod page;

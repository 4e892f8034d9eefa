mod file;
pub mod page;

pub use file::import;

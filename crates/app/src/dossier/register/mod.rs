//! The register of dossiers (sổ theo dõi): as a page, on paper and as a table, by book and period.

mod entries;
mod page;
mod print;
pub mod store;

pub use page::show;
pub use print::{pdf, table};
pub use store::Entry;

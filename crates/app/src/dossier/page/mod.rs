//! The dossier page.

mod detail;
#[expect(clippy::module_inception, reason = "the handler of the screen, as in every folder of a screen")]
mod page;
mod path;

pub use detail::Detail;
pub use page::{Arrival, noting, peek, show};

//! The catalogue of procedures: import, public pages, API (CAT-01, CAT-02).

pub mod store;
mod versions;

pub use store::Listed;
pub use versions::{Governing, Versions};

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}

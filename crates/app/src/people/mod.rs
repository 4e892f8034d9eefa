//! Agencies, units, centres, counters and officers (ADM-01, ADM-04).

mod import;
mod seed;
pub mod store;

pub use import::{What, import};
pub use seed::{MAIN_UNIT, seed, seed_areas};

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}

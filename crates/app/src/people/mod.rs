//! Agencies, units, centres, counters and officers (ADM-01, ADM-04).

pub mod store;

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}

//! The working calendar and the question "when is it due" (CLK-01 … CLK-03).

pub mod store;

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}

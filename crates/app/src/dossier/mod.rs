//! The dossier slice: one way through for every change, and the pages and API built on it.

pub mod api;
mod apply;
pub mod parse;
pub mod slips;
pub mod store;
pub mod tracking;
pub mod view;
pub mod why;

pub use apply::{Done, Order, Target, apply, execute, people_digest};

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new().merge(api::routes()).merge(tracking::routes()).merge(why::routes())
}

//! Accounts, sessions and keys (ADM-01 … ADM-03).

mod signed_in;
pub mod store;

pub use signed_in::{KeyHolder, KeyScope, SignedIn};

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
}

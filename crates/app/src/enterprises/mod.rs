//! The register of enterprises and household businesses, built from dossiers (STO-03): filled in the unit that accepts a dossier, read
//! by officers and by other systems. Each entry says from which dossiers it came.

pub mod api;
mod keep;
pub mod store;

// A screen each, the template beside it.
mod list {
    pub mod page;
}
mod one {
    pub mod page;
}

pub use keep::{fill, keep};

use crate::app::App;
use axum::{Router, routing::get};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/doanh-nghiep", get(list::page::show).post(list::page::send))
        .route("/can-bo/doanh-nghiep/{source}", get(one::page::show))
        .route("/api/v1/enterprises", get(api::list_enterprises))
        .route("/api/v1/enterprises/{id}", get(api::read_enterprise))
}

//! Questions about procedures in people's own words (LNK-05): answered with what the catalogue says and where it says it. An
//! outside model, where one is configured, only puts into words what was found.

mod model;
mod passages;

mod ask {
    pub mod page;
}

use crate::app::App;
use axum::{Router, routing::get};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/tro-ly", get(ask::page::show).post(ask::page::send))
}

//! "Vì sao có ngày này": the clock ledger of a dossier in words, for everybody who knows its code, and by API.

pub mod api;
mod page;
mod reason;

use crate::app::App;
use axum::{Router, routing::get};

use api::read_clock;
pub use reason::for_anybody;

/// The routes of this screen.
pub fn routes() -> Router<App> {
    Router::new().route("/vi-sao/{code}", get(page::show)).route("/api/v1/dossiers/{code}/clock", get(read_clock))
}

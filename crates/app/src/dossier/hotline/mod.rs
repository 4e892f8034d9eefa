//! The hotline: an operator finds a dossier while the caller speaks, and tells what the tracking page tells (TRK-03, LNK-06).

mod call;
mod find;

use crate::{accounts::SignedIn, app::App, error::AppError};
use axum::{Router, routing::get};
use domain::accounts::Role;

/// The routes of these screens.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/tong-dai", get(find::page::show).post(find::page::send))
        .route("/can-bo/tong-dai/{code}", get(call::page::show).post(call::page::prove))
}

fn needs_operator(me: &SignedIn) -> Result<(), AppError> {
    if me.who.is(Role::HotlineOperator) { Ok(()) } else { Err(AppError::RightMissing("hotline_operator")) }
}

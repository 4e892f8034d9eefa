//! All routes on one page: each slice lists its own in its `mod.rs`, here they meet. A handler of the API also gets a line in
//! `openapi.rs`.

use crate::{
    accounts, app::App, assistant, attention, catalogue, courier, deadline, dossier, enterprises, forms, home, http,
    interlink, lists, mandates, notices, online, openapi, people, personal_data, reads, vault,
};
use axum::{Router, middleware::from_fn_with_state, routing::get};

/// What the public port serves.
pub fn routes(app: &App) -> Router {
    let all = Router::new()
        .merge(home::routes())
        .merge(accounts::routes())
        .merge(people::routes())
        .merge(catalogue::routes())
        .merge(assistant::routes())
        .merge(deadline::routes())
        .merge(lists::routes())
        .merge(forms::routes())
        .merge(dossier::routes())
        .merge(attention::routes())
        .merge(interlink::routes())
        .merge(courier::routes())
        .merge(notices::routes())
        .merge(online::routes())
        .merge(personal_data::routes())
        .merge(reads::routes())
        .merge(vault::routes())
        .merge(enterprises::routes())
        .merge(mandates::routes())
        .route("/api/v1/openapi.json", get(openapi::document))
        .route("/assets/{*path}", get(http::embedded))
        .method_not_allowed_fallback(http::other_method)
        .layer(from_fn_with_state(app.clone(), accounts::keep_typed));
    http::guard(app, all).with_state(app.clone())
}

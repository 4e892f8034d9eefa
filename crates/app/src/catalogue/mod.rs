//! The catalogue of procedures: import, public pages, API (CAT-01, CAT-02).

mod admin;
pub mod api;
pub mod api_versions;
mod courses;
pub mod excel;
pub mod facets;
mod find;
pub mod guidance;
pub mod import;
mod list;
pub mod listing;
mod not_in_force;
pub mod pace;
pub mod places;
mod procedure;
pub mod process;
mod process_of;
pub mod publish;
pub mod questions;
pub mod store;
pub mod summary;
mod unclear;
mod versions;
mod view;
mod words;

use crate::app::App;
use axum::{Router, routing::get};

use api::{get_procedure, list_procedures};
pub use find::{Count, Question, find};
pub use import::{embedded, import_procedures, import_with};
pub use not_in_force::not_in_force;
pub use store::Listed;
pub use summary::{handled_by, how_long, how_much, limit_words};
pub use versions::{Governing, Versions};
pub use view::{ProcedureItem, ProcedureList, ProcedureView};
pub use words::{amount, channel_name, copies, fee_line, online};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/thu-tuc", get(list::page::show))
        .route("/thu-tuc/goi-y", get(list::page::suggest))
        .route("/thu-tuc/{code}", get(procedure::page::show))
        .route("/api/v1/procedures", get(list_procedures))
        .route("/thu-tuc/{code}/bieu-mau/{paper}", get(admin::form_file))
        .route("/api/v1/procedures/{code}", get(get_procedure))
        .route(
            "/api/v1/procedures/{code}/versions",
            get(api_versions::list_versions).post(api_versions::publish_version),
        )
        .merge(admin::routes())
        .merge(process::routes())
        .merge(guidance::routes())
        .merge(unclear::routes())
}

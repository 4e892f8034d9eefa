//! Agencies, units, centres, counters and officers (ADM-01, ADM-04).

pub mod absences;
mod admin;
mod agencies;
mod agency;
pub mod api;
mod centre;
mod centres;
mod changed;
mod import;
mod officer;
mod officers;
mod seed;
pub mod store;
mod trace;

pub use admin::Administrator;
pub use import::{What, import, import_by, is_identifier, table};
pub use seed::{MAIN_UNIT, seed, seed_areas};

use axum::routing::get;

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
        .route("/can-bo/quan-tri", get(officers::page::show))
        .route("/can-bo/quan-tri/can-bo/them", get(officers::page::form).post(officers::page::add))
        .route("/can-bo/quan-tri/can-bo/{id}", get(officer::page::show).post(officer::page::send))
        .route("/can-bo/quan-tri/co-quan", get(agencies::page::show).post(agencies::page::add))
        .route("/can-bo/quan-tri/co-quan/{identifier}", get(agency::page::show).post(agency::page::send))
        .route("/can-bo/quan-tri/trung-tam", get(centres::page::show).post(centres::page::add))
        .route("/can-bo/quan-tri/trung-tam/{code}", get(centre::page::show).post(centre::page::send))
        .route("/can-bo/quan-tri/nhat-ky", get(trace::page::show))
        .route("/api/v1/agencies", get(api::list_agencies))
        .route("/api/v1/centres", get(api::list_centres))
        .merge(absences::routes())
}

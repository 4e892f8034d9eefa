//! Processes of a procedure (CAT-04): drawn, checked, tried out, compared, sent with their decision, published, exported.

mod checked;
mod drawing;
mod edit;
pub mod sending;
pub mod store;
mod succession;
pub mod words;

mod compare {
    pub mod page;
}
mod design {
    pub mod act;
    pub mod page;
}
mod list {
    pub mod page;
}
mod step {
    pub mod page;
    mod typed;
}
mod try_out {
    pub mod page;
}

use crate::app::App;
use axum::{Router, routing::get};

pub use design::act::day;
pub use drawing::{Drawing, Position};
pub use succession::{Line as TouchedLine, Touched, enlist, seen, touched};
pub use words as process_words;

/// The routes of these screens.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/quan-tri/quy-trinh", get(list::page::show).post(list::page::draw))
        .route("/can-bo/quan-tri/quy-trinh/ke-thua", get(succession::page::show).post(succession::page::send))
        .route("/can-bo/quan-tri/quy-trinh/{id}", get(design::page::show).post(design::page::send))
        .route("/can-bo/quan-tri/quy-trinh/{id}/buoc/{step}", get(step::page::show).post(step::page::send))
        .route("/can-bo/quan-tri/quy-trinh/{id}/thu", get(try_out::page::show))
        .route("/can-bo/quan-tri/quy-trinh/{id}/so-sanh", get(compare::page::show))
        .route("/can-bo/quan-tri/quy-trinh/{id}/quy-trinh.bpmn", get(design::page::bpmn))
}

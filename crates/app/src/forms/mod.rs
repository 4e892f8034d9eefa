//! E-forms (CAT-06): forms in force in memory, the wizard's page of questions, answers on officers' pages and on paper, and the
//! pages on which administrators make, try and publish forms. And end-to-end tests of online services (CAT-10).

mod admin;
mod answers;
mod paper;
mod print;
mod published;
mod schema;
mod seed;
pub mod service;
pub mod store;
mod view;

// A screen each: GET and POST in one file, the template beside it.
mod cases {
    pub mod page;
}
mod compare {
    pub mod page;
}
mod design {
    pub mod act;
    pub mod page;
}
mod field {
    pub mod page;
    mod typed;
}
mod list {
    pub mod page;
}
mod preview {
    pub mod page;
}

pub use answers::{Filled, PREFIX, Shown, judged, of_subject, taken};
pub use print::{Around, filled, keep};
pub use published::{Forms, Published};
pub use seed::{carried, seed};
pub use view::{Control, Group, Item, Part, Sheet, Shows, sheet, typed_of, with_row, without_row};

use crate::app::App;
use axum::{
    Router,
    routing::{get, post},
};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/thu-tuc/{code}/to-khai.pdf", get(paper::empty))
        .route("/thu-tuc/{code}/to-khai.schema.json", get(paper::schema))
        .route("/can-bo/ho-so/{key}/to-khai.pdf", get(paper::of_dossier))
        .route("/can-bo/quan-tri/bieu-mau", get(list::page::show).post(list::page::send))
        .route("/can-bo/quan-tri/bieu-mau/{id}", get(design::page::show).post(design::page::send))
        .route("/can-bo/quan-tri/bieu-mau/{id}/tai-ve", get(design::page::download))
        .route("/can-bo/quan-tri/bieu-mau/{id}/in.pdf", get(design::page::print))
        .route("/can-bo/quan-tri/bieu-mau/{id}/muc", get(field::page::show).post(field::page::send))
        .route("/can-bo/quan-tri/bieu-mau/{id}/xem-thu", get(preview::page::show).post(preview::page::send))
        .route("/can-bo/quan-tri/bieu-mau/{id}/ca-thu", post(cases::page::drop))
        .route("/can-bo/quan-tri/bieu-mau/{id}/so-sanh", get(compare::page::show))
}

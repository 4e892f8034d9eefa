//! Keeping the catalogue (CAT-01, CAT-02, CAT-05): editing, publishing, importing.

mod download;
mod draft;
mod keeper;
mod store;
mod values;

// A screen each: GET and POST in one file, the template beside it.
mod card {
    pub mod page;
}
mod cases {
    pub mod page;
}
mod compare {
    pub mod page;
}
mod edit {
    pub mod page;
    mod read;
}
mod imports {
    pub mod page;
}
mod list {
    pub mod page;
}
mod paper {
    pub mod page;
}
mod publish {
    pub mod page;
}
mod report {
    pub mod page;
}
mod ways {
    pub mod page;
}

pub use download::form_file;

use crate::app::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// The routes of the catalogue's administration.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/quan-tri/thu-tuc", get(list::page::show).post(list::page::add))
        .route("/can-bo/quan-tri/thu-tuc/xuat", get(download::spreadsheet))
        // The size of a file is limited by the configuration while it streams in.
        .route(
            "/can-bo/quan-tri/thu-tuc/nhap",
            get(imports::page::show).post(imports::page::send).layer(DefaultBodyLimit::disable()),
        )
        .route("/can-bo/quan-tri/thu-tuc/nhap/{id}", get(report::page::show).post(report::page::send))
        .route("/can-bo/quan-tri/thu-tuc/{code}", get(card::page::show).post(card::page::send))
        .route("/can-bo/quan-tri/thu-tuc/{code}/so-sanh", get(compare::page::show))
        .route("/can-bo/quan-tri/thu-tuc/{code}/ban-nhap", post(card::page::draft))
        .route("/can-bo/quan-tri/thu-tuc/{code}/sua", get(edit::page::show).post(edit::page::send))
        .route("/can-bo/quan-tri/thu-tuc/{code}/cach-nop", get(ways::page::show).post(ways::page::send))
        .route("/can-bo/quan-tri/thu-tuc/{code}/truong-hop", get(cases::page::show).post(cases::page::send))
        .route(
            "/can-bo/quan-tri/thu-tuc/{code}/giay-to/{case}/{paper}",
            get(paper::page::show).post(paper::page::send).layer(DefaultBodyLimit::disable()),
        )
        .route("/can-bo/quan-tri/thu-tuc/{code}/cong-bo", get(publish::page::show).post(publish::page::send))
}

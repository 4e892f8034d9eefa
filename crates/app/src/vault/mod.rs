//! The citizen's e-data store (STO-01, STO-02): filled by dossiers and by its owner, seen and shared by the owner, used again for
//! other dossiers (INT-14), looked into by officers with a purpose that the owner reads.

mod bundle;
mod fill;
mod holder;
mod keep;
mod looks;
mod offers;
mod seals;
pub mod store;
mod words;

// A screen each: GET and POST in one file, the template beside it.
mod add {
    pub mod page;
}
mod describe {
    pub mod page;
}
mod list {
    pub mod page;
}
mod look_up {
    pub mod page;
}
mod looked {
    pub mod page;
}
mod paper {
    pub mod act;
    pub mod page;
}
mod seen {
    pub mod page;
}
mod shared {
    pub mod page;
}

pub use fill::fill;
pub use holder::{Holder, Proved};
pub use keep::keep;
pub use look_up::page::{number as typed_number, purpose as typed_purpose};
pub use looks::{note, sweep};
pub use offers::{Offer, Offers, offers};

use crate::app::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    // A file streams in; it is limited by the configuration.
    let with_files = Router::new()
        .route("/cong-dan/kho/them", get(add::page::show).post(add::page::send))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .route("/cong-dan/kho", get(list::page::show))
        .route("/cong-dan/kho/ai-da-xem", get(seen::page::show))
        .route("/cong-dan/kho/tai-het", get(bundle::download))
        .route("/cong-dan/kho/{paper}", get(paper::page::show))
        .route("/cong-dan/kho/{paper}/tep/{sha256}", get(paper::act::file))
        .route("/cong-dan/kho/{paper}/dung-lai", post(paper::act::consent))
        .route("/cong-dan/kho/{paper}/chia-se", post(paper::act::share))
        .route("/cong-dan/kho/{paper}/chia-se/{share}/thoi", post(paper::act::unshare))
        .route("/cong-dan/kho/{paper}/bo", post(paper::act::take_away))
        .route("/kho/{link}", get(shared::page::show))
        .route("/kho/{link}/tep/{sha256}", get(shared::page::file))
        .route("/can-bo/kho", get(look_up::page::show).post(look_up::page::send))
        .route("/can-bo/kho/{paper}/tep/{sha256}", get(look_up::page::file))
        .route("/can-bo/ho-so/{key}/so-hoa", get(describe::page::show).post(describe::page::send))
        .route("/can-bo/nhat-ky-kho", get(looked::page::show))
        .merge(with_files)
}

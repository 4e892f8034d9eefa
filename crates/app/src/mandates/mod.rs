//! Business accounts and proxies (ADM-03, INT-10): a representative confirmed at a counter, members whom the representative names, and
//! proxies whom a person names, each from when until when. A session acts for one principal at a time; whoever acts stands on the
//! dossier as its proxy, and what they did is told to the principal and to officers.

mod acting;
mod give;
pub mod store;

// A screen each: GET and POST in one file, the template beside it.
mod list {
    pub mod page;
}
mod mine {
    pub mod act;
    pub mod page;
}
mod one {
    pub mod page;
}

pub use acting::{Acting, DoneBy, acting, acting_in, bind, done_by, note};
pub use store::What;

use crate::app::App;
use axum::{
    Router,
    routing::{get, post},
};

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/cong-dan/uy-quyen", get(mine::page::show).post(mine::page::send))
        .route("/cong-dan/uy-quyen/thoi", post(mine::act::stop))
        .route("/cong-dan/uy-quyen/{id}/lam-thay", post(mine::act::begin))
        .route("/cong-dan/uy-quyen/{id}/cham-dut", post(mine::act::end))
        .route("/can-bo/uy-quyen", get(list::page::show))
        .route("/can-bo/uy-quyen/{id}", get(one::page::show).post(one::page::send))
}

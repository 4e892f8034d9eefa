//! What other agencies do for a dossier: consultation, verification, the parts of an interlinked procedure (ILK-01 … ILK-05,
//! FLW-03). The rules stand in `domain::interlink`; here are its rows, its slips, its pages and its views.

mod ask {
    pub mod page;
}
mod branches {
    pub mod page;
}
mod appoint {
    pub mod page;
}
mod involve {
    pub mod page;
}
mod verify {
    pub mod page;
}
mod follow;
pub mod input;
mod lines;
mod slips;
pub mod store;
mod view;
mod visits;

pub use follow::{expected, follow, number};
pub use lines::{Line, lines, parts, who_does, who_is_asked};
pub use view::BranchesView;
pub use visits::{Appointed, appointed};

use crate::{app::App, dossier::step};
use axum::{Router, routing::get};

/// The routes of this slice; its doors of the API stand with the dossier's.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/ho-so/{key}/lay-y-kien", step::<ask::page::Page>())
        .route("/can-bo/ho-so/{key}/xac-minh", step::<verify::page::Page>())
        .route("/can-bo/ho-so/{key}/hen-kiem-tra", step::<appoint::page::Page>())
        .route("/can-bo/ho-so/{key}/lien-thong", step::<involve::page::Page>())
        .route("/can-bo/ho-so/{key}/phoi-hop", get(branches::page::show).post(branches::page::send))
}

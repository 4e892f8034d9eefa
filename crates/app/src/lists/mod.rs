//! Shared lists that the Centre keeps (CAT-07): synonyms of the search, occasions of life, agencies and areas through time,
//! the plain lists of the country, and what hangs posted in the hall (CAT-09).

mod agencies;
pub mod api;
mod areas;
mod change;
pub mod events;
mod history;
mod index;
mod keeper;
mod occasion;
mod occasions;
mod plain;
mod postings;
mod renamed {
    pub mod page;
}
mod seed;
mod sheet;
pub mod store;
mod synonyms;

pub use agencies::record as record_agency_change;
pub use areas::{FormerCommune, Renamed, former, former_communes, named_in};
pub use change::subject;
pub use seed::seed;
pub use sheet::{Wanted, file as spreadsheet};
pub use synonyms::import as import_synonyms;

use axum::routing::{get, post};

/// The routes of this slice.
pub fn routes() -> axum::Router<crate::app::App> {
    axum::Router::new()
        .route("/dia-ban", get(renamed::page::show))
        .route("/dia-ban/ten-cu", post(renamed::page::named))
        .route("/can-bo/quan-tri/danh-muc", get(index::page::show).post(index::page::send))
        .route("/can-bo/quan-tri/danh-muc/tu-dong-nghia", get(synonyms::page::show).post(synonyms::page::send))
        .route("/can-bo/quan-tri/danh-muc/tu-dong-nghia/tai-ve", get(synonyms::page::export))
        .route("/can-bo/quan-tri/danh-muc/tu-dong-nghia/nhap", post(synonyms::page::import))
        .route("/can-bo/quan-tri/danh-muc/viec-doi", get(occasions::page::show))
        .route("/can-bo/quan-tri/danh-muc/viec-doi/{key}", get(occasion::page::show).post(occasion::page::send))
        .route("/can-bo/quan-tri/danh-muc/co-quan", get(agencies::page::show).post(agencies::page::send))
        .route("/can-bo/quan-tri/danh-muc/co-quan/tai-ve", get(agencies::files::export))
        .route("/can-bo/quan-tri/danh-muc/co-quan/nhap", post(agencies::files::import))
        .route("/can-bo/quan-tri/danh-muc/dia-ban", get(areas::page::show))
        .route("/can-bo/quan-tri/danh-muc/dia-ban/tai-ve", get(areas::page::export))
        .route("/can-bo/quan-tri/danh-muc/dia-ban/nhap", post(areas::page::import))
        .route("/can-bo/quan-tri/danh-muc/niem-yet", get(postings::page::show).post(postings::page::send))
        .route("/can-bo/quan-tri/danh-muc/niem-yet/to.pdf", get(postings::page::print))
        .route("/can-bo/quan-tri/danh-muc/lich-su/{list}", get(history::page::show))
        .route("/can-bo/quan-tri/danh-muc/{list}", get(plain::page::show).post(plain::page::send))
        .route("/can-bo/quan-tri/danh-muc/{list}/tai-ve", get(plain::page::export))
        .route("/can-bo/quan-tri/danh-muc/{list}/nhap", post(plain::page::import))
        .route("/api/v1/lists/{list}", get(api::read_list))
}

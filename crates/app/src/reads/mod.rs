//! Who saw whose personal data (SEC-01, STO-02): written down by whoever shows it, read by supervisors and by the person
//! whose data it is.

mod book;
mod list {
    pub mod page;
}
mod store;

pub use book::{Book, flush, note};
pub use store::{Told, of_dossier};

use crate::{
    app::App,
    error::AppError,
    worker::{CHUNK, in_chunks},
};
use axum::{Router, routing::get};
use platform::ids::first_id_at;

/// The routes of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/can-bo/nhat-ky-xem", get(list::page::show))
}

const DAY_MS: i64 = 86_400_000;
/// Forgets what is older than the configuration keeps it.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let before = first_id_at(app.machine.now() - i64::from(app.config.privacy.keep_reads_days) * DAY_MS);
    in_chunks(app, move |unit| Ok(store::sweep(unit, before, CHUNK)?)).await
}

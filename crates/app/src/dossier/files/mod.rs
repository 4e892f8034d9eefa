//! Files of dossiers: taken in by content, handed out only with the dossier they belong to (INT-02, SEC-01).

pub mod api;
mod download;
mod refused;
mod sent;
mod upload;

use api::{get_file, upload_file};
pub use download::{download, hand_over};
pub use refused::refused;
pub use sent::{Attached, Sent, kept, read};
pub use upload::{Faulty, accept, not_put, take_in};

use crate::{app::App, error::FieldError};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

/// The place of a signature among the files of a dossier; it is no paper of anybody's.
pub const SIGNATURE: &str = "signature";

/// The routes of files.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/ho-so/{key}/tep/{sha256}", get(download))
        .route("/api/v1/dossiers/{code}/files/{sha256}", get(get_file))
        // The size of each file is limited by the configuration while it streams in.
        .route("/api/v1/files", post(upload_file).layer(DefaultBodyLimit::disable()))
}

/// A file more than are taken in one place: named, so that nobody thinks that it arrived.
pub fn one_too_many(field: &str, name: &str, most: usize) -> FieldError {
    let vi =
        format!("{name}: tệp này chưa được nhận vì đã đủ {most} tệp. Xin ghép các trang vào một tệp PDF rồi gửi lại.");
    let en =
        format!("{name}: not taken, because {most} files are here already. Put the pages into one PDF and send it.");
    FieldError::new(field, "files.too_many", vi, en)
}

/// How large a file may be, in words: whole mebibytes, which people know as MB, so that nobody is told `52,4 MB`.
pub fn limit_text(max_bytes: u64) -> String {
    const MEBI: u64 = 1 << 20;
    if max_bytes < MEBI {
        size_text(i64::try_from(max_bytes).unwrap_or(i64::MAX))
    } else {
        format!("{} MB", max_bytes / MEBI)
    }
}

/// `1,2 MB`, `512 kB`.
pub fn size_text(bytes: i64) -> String {
    if bytes < 1_000_000 {
        return format!("{} kB", (bytes / 1000).max(1));
    }
    let tenths = bytes / 100_000;
    format!("{},{} MB", tenths / 10, tenths % 10)
}

//! A file that comes in pieces of a mebibyte: each is named by where it begins and proved by its hash, lies on disk before it is
//! acknowledged, and is never sent twice. A broken line, a reload and a restart of the server cost the piece that was under way.

mod begin;
mod piece;
pub mod store;

pub use begin::{for_draft, for_supplement};
pub use piece::{receive, state};

use crate::{app::App, error::AppError, messages::Lang};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Bytes of a piece; the last one may be shorter.
pub const PIECE: i64 = 1024 * 1024;

/// How far a file has come.
#[derive(Debug, Serialize)]
pub struct Progress {
    /// A string: it exceeds what a script can count.
    pub id: String,
    /// Where the next piece begins.
    pub offset: i64,
    pub size: i64,
    pub piece: i64,
    /// It came whole and was taken in.
    pub done: bool,
}

impl From<&store::Upload> for Progress {
    fn from(u: &store::Upload) -> Self {
        Self { id: u.id.to_string(), offset: u.received, size: u.size, piece: PIECE, done: u.is_done }
    }
}

fn answer(status: StatusCode, upload: &store::Upload) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(Progress::from(upload))).into_response()
}

/// A line of the page: what has come of a file whose sending broke off.
pub struct Unfinished {
    pub place: String,
    pub name: String,
    pub received: String,
    pub size: String,
}

/// What has not come whole for a draft.
pub async fn unfinished(app: &App, contact: &str, draft: i64) -> Result<Vec<Unfinished>, AppError> {
    let contact = contact.to_owned();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::unfinished(q, &contact, draft, 20)?)).await?;
    let text = crate::dossier::files::size_text;
    let line =
        |u: store::Upload| Unfinished { received: text(u.received), size: text(u.size), place: u.place, name: u.name };
    Ok(found.into_iter().map(line).collect())
}

/// What a script shows beside the field: the sentence alone.
fn refusal(lang: Lang, e: &crate::error::FieldError) -> Response {
    #[derive(Serialize)]
    struct Refused<'a> {
        message: &'a str,
    }
    (StatusCode::UNPROCESSABLE_ENTITY, Json(Refused { message: e.words(&lang) })).into_response()
}

//! `PUT /tai-len/{id}?tu=N`: one piece, proved by its `Piece-SHA256`; the last one closes the file.

use super::{PIECE, answer, refusal, store};
use crate::{
    app::App,
    dossier::{
        files::{self, Faulty},
        store::{self as dossiers, FileRow},
    },
    error::AppError,
    http::ApiError,
    online::{self, Citizen, photos},
};
use axum::{
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use futures_util::{
    StreamExt, TryStreamExt,
    stream::{self, BoxStream},
};
use platform::blobs::{Blob, Blobs, PutError, Sha256Hex};
use std::{collections::BTreeMap, io};

async fn find(app: &App, me: &Citizen, id: &str) -> Result<store::Upload, AppError> {
    let id: i64 = id.parse().map_err(|_| AppError::NotFound)?;
    let contact = me.key.clone();
    let read = move |q: &mut platform::db::Reader| Ok::<_, AppError>(store::find(q, &contact, id)?);
    app.db.read(read).await?.ok_or(AppError::NotFound)
}

/// `GET /tai-len/{id}`: where to go on.
pub async fn state(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, &find(&app, &me, &id).await?))
}

/// One piece. One that begins elsewhere, or came broken, changes nothing and is told where to go on.
pub async fn receive(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let upload = find(&app, &me, &id).await?;
    let at: i64 = query.get("tu").and_then(|n| n.parse().ok()).unwrap_or(-1);
    let is_whole = upload.received == upload.size;
    let expected = PIECE.min(upload.size - upload.received);
    let is_other = !is_whole && length_said(&headers).is_some_and(|length| length != expected);
    if upload.is_done || at != upload.received || is_other {
        return Ok(answer(StatusCode::CONFLICT, &upload));
    }
    if is_whole {
        // The last piece came, and then the server stopped before it could look into the file.
        return Ok(close(&app, &me, upload).await?);
    }
    // It goes to the disc as it comes: of a thousand pieces under way none lies in memory. One that is not what was said is named
    // by no row, and swept like every such file.
    let put = app.blobs.put_stream(body.into_data_stream(), u64::try_from(expected).unwrap_or(0)).await;
    let piece = match put {
        Ok(piece) => piece,
        Err(PutError::TooLong { .. } | PutError::Empty) => return Ok(answer(StatusCode::CONFLICT, &upload)),
        Err(PutError::BrokenOff(_)) => return Ok(answer(StatusCode::BAD_REQUEST, &upload)),
        Err(e) => {
            return Err(match files::not_put("tep", &upload.name, e) {
                Faulty::Field(e) => AppError::Fields(vec![e]),
                Faulty::Fault(e) => e,
            }
            .into());
        }
    };
    let (sha256, length) = (piece.sha256.to_string(), i64::try_from(piece.size).unwrap_or(i64::MAX));
    if length != expected {
        return Ok(answer(StatusCode::CONFLICT, &upload));
    }
    if digest_said(&headers).as_deref() != Some(sha256.as_str()) {
        return Ok(answer(StatusCode::BAD_REQUEST, &upload));
    }
    let (upload_id, now) = (upload.id, app.machine.now());
    let note = move |unit: &mut platform::db::Unit| {
        Ok::<_, AppError>(store::put_piece(unit, upload_id, at, length, &sha256, now)?)
    };
    if !app.db.unit(note).await? {
        return Ok(answer(StatusCode::CONFLICT, &find(&app, &me, &id).await?));
    }
    let upload = store::Upload { received: at + length, ..upload };
    if upload.received < upload.size {
        Ok(answer(StatusCode::OK, &upload))
    } else {
        Ok(close(&app, &me, upload).await?)
    }
}

/// How long the sender says that the piece is.
fn length_said(headers: &HeaderMap) -> Option<i64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The SHA-256 that the sender reckoned, as hexadecimal digits.
fn digest_said(headers: &HeaderMap) -> Option<String> {
    Some(headers.get("piece-sha256")?.to_str().ok()?.trim().to_ascii_lowercase())
}

/// Puts the pieces together, looks into the file, and notes it; what is refused is forgotten, pieces and all.
async fn close(app: &App, me: &Citizen, upload: store::Upload) -> Result<Response, AppError> {
    let field = format!("tep.{}", upload.place);
    let taken = match join(app, &upload).await {
        Ok(blob) => files::accept(app, &field, &upload.name, blob).await,
        Err(e) => Err(files::not_put(&field, &upload.name, e)),
    };
    let (id, now) = (upload.id, app.machine.now());
    match taken {
        Ok(file) => {
            note(app, &upload, file).await?;
            Ok(answer(StatusCode::OK, &store::Upload { is_done: true, ..upload }))
        }
        Err(Faulty::Field(e)) => {
            tracing::info!(at = now, code = e.code, "a file sent in pieces was refused");
            app.db.unit(move |unit| Ok::<_, AppError>(store::drop_upload(unit, id)?)).await?;
            Ok(refusal(me.reader.lang, &e))
        }
        Err(Faulty::Fault(e)) => Err(e),
    }
}

async fn join(app: &App, upload: &store::Upload) -> Result<Blob, PutError> {
    let fault = |e: AppError| PutError::Io(io::Error::other(e));
    let id = upload.id;
    let pieces = app.db.read(move |q| Ok::<_, AppError>(store::pieces(q, id)?)).await.map_err(fault)?;
    let blobs = app.blobs.clone();
    // One piece after the other, each read as it is written: memory stays flat whatever the size.
    let opened = stream::iter(pieces).then(move |name: String| open(blobs.clone(), name));
    let bytes: BoxStream<'static, io::Result<Bytes>> = opened.try_flatten().boxed();
    app.blobs.put_stream(bytes, app.config.uploads.max_bytes).await
}

/// One piece out of the store.
async fn open(blobs: Blobs, name: String) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
    let sha256: Sha256Hex = name.parse().map_err(io::Error::other)?;
    let piece = blobs.stream(sha256).await.map_err(io::Error::other)?;
    Ok(piece.map_err(io::Error::other).boxed())
}

/// Photographs wait for their form, which puts them together; everything else lies with its paper from now on.
async fn note(app: &App, upload: &store::Upload, file: FileRow) -> Result<(), AppError> {
    let who = online::sender(app, None);
    let (upload, id, now) = (upload.clone(), app.ids.next()?, app.machine.now());
    app.db
        .unit(move |unit| {
            dossiers::insert_upload(unit, id, &file, &who, now)?;
            store::finish(unit, upload.id, &file, now)?;
            if !photos::is_photo(&file) {
                online::store::put_file(unit, upload.draft, &upload.place, &file)?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

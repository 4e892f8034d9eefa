//! `/chup/{secret}` on the telephone, and what the counter's screen asks for meanwhile.

use super::{
    link::{arrived, good, open},
    store,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{choose::page::may_take_in, files},
    error::AppError,
    http::{ApiError, Form, PageError, Reader, Shell, html},
};
use askama::Template;
use axum::{
    Json,
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

#[derive(Template)]
#[template(path = "dossier/phone/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    is_good: bool,
    /// How many pictures were taken over.
    sent: Option<usize>,
}

/// `POST /can-bo/may-quet`: a fresh address with its picture, for the page that asks without leaving itself.
pub async fn ask(State(app): State<App>, me: SignedIn) -> Result<Json<Value>, ApiError> {
    may_take_in(&me)?;
    let link = open(&app, &me).await?;
    Ok(Json(json!({"id": link.id.to_string(), "url": link.url, "size": link.drawing.size, "path": link.drawing.path})))
}

/// `GET /can-bo/may-quet/{id}`: what has come through it.
pub async fn look(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<Value>, ApiError> {
    let files = arrived(&app, &me, id).await?;
    let one = |f: &files::Attached| json!({"sha256": f.sha256, "name": f.name, "size": f.size});
    Ok(Json(Value::Array(files.iter().map(one).collect())))
}

pub async fn show(State(app): State<App>, reader: Reader, Path(secret): Path<String>) -> Result<Response, PageError> {
    let is_good = good(&app, &secret).await.map_err(|e| PageError::new(&app, &reader, e))?.is_some();
    Ok(page(&app, &reader, Form::default(), is_good, None))
}

pub async fn send(
    State(app): State<App>,
    reader: Reader,
    Path(secret): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    sent(&app, &reader, &secret, parts).await.map_err(|e| PageError::new(&app, &reader, e))
}

async fn sent(app: &App, reader: &Reader, secret: &str, parts: Multipart) -> Result<Response, AppError> {
    let Some((link, who)) = good(app, secret).await? else {
        return Ok(page(app, reader, Form::default(), false, None));
    };
    let sent = files::read(app, &who, parts).await?;
    let hashes: Vec<String> = sent.all().map(|f| f.sha256.clone()).collect();
    if hashes.is_empty() || !sent.form.is_good() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, reader, sent.form, true, None)).into_response());
    }
    let (count, at) = (hashes.len(), app.machine.now());
    let mine = app
        .db
        .unit(move |u| {
            let mine = store::use_up(u, link.id, at)?;
            for sha256 in hashes.iter().filter(|_| mine) {
                store::add_file(u, link.id, sha256)?;
            }
            Ok::<_, AppError>(mine)
        })
        .await?;
    Ok(page(app, reader, Form::default(), mine, mine.then_some(count)))
}

fn page(app: &App, reader: &Reader, form: Form, is_good: bool, sent: Option<usize>) -> Response {
    let shell = Shell::public(app, reader, reader.lang.t("Chụp giấy tờ"));
    html(&Page { shell, form, is_good, sent })
}

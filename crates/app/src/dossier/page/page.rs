//! The dossier: people, papers and files, the way walked and ahead, the clock, slips, and only the lawful next steps.

use super::detail::Detail;
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Form, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/page/page.html")]
struct Page {
    shell: Shell,
    detail: Detail,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Arrival {
    /// What was just done.
    pub xong: Option<String>,
    /// The numbers of the people are wanted in full.
    pub hien: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, PageError> {
    let page = async {
        let detail = Detail::load(&app, &me, &key, &arrival).await?;
        Ok::<_, AppError>(html(&Page { shell: detail.shell.clone(), detail }))
    };
    page.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The page again with a note that cannot be kept as it was written.
pub async fn noting(app: &App, me: &SignedIn, key: &str, note: Form) -> Result<Response, AppError> {
    let detail = Detail::load(app, me, key, &Arrival::default()).await?.noting(note);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&Page { shell: detail.shell.clone(), detail })).into_response())
}

/// `GET /can-bo/ho-so/{key}/xem`: the same without the frame, for a work list that shows it beside itself.
pub async fn peek(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let detail = Detail::load(&app, &me, &key, &Arrival::default()).await;
    detail.map(|d| html(&d.beside())).map_err(|e| PageError::new(&app, &me.reader, e))
}

//! `/can-bo`: what I hold and what waits for me, the clock first.

use super::{
    gather::{Part, after, gather},
    lines::{Line, lines},
};
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::accounts::Role;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/inbox/page.html")]
struct Page {
    shell: Shell,
    part: Part,
    parts: Vec<Part>,
    lines: Vec<Line>,
    next: Option<String>,
    takes_in: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    loc: String,
    sau: String,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    let part = Part::from_key(&asked.loc);
    let found = gather(app, &me.who, part, after(&asked.sau)).await?;
    let next = found.next.map(|(due, id)| format!("/can-bo?loc={}&sau={due}-{id}", part.key()));
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Việc của tôi"));
    let lines = lines(app, me, found.rows).await?;
    // Only those who work in an agency have a unit with waiting dossiers.
    let parts = Part::ALL
        .into_iter()
        .filter(|p| !matches!(p, Part::Unit | Part::Branches) || me.who.any(Role::works_in_agency))
        .collect();
    Ok(html(&Page { shell, part, parts, lines, next, takes_in: me.who.any(Role::takes_in) }))
}

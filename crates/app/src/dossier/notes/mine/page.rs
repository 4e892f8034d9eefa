//! `/can-bo/ghi-chu`: the notes in which colleagues name me.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        inbox::{self, lines},
        notes::store,
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/notes/mine/page.html")]
struct Page {
    shell: Shell,
    notes: Vec<Shown>,
    next: Option<String>,
}

/// A note with its dossier.
struct Shown {
    href: String,
    code: String,
    request: String,
    by: String,
    when: String,
    body: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sau: Option<i64>,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    let (officer, scope, before) = (me.who.officer, me.who.scope(), asked.sau.unwrap_or(i64::MAX));
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let (mut notes, rows) = app
        .db
        .read(move |q| {
            let notes = store::naming(q, officer, before, most)?;
            let ids = notes.iter().map(|n| n.dossier.raw()).collect();
            Ok::<_, AppError>((notes, inbox::store::by_ids(q, &scope, ids)?))
        })
        .await?;
    let next = (notes.len() > MOST).then(|| format!("?sau={}", notes[MOST - 1].id));
    notes.truncate(MOST);
    let known = lines(app, me, rows).await?;
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ghi chú nhắc đến tôi"));
    let reference = app.reference();
    let shown = notes.iter().filter_map(|n| {
        let line = known.iter().find(|l| l.id == n.dossier.raw())?;
        Some(Shown {
            href: line.href.clone(),
            code: line.code.clone(),
            request: line.request.clone(),
            by: reference.officer_name(n.officer).to_owned(),
            when: shell.when(n.at),
            body: n.body.clone(),
        })
    });
    let notes = shown.collect();
    Ok(html(&Page { shell, notes, next }))
}

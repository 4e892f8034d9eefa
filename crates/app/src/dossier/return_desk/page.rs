//! The return desk: scan the slip or the card, or choose from the results that are ready (RES-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{inbox::Line, store},
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
#[template(path = "dossier/return_desk/page.html")]
struct Page {
    shell: Shell,
    lines: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    let shell = Shell::officer(app, me, Nav::Return, me.reader.lang.t("Trả kết quả"));
    let after = crate::dossier::inbox::after(&asked.sau);
    let mut rows = Vec::new();
    if let Some(centre) = me.who.centre {
        rows = app
            .db
            .read(move |q| {
                Ok::<_, AppError>(store::centre_pool(
                    q,
                    centre,
                    "return",
                    after,
                    i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1,
                )?)
            })
            .await?;
    }
    let next = (rows.len() > MOST).then(|| rows[MOST - 1].after);
    rows.truncate(MOST);
    let lines = crate::dossier::inbox::lines(app, me, rows).await?;
    Ok(html(&Page { shell, lines, next: next.map(|(due, id)| format!("?sau={due}-{id}")) }))
}

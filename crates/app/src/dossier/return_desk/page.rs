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
use domain::{
    catalogue::{Place, StepKind},
    dossier::waits_for,
};
use platform::db::Reader;
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
        let (app_, who) = (app.clone(), me.who.clone());
        let returns = move |pool: &&String| waits_for(pool, &who) == Some((Place::Centre, StepKind::Return));
        let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
        let read = move |q: &mut Reader| {
            let mut rows = Vec::new();
            for pool in app_.reference().pools.iter().filter(returns) {
                rows.extend(store::centre_pool(q, centre, pool, after, most)?);
            }
            rows.sort_by_key(|w| w.after);
            Ok::<_, AppError>(rows)
        };
        rows = app.db.read(read).await?;
    }
    let next = (rows.len() > MOST).then(|| rows[MOST - 1].after);
    rows.truncate(MOST);
    let lines = crate::dossier::inbox::lines(app, me, rows).await?;
    Ok(html(&Page { shell, lines, next: next.map(|(due, id)| format!("?sau={due}-{id}")) }))
}

//! `/can-bo/vuong-mac`: the threads in which an officer takes part, newest first (INT-12).

use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::unclear::{newest, store::Kept},
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{accounts::Role, catalogue::unclear::UnclearStage, time::Instant};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "catalogue/unclear/list/page.html")]
struct Page {
    shell: Shell,
    rows: Vec<Line>,
    next: Option<i64>,
    asks: bool,
}

/// A thread in one line.
struct Line {
    id: i64,
    question: String,
    procedure: String,
    stage: UnclearStage,
    asked_at: Instant,
}

impl Line {
    /// Icon and colour that repeat the words.
    const fn tone(&self) -> (&'static str, &'static str) {
        match self.stage {
            UnclearStage::Open => ("chip-near", "near"),
            UnclearStage::Answered => ("chip-running", "running"),
            UnclearStage::Agreed => ("chip-done", "done"),
            UnclearStage::Dropped => ("chip-plain", "stopped"),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    truoc: Option<i64>,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, asked.truoc.unwrap_or(i64::MAX)).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, before: i64) -> Result<Response, AppError> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let mut found = newest(app, &me.who, before, most).await?;
    let next = (found.len() > MOST).then(|| found[MOST - 1].id.raw());
    found.truncate(MOST);
    let shell = Shell::officer(app, me, Nav::Unclear, me.reader.lang.t("Vướng mắc về thủ tục"));
    let rows = found.into_iter().map(|k| line(app, k)).collect();
    Ok(html(&Page { shell, rows, next, asks: me.who.any(Role::takes_in) }))
}

fn line(app: &App, k: Kept) -> Line {
    let procedure = app.reference().procedure(&k.code).map_or_else(|| k.code.clone(), |p| p.name.clone());
    Line { id: k.id.raw(), question: k.question, procedure, stage: k.case.stage, asked_at: k.asked_at }
}

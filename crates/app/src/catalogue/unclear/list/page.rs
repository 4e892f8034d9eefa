//! `/can-bo/vuong-mac`: the threads in which an officer takes part, newest first (INT-12).

use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::unclear::store::{self, Kept},
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
    let who = me.who.clone();
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let mut found = app
        .db
        .read(move |q| {
            if who.any(Role::reads_province) {
                return Ok(store::all(q, before, most)?);
            }
            let mut found = Vec::new();
            if let Some(centre) = who.centre.filter(|_| who.any(Role::takes_in)) {
                found.extend(store::of_centre(q, centre, before, most)?);
            }
            if who.any(Role::works_in_agency) {
                found.extend(store::of_agency(q, who.agency, before, most)?);
            }
            Ok::<_, AppError>(found)
        })
        .await?;
    found.sort_by_key(|k| std::cmp::Reverse(k.id));
    found.dedup_by_key(|k| k.id);
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

//! `/can-bo/quan-tri/nhat-ky`: who changed which account, agency or list; what happened in the own agency for its
//! administrator.

use crate::{
    accounts::store::{self as accounts_store, AuditRow},
    app::App,
    error::AppError,
    http::{PageError, Shell, html},
    people::admin::Administrator,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::time::Instant;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "people/trace/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    lines: Vec<Line>,
    older: Option<i64>,
}

struct Line {
    at: Instant,
    officer: String,
    row: AuditRow,
}

const PAGE: i64 = 50;

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    list(&app, &me, query.get("truoc").and_then(|t| t.parse().ok())).await.map_err(|e| me.wrong(&app, e))
}

async fn list(app: &App, me: &Administrator, before: Option<i64>) -> Result<Response, AppError> {
    let agency = if me.is_top() { None } else { Some(me.who.agency) };
    let find = move |q: &mut platform::db::Reader| Ok::<_, AppError>(accounts_store::trace(q, agency, before, PAGE)?);
    let rows = app.db.read(find).await?;
    let full = rows.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let older = rows.last().filter(|_| full).map(|r| r.id);
    let reference = app.reference();
    let line = |row: AuditRow| Line {
        at: Instant::from_millis(row.at),
        officer: row.officer.map_or_else(|| "motcua".to_owned(), |o| reference.officer_name(o).to_owned()),
        row,
    };
    let lines = rows.into_iter().map(line).collect();
    Ok(html(&Page { shell: me.shell(app, "Nhật ký quản trị"), me: me.clone(), lines, older }))
}

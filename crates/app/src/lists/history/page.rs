//! `/can-bo/quan-tri/danh-muc/lich-su/{list}`: who changed what in a list, newest first.

use crate::{
    accounts::store::{self as accounts_store, AuditRow},
    app::App,
    error::AppError,
    http::{PageError, Shell, html},
    lists::{change::subject, keeper::Keeper},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::time::Instant;
use std::collections::HashMap;

const PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "lists/history/page.html")]
struct Page {
    shell: Shell,
    list: String,
    lines: Vec<(Instant, String, AuditRow)>,
    older: Option<i64>,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(list): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let before = asked.get("truoc").and_then(|t| t.parse().ok());
    page(&app, &me, list, before).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Keeper, list: String, before: Option<i64>) -> Result<Response, AppError> {
    let of = subject(&list);
    let rows = app.db.read(move |q| Ok::<_, AppError>(accounts_store::trace_of(q, &of, before, PAGE)?)).await?;
    let full = rows.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let older = rows.last().filter(|_| full).map(|r| r.id);
    let reference = app.reference();
    let line = |row: AuditRow| {
        let who = row.officer.map_or_else(|| "motcua".to_owned(), |o| reference.officer_name(o).to_owned());
        (Instant::from_millis(row.at), who, row)
    };
    let shell = me.shell(app, "Ai đã sửa gì");
    Ok(html(&Page { shell, list, lines: rows.into_iter().map(line).collect(), older }))
}

impl Page {
    /// What an act was, in words.
    fn act(&self, key: &str) -> &str {
        let lang = self.shell.lang;
        match key {
            "list.put" => lang.t("thêm hoặc sửa"),
            "list.remove" => lang.t("bỏ"),
            "list.import" => lang.t("nhập từ tệp"),
            "list.posted" => lang.t("niêm yết"),
            _ => lang.t("ghi thay đổi"),
        }
    }
}

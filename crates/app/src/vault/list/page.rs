//! `/cong-dan/kho`: the papers and results of the citizen, newest first.

use crate::{
    app::App,
    error::AppError,
    home::Foot,
    http::{PageError, Shell, html},
    vault::{holder::Holder, store, words::Line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "vault/list/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    papers: Vec<Line>,
    older: Option<i64>,
}

const PAGE: usize = 50;

pub async fn show(
    State(app): State<App>,
    holder: Holder,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    list(&app, &holder, &query).await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

async fn list(app: &App, holder: &Holder, query: &BTreeMap<String, String>) -> Result<Response, AppError> {
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let owner = holder.number.clone();
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1;
    let mut papers = app.db.read(move |q| Ok::<_, AppError>(store::papers(q, &owner, before, most)?)).await?;
    let older = (papers.len() > PAGE).then(|| papers[PAGE - 1].id.raw());
    papers.truncate(PAGE);
    let (lang, day) = (holder.me.reader.lang, app.now().day());
    let flash = match query.get("xong").map(String::as_str) {
        Some("them") => Some(lang.t("Đã thêm giấy tờ vào kho.").to_owned()),
        Some("bo") => Some(lang.t("Đã bỏ giấy tờ khỏi kho.").to_owned()),
        _ => None,
    };
    Ok(html(&Page {
        shell: Shell::public(app, &holder.me.reader, lang.t("Kho giấy tờ điện tử")).with_flash(flash),
        foot: Foot::of(app),
        papers: papers.iter().map(|p| Line::of(p, day, lang)).collect(),
        older,
    }))
}

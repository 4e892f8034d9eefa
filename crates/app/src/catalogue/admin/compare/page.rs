//! `…/{code}/so-sanh?a=…&b=…`: two versions side by side (CAT-02).

use crate::{
    app::App,
    catalogue::{
        admin::keeper::Keeper,
        store::{self, VersionRow},
    },
    error::AppError,
    http::{PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::catalogue::{
    Publication,
    difference::{Fact, Part, facts},
};
use serde::Deserialize;

/// Which two.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    a: String,
    b: String,
    /// Shows what is the same as well.
    het: String,
}

#[derive(Template)]
#[template(path = "catalogue/admin/compare/page.html")]
struct Page {
    shell: Shell,
    code: String,
    asked: Asked,
    older: Publication,
    newer: Publication,
    lines: Vec<Line>,
    same: usize,
}

/// One thing that either version states.
struct Line {
    part: Part,
    before: String,
    after: String,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    page(&app, &me, code, asked).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Keeper, code: String, asked: Asked) -> Result<Response, AppError> {
    let of = code.clone();
    let versions = app.db.read(move |q| Ok::<_, AppError>(store::versions_of(q, &of)?)).await?;
    let find = |id: &str| versions.iter().find(|v| v.id.to_string() == id);
    let (Some(older), Some(newer)) = (find(&asked.a), find(&asked.b)) else { return Err(AppError::NotFound) };
    let mut lines = lines(older, newer);
    let same = lines.iter().filter(|l| l.before == l.after).count();
    if asked.het.is_empty() {
        lines.retain(|l| l.before != l.after);
    }
    Ok(html(&Page {
        shell: me.shell(app, "So sánh hai phiên bản"),
        older: older.version.publication.clone(),
        newer: newer.version.publication.clone(),
        code,
        asked,
        lines,
        same,
    }))
}

fn lines(older: &VersionRow, newer: &VersionRow) -> Vec<Line> {
    let (old, new) = (facts(&older.version), facts(&newer.version));
    let text = |all: &[Fact], like: &Fact| {
        let found = all.iter().find(|f| f.part == like.part && f.key == like.key);
        found.map(|f| f.text.clone()).unwrap_or_default()
    };
    let gone = old.iter().filter(|o| !new.iter().any(|n| n.part == o.part && n.key == o.key));
    let mut lines: Vec<Line> =
        new.iter().chain(gone).map(|f| Line { part: f.part, before: text(&old, f), after: text(&new, f) }).collect();
    lines.sort_by_key(|l| l.part);
    lines
}

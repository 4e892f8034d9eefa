use crate::{
    app::App,
    catalogue::{Count, Listed, Question, fields, find, summary, words},
    home::Foot,
    http::{PageError, Reader, Shell, encode, html},
    messages::Lang,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

const PAGE: usize = 20;

/// What the search form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    linh_vuc: String,
    cap: String,
    trang: String,
}

#[derive(Template)]
#[template(path = "catalogue/list/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    asked: Asked,
    fields: Vec<Count>,
    found: usize,
    number: usize,
    pages: usize,
    rows: Vec<Row>,
}

struct Row {
    code: String,
    name: String,
    field: String,
    handled_by: String,
    limit: String,
    fee: String,
    online: &'static str,
}

/// `GET /thu-tuc`: search with and without diacritics, by field and by level (CAT-01).
pub async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let reference = app.reference();
    let lang = reader.lang;
    let question = Question {
        text: asked.q.clone(),
        field: Some(asked.linh_vuc.clone()).filter(|f| !f.is_empty()),
        level: words::level_of(&asked.cap),
    };
    let found = find(&reference, &question);
    let pages = found.len().div_ceil(PAGE).max(1);
    let page = asked.trang.parse().unwrap_or(1).clamp(1, pages);
    let shown: Vec<Listed> = found.iter().skip((page - 1) * PAGE).take(PAGE).map(|p| (*p).clone()).collect();
    let found = found.len();
    let app_ = app.clone();
    let rows = app
        .db
        .read(move |q| {
            let row = |p: &Listed| Ok(Row::of(&app_, p, &app_.versions.get(q, p.version)?.procedure, lang));
            shown.iter().map(row).collect::<Result<Vec<_>, crate::error::AppError>>()
        })
        .await
        .map_err(|e| PageError::new(&app, &reader, e))?;
    let shell = Shell::public(&app, &reader, lang.t("Thủ tục hành chính"));
    Ok(html(&Page { shell, foot: Foot::of(&app), asked, fields: fields(&reference), found, number: page, pages, rows }))
}

impl Row {
    fn of(app: &App, listed: &Listed, version: &domain::catalogue::ProcedureVersion, lang: Lang) -> Self {
        Self {
            code: listed.code.to_string(),
            name: listed.name.clone(),
            field: listed.field.clone(),
            handled_by: summary::handled_by(version, &app.profile, lang),
            limit: summary::how_long(version, lang),
            fee: summary::how_much(version, lang),
            online: words::online(version.online_level).1,
        }
    }
}

impl Page {
    /// Levels of the filter: key, name.
    #[expect(clippy::unused_self, reason = "the template reaches it through the page")]
    fn levels(&self) -> Vec<(&'static str, &'static str)> {
        words::levels().map(|l| (words::level_key(l), words::level_name(l))).collect()
    }
    /// The same question on another page.
    fn href(&self, page: usize) -> String {
        let a = &self.asked;
        format!("/thu-tuc?q={}&linh_vuc={}&cap={}&trang={page}", encode(&a.q), encode(&a.linh_vuc), encode(&a.cap))
    }
    /// First row of this page, and the last one.
    fn span(&self) -> (usize, usize) {
        let first = (self.number - 1) * PAGE;
        (first + 1, first + self.rows.len())
    }
}

//! `…/so-sanh`: what differs from another version of the same form.

use crate::{
    app::App,
    error::AppError,
    forms::{
        admin::{Designer, load},
        store::{self, Version},
    },
    http::{Form, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::forms::{self, Difference};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "forms/compare/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    v: Version,
    other: Option<Version>,
    others: Vec<(String, String)>,
    differences: Vec<Difference>,
}

pub async fn show(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    page(&app, &me, &id, &query).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Designer, id: &str, query: &HashMap<String, String>) -> Result<Response, AppError> {
    let v = load(app, id).await?;
    let code = v.form.code();
    let all = app.db.read(move |q| Ok::<_, AppError>(store::of_code(q, &code)?)).await?;
    let mut others: Vec<Version> = all.into_iter().filter(|o| o.id != v.id).collect();
    let lang = me.reader.lang;
    let choices = others.iter().map(|o| (o.id.to_string(), lang.f1("bản {}", o.number))).collect();
    let asked = query.get("voi").and_then(|v| others.iter().position(|o| o.id.to_string() == *v));
    // The one before it, else the newest.
    let nearest = others.iter().position(|o| o.number < v.number);
    let chosen = asked.or(nearest).or((!others.is_empty()).then_some(0));
    let other = chosen.map(|at| others.swap_remove(at));
    let differences = other.as_ref().map(|old| forms::compare(&old.form, &v.form)).unwrap_or_default();
    let form = Form::default().with("voi", other.as_ref().map(|o| o.id.to_string()).unwrap_or_default());
    let shell = me.shell(app, lang.t("So sánh hai bản biểu mẫu"));
    Ok(html(&Page { shell, form, v, other, others: choices, differences }))
}

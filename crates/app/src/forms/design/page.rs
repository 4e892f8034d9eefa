//! `/can-bo/quan-tri/bieu-mau/{id}`: one version of a form: its lines, what it asks, its trials, and its publication.

use super::act;
use crate::{
    app::App,
    error::AppError,
    forms::{
        admin::{Designer, load, trials},
        list::page::state,
        print,
        store::Version,
    },
    http::{Form, PageError, Shell, Typed, hidden_key, html},
    messages::Lang,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use documents::Paper;
use domain::forms::{self, Case, CaseFault, Field, Kind, Layout};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "forms/design/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    /// Its address.
    here: String,
    v: Version,
    procedure: Option<String>,
    state: (&'static str, &'static str, &'static str),
    sections: Vec<Part>,
    /// Field and words.
    flaws: Vec<(String, String)>,
    trials: Vec<Trial>,
    /// Why it cannot be published yet; empty when it can.
    hindrances: Vec<&'static str>,
    changed: String,
    published: Option<String>,
    /// Ways of counting on paper.
    layouts: Vec<(String, String)>,
}

struct Part {
    index: usize,
    title: String,
    help: String,
    rows: Vec<Row>,
}

/// A case with how it came out.
struct Trial {
    name: String,
    fails_at: Option<String>,
    answers: usize,
    fault: Option<String>,
}

struct Row {
    /// `phan=0&truong=ho_ten`.
    query: String,
    /// `0.ho_ten`, for moving and taking away.
    at: String,
    key: String,
    label: String,
    about: Vec<String>,
    inner: bool,
    is_group: bool,
}

pub async fn show(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let answer = async {
        let v = load(&app, &id).await?;
        let form = act::filled(&app, &v);
        Ok(html(&page(&app, &me, v, form, me.flash(query.get("xong")))))
    };
    answer.await.map_err(|e| me.wrong(&app, e))
}

fn page(app: &App, me: &Designer, v: Version, form: Form, told: Option<String>) -> Page {
    let lang = me.reader.lang;
    let trials = trials(app, &v.form);
    let flaws = forms::flaws(&v.form);
    let title = format!("{} · {}", v.form.title, lang.f1("bản {}", v.number));
    let shell = me.shell(app, &title).with_flash(told);
    let at = |ms: i64| shell.when(domain::time::Instant::from_millis(ms));
    Page {
        here: format!("/can-bo/quan-tri/bieu-mau/{}", v.id),
        procedure: app.reference().procedure(&v.form.procedure).map(|p| p.name.clone()),
        state: state(v.status),
        sections: v.form.sections.iter().enumerate().map(|(n, s)| part(&v.form, n, s)).collect(),
        hindrances: act::hindrances(&flaws, &trials),
        changed: at(v.changed_at),
        published: v.published_at.map(at),
        layouts: Layout::ALL.iter().map(|l| (l.key().to_owned(), lang.pick(l.words()).to_owned())).collect(),
        flaws: flaws.into_iter().map(|f| (f.at, lang.pick((&f.vi, &f.en)).to_owned())).collect(),
        trials: trials.into_iter().map(|(case, fault)| trial(case, fault, lang)).collect(),
        shell,
        form,
        v,
    }
}

fn trial(case: Case, fault: Option<CaseFault>, lang: Lang) -> Trial {
    let fault = fault.map(|f| lang.pick((&f.vi, &f.en)).to_owned());
    Trial { name: case.name, fails_at: case.fails_at, answers: case.answers.len(), fault }
}

fn part(form: &forms::Form, index: usize, s: &forms::Section) -> Part {
    let mut rows = Vec::new();
    for f in &s.fields {
        rows.push(row(form, index, f, None, &[]));
        if let Kind::Group { fields, .. } = &f.kind {
            rows.extend(fields.iter().map(|inner| row(form, index, inner, Some(&f.key), fields)));
        }
    }
    Part { index, title: s.title.clone(), help: s.help.clone(), rows }
}

fn row(form: &forms::Form, index: usize, f: &Field, group: Option<&str>, beside: &[Field]) -> Row {
    let within = group.map(|g| format!("&nhom={g}")).unwrap_or_default();
    let prefix = group.map(|g| format!("{g}.")).unwrap_or_default();
    Row {
        query: format!("phan={index}{within}&truong={}", f.key),
        at: format!("{index}.{prefix}{}", f.key),
        key: f.key.clone(),
        label: f.label.clone(),
        about: forms::describe(form, f, beside).split_off(1),
        inner: group.is_some(),
        is_group: matches!(f.kind, Kind::Group { .. }),
    }
}

pub async fn send(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &id, form).await.map_err(|e| me.wrong(&app, e))
}

async fn sent(app: &App, me: &Designer, id: &str, mut form: Form) -> Result<Response, AppError> {
    let v = load(app, id).await?;
    match act::act(app, me, &v, &mut form).await {
        Ok(Some(to)) if form.is_good() => return Ok(Redirect::to(&to).into_response()),
        Ok(_) => {}
        Err(e) => form.absorb(e)?,
    }
    let now = load(app, id).await?;
    let form = form.over(act::filled(app, &now)).with("once", hidden_key(app));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page(app, me, now, form, None))).into_response())
}

/// `…/tai-ve`: the definition as a file, which another centre reads in.
pub async fn download(State(app): State<App>, me: Designer, Path(id): Path<String>) -> Result<Response, PageError> {
    let file = async {
        let v = load(&app, &id).await?;
        let body = serde_json::to_string_pretty(&v.form).map_err(AppError::internal)?;
        let headers = [
            (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.json\"", v.form.code())),
        ];
        Ok((headers, body).into_response())
    };
    file.await.map_err(|e| me.wrong(&app, e))
}

/// `…/in.pdf`: how the paper will look, empty.
pub async fn print(State(app): State<App>, me: Designer, Path(id): Path<String>) -> Result<Response, PageError> {
    let paper = async {
        let v = load(&app, &id).await?;
        let paper = print::empty(&app, &v.form, app.now().day());
        crate::dossier::print_form(paper, Paper::A4, &v.form.code()).await
    };
    paper.await.map_err(|e| me.wrong(&app, e))
}

//! `/can-bo/quan-tri/danh-muc/tu-dong-nghia`: what people say instead of what the law says, with a try-out.

use crate::{
    app::App,
    catalogue::{Question, find},
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
    lists::{
        change,
        keeper::Keeper,
        sheet::{self, Report},
        store::{self, SynonymRow},
        synonyms::file::{LIST, from_file, read, save},
    },
};
use askama::Template;
use axum::{
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{catalogue::search::Synonym, text::fold};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "lists/synonyms/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    report: Vec<String>,
    asked: String,
    tried: String,
    found: Vec<(String, String)>,
    rows: Vec<Synonym>,
    all: usize,
}

pub async fn show(State(app): State<App>, me: Keeper, Query(asked): Query<HashMap<String, String>>) -> Response {
    let text = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let form = Form::default().with("phrase", text("tu")).with("means", meaning(&app, &text("tu")));
    page(&app, &me, form, &text("q"), &text("thu"), Vec::new(), me.flash(asked.get("xong")))
}

fn meaning(app: &App, phrase: &str) -> String {
    app.reference().synonyms.iter().find(|s| s.phrase == phrase).map(|s| s.means.clone()).unwrap_or_default()
}

fn page(
    app: &App,
    me: &Keeper,
    form: Form,
    asked: &str,
    tried: &str,
    report: Vec<String>,
    flash: Option<String>,
) -> Response {
    let reference = app.reference();
    let words = fold(asked);
    let fits = |s: &&Synonym| fold(&s.phrase).contains(&words) || fold(&s.means).contains(&words);
    let question = Question { text: tried.to_owned(), ..Question::default() };
    let found = if tried.trim().is_empty() { Vec::new() } else { find(&reference, &question) };
    html(&Page {
        shell: me.shell(app, "Từ đồng nghĩa khi tìm thủ tục").with_flash(flash),
        form,
        report,
        asked: asked.to_owned(),
        tried: tried.to_owned(),
        found: found.iter().take(5).map(|p| (p.code.to_string(), p.name.clone())).collect(),
        rows: reference.synonyms.iter().filter(fits).cloned().collect(),
        all: reference.synonyms.len(),
    })
}

pub async fn send(State(app): State<App>, me: Keeper, Typed(form): Typed) -> Result<Response, PageError> {
    act(&app, &me, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Keeper, mut form: Form) -> Result<Response, AppError> {
    if form.value("act") == "remove" {
        let phrase = form.value("phrase").to_owned();
        let (gone, detail) = (phrase.clone(), phrase);
        let work =
            move |unit: &mut platform::db::Unit| store::remove_synonym(unit, &gone).map(drop).map_err(Into::into);
        change::save(app, me, LIST, "list.remove", detail, work).await?;
        return Ok(Redirect::to("/can-bo/quan-tri/danh-muc/tu-dong-nghia?xong=bo").into_response());
    }
    let phrase = form.required("phrase", "Xin nhập từ người dân hay nói.", "Enter what people say.");
    let means = form.required("means", "Xin nhập chữ trong tên thủ tục.", "Enter the words of the procedure's name.");
    let Some(synonym) = read(&phrase, &means).filter(|_| form.is_good()) else {
        if form.is_good() {
            let (vi, en) =
                ("Từ này dài quá 80 chữ hoặc không có chữ nào.", "The phrase is longer than 80 letters or has none.");
            form.wrong(crate::error::FieldError::new("phrase", "invalid", vi, en));
        }
        let page = page(app, me, form, "", "", Vec::new(), None);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let detail = format!("{} = {}", synonym.phrase, synonym.means);
    let row = SynonymRow { id: app.id()?, synonym };
    let work = move |unit: &mut platform::db::Unit| Ok(store::put_synonym(unit, &row)?);
    change::save(app, me, LIST, "list.put", detail, work).await?;
    Ok(Redirect::to("/can-bo/quan-tri/danh-muc/tu-dong-nghia?xong=luu").into_response())
}

pub async fn export(
    State(app): State<App>,
    me: Keeper,
    Query(wanted): Query<sheet::Wanted>,
) -> Result<Response, PageError> {
    let reference = app.reference();
    let rows = reference.synonyms.iter().map(|s| vec![s.phrase.clone(), s.means.clone()]);
    sheet::file(&wanted, "tu-dong-nghia", &["phrase", "means"], rows).map_err(|e| me.wrong(&app, e))
}

pub async fn import(State(app): State<App>, me: Keeper, parts: Multipart) -> Result<Response, PageError> {
    match take(&app, &me, parts).await {
        Ok(report) => Ok(page(&app, &me, Form::default(), "", "", report.words(&me), None)),
        Err(e) => {
            let mut form = Form::default();
            form.absorb(e).map_err(|e| me.wrong(&app, e))?;
            let page = page(&app, &me, form, "", "", Vec::new(), None);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn take(app: &App, me: &Keeper, parts: Multipart) -> Result<Report, AppError> {
    let sent = sheet::sent(parts).await?;
    let (report, rows) = from_file(app, &sent.name, &sent.bytes)?;
    save(app, Some(&me.who), &sent.name, rows).await?;
    Ok(report)
}

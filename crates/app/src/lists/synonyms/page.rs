//! `/can-bo/quan-tri/danh-muc/tu-dong-nghia`: what people say instead of what the law says, with a try-out.

use crate::{
    app::App,
    catalogue::{Question, find},
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
    import::Fate,
    lists::{
        change,
        keeper::Keeper,
        sheet::{self, Report},
        store::{self, SynonymRow},
    },
    people::table::{Column, Table, must},
};
use askama::Template;
use axum::{
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{catalogue::search::Synonym, text::fold};
use std::collections::HashMap;

const LIST: &str = "synonyms";
/// A phrase longer than this is a question.
const LONGEST: usize = 80;
const COLUMNS: &[Column] = &[must("phrase", &["tu", "cum tu", "tu dong nghia"]), must("means", &["nghia", "nghia la"])];

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

/// Small letters, single blanks; a phrase of a reasonable length.
fn read(phrase: &str, means: &str) -> Option<Synonym> {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let synonym = Synonym::new(clean(&phrase.to_lowercase()), clean(means));
    let fits = !fold(&synonym.phrase).is_empty() && synonym.phrase.chars().count() <= LONGEST;
    (fits && synonym.meanings().next().is_some()).then_some(synonym)
}

pub async fn export(State(app): State<App>, me: Keeper) -> Result<Response, PageError> {
    let reference = app.reference();
    let rows = reference.synonyms.iter().map(|s| vec![s.phrase.clone(), s.means.clone()]);
    sheet::csv("tu-dong-nghia", &["phrase", "means"], rows).map_err(|e| me.wrong(&app, e))
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
    let table = Table::read(&sent.name, &sent.bytes, COLUMNS)?;
    let known: HashMap<String, String> =
        app.reference().synonyms.iter().map(|s| (s.phrase.clone(), s.means.clone())).collect();
    let (mut report, mut rows) = (Report::default(), Vec::new());
    for record in &table.records {
        let get = |name: &str| record.get(name).unwrap_or_default();
        let fate = match (record.damage(), read(&get("phrase"), &get("means"))) {
            (Some(why), _) => Fate::Refused { why },
            (None, None) => Fate::Refused { why: "thiếu từ hoặc nghĩa".into() },
            (None, Some(s)) if known.get(&s.phrase) == Some(&s.means) => Fate::Unchanged,
            (None, Some(synonym)) => {
                rows.push(SynonymRow { id: app.id()?, synonym });
                Fate::Taken
            }
        };
        report.note(record.row, &record.key(), fate);
    }
    if !rows.is_empty() {
        let detail = format!("{}: {}", sent.name, rows.len());
        let work = move |unit: &mut platform::db::Unit| {
            rows.iter().try_for_each(|row| store::put_synonym(unit, row)).map_err(AppError::from)
        };
        change::save(app, me, LIST, "list.import", detail, work).await?;
    }
    Ok(report)
}

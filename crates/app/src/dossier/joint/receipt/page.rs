//! `/can-bo/giay-hen-chung/{key}`: what this person handed in today, to be put on one receipt with its annex (INT-03).

use super::{
    group::{Group, together},
    make::make,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        choose::page::may_take_in,
        inbox::{Line, lines},
        joint::{RECEIPT, path, store},
        subject::moment,
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "dossier/joint/receipt/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    submitter: String,
    rows: Vec<Row>,
    /// Receipts of this kind that name the dossier already: address, number.
    made: Vec<(String, String)>,
    is_cut: bool,
    key: String,
}

struct Row {
    line: Line,
    /// When the result is due; absent for procedures without an appointed day.
    due: Option<String>,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let answer = async {
        may_take_in(&me)?;
        let group = together(&app, &me, &key).await?;
        let all = group.works.iter().map(|w| ("hs".to_owned(), w.id.to_string()));
        let form = Form::from_pairs(all).with("once", hidden_key(&app));
        page(&app, &me, group, &key, form).await
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &key, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, mut form: Form) -> Result<Response, AppError> {
    may_take_in(me)?;
    let group = together(app, me, key).await?;
    // Whatever the form says, only what was handed in together.
    let chosen = group.works.iter().map(|w| w.id.raw()).filter(|id| form.is("hs", &id.to_string()));
    let chosen: Vec<i64> = chosen.collect();
    if chosen.len() < 2 {
        let (vi, en) = (
            "Giấy hẹn chung cần ít nhất hai hồ sơ. Xin đánh dấu thêm, hoặc in giấy hẹn của từng hồ sơ.",
            "A joint receipt needs two dossiers at least. Tick more of them, or print the receipt of each.",
        );
        form.wrong(FieldError::new("hs", "too_few", vi, en));
        let page = page(app, me, group, key, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let slip = make(app, me, group, chosen, form.key(app)).await?;
    Ok(Redirect::to(&slip).into_response())
}

async fn page(app: &App, me: &SignedIn, group: Group, key: &str, form: Form) -> Result<Response, AppError> {
    let Group { submitter, works, is_cut, .. } = group;
    let due: Vec<_> = works.iter().map(|w| w.state.due_at.map(moment)).collect();
    let first = works.first().map(|w| w.id);
    let made = match first {
        Some(id) => app.db.read(move |q| Ok::<_, AppError>(store::of_dossier(q, id)?)).await?,
        None => Vec::new(),
    };
    let made = made.into_iter().filter(|s| s.form == RECEIPT).map(|s| (path(s.id), s.number)).collect();
    let shown = lines(app, me, works).await?.into_iter().zip(due);
    let rows = shown.map(|(line, due)| Row { line, due }).collect();
    let shell = Shell::officer(app, me, Nav::Intake, me.reader.lang.t("Giấy hẹn chung cho nhiều hồ sơ"));
    Ok(html(&Page { shell, form, submitter: submitter.name, rows, made, is_cut, key: key.to_owned() }))
}

impl Page {
    fn is_picked(&self, row: &Row) -> bool {
        self.form.is("hs", &row.line.id.to_string())
    }
}

//! Submit an appraised dossier for approval.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::act::{Act, Told},
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "dossier/submit/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Submissions).await;
    act.map(|act| render(&app, &me, act)).map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &key, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, form: Form) -> Result<Response, AppError> {
    let mut act = Act::sent(app, me, key, CommandName::Submissions, form).await?;
    match act.give(app, me, Command::SubmitForApproval).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let lang = me.reader.lang;
    let title = if act.subject.passes_on() { lang.t("Chuyển bước") } else { lang.t("Trình phê duyệt") };
    let shell = Shell::officer(app, me, Nav::Work, title);
    html(&Page { shell, act })
}

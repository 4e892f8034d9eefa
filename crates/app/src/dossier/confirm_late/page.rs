//! A second officer compares the papers with a late entry and confirms it (INT-13).

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
#[template(path = "dossier/confirm_late/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::LateConfirmations).await;
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
    let mut act = Act::sent(app, me, key, CommandName::LateConfirmations, form).await?;
    match act.give(app, me, Command::ConfirmLate).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xác nhận hồ sơ nhập muộn"));
    html(&Page { shell, act })
}

//! Why the dossier is overdue; without a reason that the law knows it is published (CLK-08).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::act::Act,
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "dossier/overdue/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::OverdueCauses).await;
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
    let act = Act::sent(app, me, key, CommandName::OverdueCauses, form).await?;
    let cause = act.form.value("reason").to_owned();
    let command = Some(Command::ExplainOverdue { cause, justified: act.form.is("justified", "yes") });
    act.answer(app, me, command, render).await
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ghi nguyên nhân quá hạn"));
    html(&Page { shell, act })
}

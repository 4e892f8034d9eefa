//! The agency explains in writing why it is late; the Centre then apologises (HUE 3.3b).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, intake_fields::day_or_moment},
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
#[template(path = "dossier/explain/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Explanations).await;
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
    let mut act = Act::sent(app, me, key, CommandName::Explanations, form).await?;
    let mut wrong = Vec::new();
    let date = day_or_moment(app, "new_due_at", act.form.value("new_due_at"), &mut wrong);
    for fault in wrong {
        act.form.wrong(fault);
    }
    let reason = act.form.value("reason").to_owned();
    let command = date.map(|new_due_at| Command::Explain { reason, new_due_at });
    act.answer(app, me, command, render).await
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Giải trình chậm hạn"));
    html(&Page { shell, act })
}

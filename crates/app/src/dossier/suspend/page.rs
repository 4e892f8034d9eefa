//! Suspend with reason and an end; in Đồng Nai the deputy director confirms it (CLK-06).

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
#[template(path = "dossier/suspend/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Suspensions).await;
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
    let mut act = Act::sent(app, me, key, CommandName::Suspensions, form).await?;
    let mut wrong = Vec::new();
    let until = day_or_moment(app, "until", act.form.value("until"), &mut wrong);
    for fault in wrong {
        act.form.wrong(fault);
    }
    let reason = act.form.value("reason").to_owned();
    let command = until.map(|until| Command::Suspend { reason, until });
    act.answer(app, me, command, render).await
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Tạm dừng giải quyết"));
    html(&Page { shell, act })
}

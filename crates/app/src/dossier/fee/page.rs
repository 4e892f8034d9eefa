//! Ask for a fee: before the work goes on, or before the handover (FEE-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::act::Act,
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::dossier::{Command, CommandName, FeeMoment};

#[derive(Template)]
#[template(path = "dossier/fee/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::FeeRequests).await;
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
    let mut act = Act::sent(app, me, key, CommandName::FeeRequests, form).await?;
    let (vi, en) = ("Xin ghi số tiền bằng số, ví dụ 150.000.", "Give the amount in figures, for example 150.000.");
    let digits: String = act.form.value("amount").chars().filter(|c| !matches!(c, '.' | ' ' | 'đ')).collect();
    let amount = digits.parse::<i64>().ok().filter(|n| *n > 0);
    if amount.is_none() {
        act.form.wrong(FieldError::new("amount", "invalid", vi, en));
    }
    let when = if act.form.is("when", "at_return") { FeeMoment::AtReturn } else { FeeMoment::Now };
    let reason = act.form.value("reason").to_owned();
    let command = amount.map(|amount| Command::RequireFee { amount, reason, when });
    act.answer(app, me, command, render).await
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Thông báo nộp phí, lệ phí"));
    html(&Page { shell, act })
}

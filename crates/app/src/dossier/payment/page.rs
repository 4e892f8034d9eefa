//! Record the proof of payment; a dossier that waited for it goes on (FEE-02, FEE-03).

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
#[template(path = "dossier/payment/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Payments).await;
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
    let mut act = Act::sent(app, me, key, CommandName::Payments, form).await?;
    let (vi, en) =
        ("Xin ghi số biên lai hoặc chứng từ chuyển tiền.", "Give the number of the receipt or of the transfer.");
    let proof = act.form.required("proof", vi, en);
    let amount = act.subject.state.unpaid().map_or(0, |fee| fee.amount);
    let command = Some(Command::RecordPayment { amount, paid_at: None, proof });
    act.answer(app, me, command, render).await
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ghi nhận đã nộp phí, lệ phí"));
    html(&Page { shell, act })
}

//! `POST /can-bo/nhieu`: what became of each of the ticked rows.

use super::run::{Outcome, Step, picks, run};
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "dossier/bulk/page.html")]
struct Page {
    shell: Shell,
    done: Vec<Outcome>,
    refused: Vec<Outcome>,
    back: &'static str,
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    sent(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The report is the answer itself: it is no page to come back to, and sending it again does nothing twice.
async fn sent(app: &App, me: &SignedIn, form: &Form) -> Result<Response, AppError> {
    let (picked, step) = (picks(form), Step::of(form));
    let back = if step == Some(Step::Approve) { "/can-bo/duyet" } else { "/can-bo" };
    let Some(step) = step.filter(|_| !picked.is_empty()) else { return Ok(Redirect::to(back).into_response()) };
    let orders = picked.into_iter().map(|pick| (pick, step.command())).collect();
    let outcomes = run(app, me, orders, &form.key(app)).await?;
    let lang = me.reader.lang;
    let title = match step {
        Step::Assign(_) => lang.t("Chuyển người giữ"),
        Step::Submit => lang.t("Trình phê duyệt"),
        Step::Approve => lang.t("Phê duyệt"),
    };
    Ok(report(app, me, title, outcomes, back))
}

/// What became of each, the refused ones first.
pub fn report(app: &App, me: &SignedIn, title: &str, outcomes: Vec<Outcome>, back: &'static str) -> Response {
    let (done, refused) = outcomes.into_iter().partition(|o: &Outcome| o.refused.is_none());
    html(&Page { shell: Shell::officer(app, me, Nav::Work, title), done, refused, back })
}

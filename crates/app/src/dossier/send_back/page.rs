//! Send back to an earlier step with a reason (FLW-07).

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
use domain::dossier::{Command, CommandName, situation};

#[derive(Template)]
#[template(path = "dossier/send_back/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    /// Earlier steps, the nearest first: key and name.
    steps: Vec<(String, String)>,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let page = async {
        let mut act = Act::open(&app, &me, &key, CommandName::ReturnsToStep).await?;
        let state = &act.subject.state;
        let here = state.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
        let nearest = act.subject.governing.process.back(here, &situation(state)).map(|s| s.key.clone());
        let nearest = nearest.unwrap_or_default();
        act.form = std::mem::take(&mut act.form).with("step", nearest);
        Ok::<_, AppError>(render(&app, &me, act))
    };
    page.await.map_err(|e| PageError::new(&app, &me.reader, e))
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
    let mut act = Act::sent(app, me, key, CommandName::ReturnsToStep, form).await?;
    let step = act.form.text("step").map(str::to_owned);
    let reason = act.form.value("reason").trim().to_owned();
    match act.give(app, me, Command::ReturnToStep { step, reason }).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

/// Where it may go back to, the nearest first.
fn earlier(me: &SignedIn, act: &Act) -> Vec<(String, String)> {
    let here = act.subject.state.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
    let steps = act.subject.governing.process.earlier(here).into_iter();
    steps.map(|s| (s.key.clone(), me.reader.lang.pick((&s.name_vi, &s.name_en)).to_owned())).collect()
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Trả lại bước trước"));
    let steps = earlier(me, &act);
    html(&Page { shell, act, steps })
}

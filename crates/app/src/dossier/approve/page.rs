//! Approve or decline, phone first: what is asked, who opined, one decision (FLW-05).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::act::{Act, Told},
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::dossier::{Command, CommandName, Decision};

#[derive(Template)]
#[template(path = "dossier/approve/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Approvals).await;
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
    let mut act = Act::sent(app, me, key, CommandName::Approvals, form).await?;
    let decision = match act.form.value("decision") {
        "grant" => Decision::Grant,
        "decline" => Decision::Decline,
        _ => {
            let (vi, en) = ("Xin bấm Phê duyệt hoặc Không chấp thuận.", "Choose to approve or to decline.");
            act.form.wrong(FieldError::missing("form", vi, en));
            return Ok((act.mend(me)?, render(app, me, act)).into_response());
        }
    };
    let reason = act.form.text("reason").map(str::to_owned);
    match act.give(app, me, Command::Approve { decision, reason }).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Phê duyệt hồ sơ"));
    html(&Page { shell, act })
}

//! Record a verification, at a desk or on the spot (FLW-03).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Told},
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
    interlink::input::{self, VerificationInput, VisitInput},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::dossier::CommandName;

#[derive(Template)]
#[template(path = "interlink/verify/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let page = async {
        let mut act = Act::open(&app, &me, &key, CommandName::Verifications).await?;
        act.form = std::mem::take(&mut act.form).with("visit", "no");
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
    let mut act = Act::sent(app, me, key, CommandName::Verifications, form).await?;
    let form = &act.form;
    let visit = form.is("visit", "yes").then(|| VisitInput {
        at: form.value("visit.at").to_owned(),
        place: form.value("visit.place").to_owned(),
        participants: form.value("visit.participants").lines().map(str::to_owned).collect(),
        content: form.value("visit.content").to_owned(),
    });
    let found = VerificationInput {
        findings: form.value("findings").to_owned(),
        conclusion: form.text("conclusion").map(str::to_owned),
        visit,
    };
    let command = match input::verification(app, &found) {
        Ok(command) => command,
        Err(wrong) => {
            act.form.absorb(wrong)?;
            return Ok((act.mend(me)?, render(app, me, act)).into_response());
        }
    };
    match act.give(app, me, command).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xác minh"));
    html(&Page { shell, act })
}

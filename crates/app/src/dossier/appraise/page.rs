//! The appraisal: an opinion in words, kept, or kept and submitted at once (FLW-03).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::act::{Act, Told},
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::dossier::{Command, CommandName, Decision};

#[derive(Template)]
#[template(path = "dossier/appraise/page.html")]
struct Page {
    shell: Shell,
    act: Act,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let page = async {
        let mut act = Act::open(&app, &me, &key, CommandName::Appraisals).await?;
        if let Some(opinion) = act.subject.state.opinion.clone() {
            let proposes = if opinion.proposes == Decision::Grant { "grant" } else { "decline" };
            act.form = std::mem::take(&mut act.form).with("opinion", proposes).with("text", opinion.text);
        }
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
    let mut act = Act::sent(app, me, key, CommandName::Appraisals, form).await?;
    let opinion = match act.form.value("opinion") {
        "grant" => Decision::Grant,
        "decline" => Decision::Decline,
        _ => {
            let (vi, en) =
                ("Xin chọn đề nghị chấp thuận hay không.", "Choose whether to propose granting or declining.");
            act.form.wrong(FieldError::missing("opinion", vi, en));
            Decision::Grant
        }
    };
    let (vi, en) = ("Xin ghi ý kiến thẩm định.", "Write the opinion.");
    let text = act.form.required("text", vi, en);
    if !act.form.is_good() {
        return Ok((act.mend(me)?, render(app, me, act)).into_response());
    }
    let submits = act.form.is("act", "submit");
    match act.give(app, me, Command::Appraise { opinion, text }).await? {
        Told::Done(_) if submits => submit(app, me, act).await,
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

/// The second half of "Lưu ý kiến và trình": each half is kept under its own key, so a second click repeats neither.
async fn submit(app: &App, me: &SignedIn, act: Act) -> Result<Response, AppError> {
    let seen: u32 = act.form.text("version").and_then(|v| v.parse().ok()).unwrap_or(0);
    let key = act.form.text("once").map_or_else(|| hidden_key(app), |k| format!("{k}-submit"));
    // The appraisal was the one event after the version that the officer saw.
    let form = Form::default().with("once", key).with("version", (seen + 1).to_string());
    let path = act.subject.id.to_string();
    let mut second = Act::sent(app, me, &path, CommandName::Submissions, form).await?;
    match second.give(app, me, Command::SubmitForApproval).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => {
            let mut again = Act { conflict: second.conflict, subject: second.subject, ..act };
            again.form = again.form.with("version", second.form.value("version")).with("once", hidden_key(app));
            Ok((status, render(app, me, again)).into_response())
        }
    }
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ý kiến thẩm định"));
    html(&Page { shell, act })
}

//! The appraisal: an opinion in words, kept, or kept and submitted at once (FLW-03). A draft of it and the agency's wordings
//! are at hand.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::{Act, Arrival, Told},
        drafts::{self, Draft},
        phrases::{self, Phrase},
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::dossier::{Command, CommandName, Decision};

#[derive(Template)]
#[template(path = "dossier/appraise/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    draft: Option<Draft>,
    phrases: Vec<Phrase>,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, PageError> {
    shown(&app, &me, &key, &arrival).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn shown(app: &App, me: &SignedIn, key: &str, arrival: &Arrival) -> Result<Response, AppError> {
    let mut act = Act::open(app, me, key, CommandName::Appraisals).await?;
    let mut form = std::mem::take(&mut act.form);
    if let Some(opinion) = act.subject.state.opinion.clone() {
        let proposes = if opinion.proposes == Decision::Grant { "grant" } else { "decline" };
        form = form.with("opinion", proposes).with("text", opinion.text);
    }
    if let Some(draft) = drafts::find(app, me, &act).await? {
        form = draft.fill(form);
    }
    act.form = form;
    page(app, me, act, arrival).await
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    Box::pin(sent(&app, &me, &key, form)).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, form: Form) -> Result<Response, AppError> {
    let act = Act::sent(app, me, key, CommandName::Appraisals, form).await?;
    match act.form.value("act") {
        "draft" => {
            let fields = ["opinion", "text"].map(|name| (name, act.form.all(name).to_vec()));
            drafts::keep(app, me, &act, &fields).await
        }
        "undraft" => drafts::discard(app, me, &act).await,
        "phrase" | "keep_phrase" | "remove_phrase" => with_phrases(app, me, act).await,
        _ => Box::pin(given(app, me, act)).await,
    }
}

/// Something was done with the agency's wordings; the opinion stays in its form.
async fn with_phrases(app: &App, me: &SignedIn, mut act: Act) -> Result<Response, AppError> {
    act.subject.permit(me, act.what)?;
    match act.form.value("act") {
        "keep_phrase" => phrases::keep(app, me, &mut act).await?,
        "remove_phrase" => phrases::remove(app, me, &mut act).await?,
        _ => {
            let known = phrases::known(app, me, &act).await?;
            act.form = phrases::insert(std::mem::take(&mut act.form), &known);
        }
    }
    let status = if act.form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    again(app, me, act, status).await
}

async fn given(app: &App, me: &SignedIn, mut act: Act) -> Result<Response, AppError> {
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
        let status = act.mend(app, me).await?;
        return again(app, me, act, status).await;
    }
    let submits = act.form.is("act", "submit");
    match act.give(app, me, Command::Appraise { opinion, text }).await? {
        Told::Done(done) => {
            drafts::forget(app, me, &act).await?;
            if submits { submit(app, me, act).await } else { Ok(done) }
        }
        Told::Again(status) => again(app, me, act, status).await,
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
            let mut changed = Act { conflict: second.conflict, subject: second.subject, ..act };
            changed.form = changed.form.with("version", second.form.value("version")).with("once", hidden_key(app));
            again(app, me, changed, status).await
        }
    }
}

async fn again(app: &App, me: &SignedIn, act: Act, status: StatusCode) -> Result<Response, AppError> {
    Ok((status, page(app, me, act, &Arrival::default()).await?).into_response())
}

async fn page(app: &App, me: &SignedIn, act: Act, arrival: &Arrival) -> Result<Response, AppError> {
    let shell = arrival.greet(Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ý kiến thẩm định")));
    let (draft, phrases) = (drafts::find(app, me, &act).await?, phrases::known(app, me, &act).await?);
    Ok(html(&Page { shell, act, draft, phrases }))
}

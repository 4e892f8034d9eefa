//! One page of the wizard that asks. The two handlers stand here once; a page says which fields it keeps and what it shows.

use super::{
    Citizen,
    draft::{Draft, Found, Step},
};
use crate::{
    app::App,
    error::AppError,
    http::{Form, PageError, Typed, html},
    registers,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};

/// A page that asks for some fields of the draft.
pub trait Question: Template + Sized + 'static {
    /// Its place on the way.
    const STEP: Step;
    /// What it keeps.
    const FIELDS: &'static [&'static str];
    /// What follows by itself from what was typed, before it is kept.
    fn settled(_draft: &Draft, form: Form) -> Form {
        form
    }
    /// The page around the form, as it lies here or shown again.
    fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Self;
}

/// `GET` and `POST` of a question.
pub fn question<Q: Question>() -> MethodRouter<App> {
    get(show::<Q>).post(send::<Q>)
}

async fn show<Q: Question>(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let Found::Open(draft) = Draft::load(&app, &me, &id).await? else { return Ok(sent_already()) };
        Ok::<_, AppError>(html(&Q::page(&app, &me, &draft, draft.form())))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn send<Q: Question>(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save::<Q>(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// What was typed is kept whether it is right or not: nothing is lost, and the last page says what is still to be mended. What
/// is wrong is what the counter would find wrong (`intake_fields`), as far as it stands on this page.
async fn save<Q: Question>(app: &App, me: &Citizen, id: &str, mut form: Form) -> Result<Response, AppError> {
    let Found::Open(mut draft) = Draft::load(app, me, id).await? else { return Ok(sent_already()) };
    // By itself, while somebody types: nothing is judged and nothing moves.
    if form.is("act", "draft") {
        draft.save(app, me, &form, Q::FIELDS).await?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    form = Q::settled(&draft, form);
    draft.save(app, me, &form, Q::FIELDS).await?;
    // Only looked again: the same page, narrowed by what was answered.
    if form.is("act", "register") && Q::STEP == Step::Applicant {
        form = registers::fill_own(app, me, form).await?;
        draft.save(app, me, &form, Q::FIELDS).await?;
        let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok((status, html(&Q::page(app, me, &draft, form))).into_response());
    }
    if form.is("act", "again") {
        return Ok(Redirect::to(&draft.href(Q::STEP)).into_response());
    }
    for (_, fault) in draft.faults(app)?.into_iter().filter(|(step, _)| *step == Q::STEP) {
        form.wrong(fault);
    }
    if form.is_good() {
        return Ok(Redirect::to(&draft.href(draft.next(app, Q::STEP))).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&Q::page(app, me, &draft, form))).into_response())
}

/// The draft has become a dossier: it stands in the list of what was handed in.
pub fn sent_already() -> Response {
    Redirect::to("/cong-dan").into_response()
}

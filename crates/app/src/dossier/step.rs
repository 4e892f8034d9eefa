//! The page of one lawful step. The two handlers stand here once; a step says its command, its draft and its page.

use super::{
    act::{Act, Told},
    files::{self, Attached},
    print_form,
};
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Form, PageError, Typed, html},
};
use askama::Template;
use axum::{
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use domain::dossier::{Command, CommandName};

/// A page that gives one command to one dossier.
pub trait Step: Template + Sized + 'static {
    /// The command; it decides who may open the page.
    const WHAT: CommandName;
    /// What stands in the form before anything is typed.
    fn drafted(_app: &App, _me: &SignedIn, act: Act) -> Act {
        act
    }
    /// What must be on disk before the command names it.
    fn prepared(_app: &App, _me: &SignedIn, _act: &mut Act) -> impl Future<Output = Result<(), AppError>> + Send {
        std::future::ready(Ok(()))
    }
    /// What was asked of the form besides the step itself, such as keeping it for somebody else; `None` goes on to the step.
    fn aside(
        _app: &App,
        _me: &SignedIn,
        _act: &mut Act,
    ) -> impl Future<Output = Result<Option<Response>, AppError>> + Send {
        std::future::ready(Ok(None))
    }
    /// The command as typed. What is wrong is noted in the form, or is the error when no command can be made of it.
    fn command(app: &App, me: &SignedIn, act: &mut Act) -> Result<Command, AppError>;
    /// The page around the form, empty or shown again.
    fn page(app: &App, me: &SignedIn, act: Act) -> Self;
    /// The letter to be signed, as it was typed so far, for a step whose signed paper is scanned.
    fn letter(_app: &App, _me: &SignedIn, _act: &Act) -> Option<documents::Form> {
        None
    }
}

/// `GET` and `POST` of a step.
pub fn step<S: Step>() -> MethodRouter<App> {
    get(show::<S>).post(send::<S>)
}

/// The same for a step to whose form files belong.
pub fn step_with_files<S: Step>() -> MethodRouter<App> {
    get(show::<S>).post(send_with_files::<S>)
}

/// `GET`: the form, refused when the step is not this officer's.
pub async fn show<S: Step>(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, S::WHAT).await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    let act = S::drafted(&app, &me, act);
    Ok(html(&S::page(&app, &me, act)))
}

/// `POST`: the command is given, or the form is shown again with everything that was typed.
pub async fn send<S: Step>(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent::<S>(&app, &me, &key, form, Vec::new()).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `POST` of a form with files: they are taken in first, so that nobody scans twice because of a wrong date.
pub async fn send_with_files<S: Step>(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    came::<S>(&app, &me, &key, request).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn came<S: Step>(app: &App, me: &SignedIn, key: &str, request: Request) -> Result<Response, AppError> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/") {
        let Ok(Typed(form)) = Typed::from_request(request, app).await else { return Err(AppError::NotFound) };
        return sent::<S>(app, me, key, form, Vec::new()).await;
    }
    let parts = Multipart::from_request(request, app).await.map_err(|_| AppError::NotFound)?;
    let read = files::read(app, &me.who, parts).await?;
    let attached = read.attached(app, &me.who, "files", "kept").await?;
    sent::<S>(app, me, key, read.form, attached).await
}

async fn sent<S: Step>(
    app: &App,
    me: &SignedIn,
    key: &str,
    form: Form,
    attached: Vec<Attached>,
) -> Result<Response, AppError> {
    let mut act = Act::sent(app, me, key, S::WHAT, form).await?;
    act.attached = attached;
    S::prepared(app, me, &mut act).await?;
    if act.form.is("act", "letter") {
        act.subject.permit(me, S::WHAT)?;
        let letter = S::letter(app, me, &act).ok_or(AppError::NotFound)?;
        return print_form(letter, documents::Paper::A4, "ban-trinh-ky").await;
    }
    match S::aside(app, me, &mut act).await {
        Ok(Some(done)) => return Ok(done),
        Ok(None) => {}
        Err(wrong) => act.form.absorb(wrong)?,
    }
    let again = |status: StatusCode, act| (status, html(&S::page(app, me, act))).into_response();
    let command = match S::command(app, me, &mut act) {
        Ok(command) if act.form.is_good() => command,
        Ok(_) => return Ok(again(act.mend(app, me).await?, act)),
        Err(wrong) => {
            act.form.absorb(wrong)?;
            return Ok(again(act.mend(app, me).await?, act));
        }
    };
    match act.give(app, me, command).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok(again(status, act)),
    }
}

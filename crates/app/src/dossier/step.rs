//! The page of one lawful step. The two handlers stand here once; a step says its command, its draft and its page.

use super::act::{Act, Told};
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Form, PageError, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
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
    /// The command as typed. What is wrong is noted in the form, or is the error when no command can be made of it.
    fn command(app: &App, me: &SignedIn, act: &mut Act) -> Result<Command, AppError>;
    /// The page around the form, empty or shown again.
    fn page(app: &App, me: &SignedIn, act: Act) -> Self;
}

/// `GET` and `POST` of a step.
pub fn step<S: Step>() -> MethodRouter<App> {
    get(show::<S>).post(send::<S>)
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
    sent::<S>(&app, &me, &key, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent<S: Step>(app: &App, me: &SignedIn, key: &str, form: Form) -> Result<Response, AppError> {
    let mut act = Act::sent(app, me, key, S::WHAT, form).await?;
    S::prepared(app, me, &mut act).await?;
    let again = |status: StatusCode, act| (status, html(&S::page(app, me, act))).into_response();
    let command = match S::command(app, me, &mut act) {
        Ok(command) if act.form.is_good() => command,
        Ok(_) => return Ok(again(act.mend(me)?, act)),
        Err(wrong) => {
            act.form.absorb(wrong)?;
            return Ok(again(act.mend(me)?, act));
        }
    };
    match act.give(app, me, command).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok(again(status, act)),
    }
}

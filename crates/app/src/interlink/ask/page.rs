//! Ask other agencies or units for their opinion, with a date of its own (ILK-05).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Told},
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
    interlink::input::{self, ConsultationInput},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::dossier::CommandName;

#[derive(Template)]
#[template(path = "interlink/ask/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    /// Whoever may be asked: code and name; the own agency by its units.
    places: Vec<(String, String)>,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let page = async {
        let act = Act::open(&app, &me, &key, CommandName::Consultations).await?;
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
    let mut act = Act::sent(app, me, key, CommandName::Consultations, form).await?;
    let asked = ConsultationInput {
        agencies: act.form.all("agencies").to_vec(),
        content: act.form.value("content").to_owned(),
        due_at: act.form.value("due_at").to_owned(),
    };
    let command = match input::consultation(app, &asked) {
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

/// Every agency but the own one, and the other units of the own one.
pub fn places(app: &App, me: &SignedIn) -> Vec<(String, String)> {
    let reference = app.reference();
    let own = reference.agency(me.who.agency).map(|a| a.identifier.clone()).unwrap_or_default();
    let units = reference.units_of(me.who.agency).filter(|u| u.id != me.who.unit);
    let units = units.map(|u| (format!("{own}/{}", u.code), u.name.clone()));
    let agencies = reference.agencies.iter().filter(|a| a.active && a.id != me.who.agency);
    units.chain(agencies.map(|a| (a.identifier.clone(), a.name.clone()))).collect()
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Lấy ý kiến"));
    html(&Page { shell, act, places: places(app, me) })
}

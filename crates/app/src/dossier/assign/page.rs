//! Give a dossier to an officer of the agency, or take it oneself (FLW-07).

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
use domain::{
    accounts::Role,
    dossier::{Command, CommandName, assigned_step, has_a_role_of},
};

#[derive(Template)]
#[template(path = "dossier/assign/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    officers: Vec<Choice>,
}

/// An officer who may appraise.
struct Choice {
    id: String,
    name: String,
    unit: String,
    is_me: bool,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let page = async {
        let mut act = Act::open(&app, &me, &key, CommandName::Assignments).await?;
        let officers = choices(&app, &me, &act);
        let first = officers.iter().find(|o| o.is_me).or_else(|| officers.first().filter(|_| officers.len() == 1));
        act.form = std::mem::take(&mut act.form).with("officer", first.map(|o| o.id.clone()).unwrap_or_default());
        Ok::<_, AppError>(render(&app, &me, act, officers))
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
    let mut act = Act::sent(app, me, key, CommandName::Assignments, form).await?;
    let Some(officer) = act.form.text("officer").and_then(|o| o.parse().ok()) else {
        let (vi, en) = ("Xin chọn người xử lý.", "Choose who will handle it.");
        act.form.wrong(FieldError::missing("officer", vi, en));
        let officers = choices(app, me, &act);
        return Ok((act.mend(me)?, render(app, me, act, officers)).into_response());
    };
    match act.give(app, me, Command::Assign { unit: None, officer }).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => {
            let officers = choices(app, me, &act);
            Ok((status, render(app, me, act, officers)).into_response())
        }
    }
}

/// A head chooses among those who may appraise; a specialist takes for oneself only.
fn choices(app: &App, me: &SignedIn, act: &Act) -> Vec<Choice> {
    let reference = app.reference();
    let process = &act.subject.governing.process;
    let state = &act.subject.state;
    let Some((step, holder)) = assigned_step(state, process).zip(state.holder.as_ref()) else {
        return Vec::new();
    };
    let gives = me.who.is(Role::UnitHead) || me.who.is(Role::AgencyLeader);
    let fit = reference.officers().filter(|o| {
        o.active
            && o.who.agency == holder.agency
            && has_a_role_of(&o.who, step)
            && step.actor.unit.is_none_or(|unit| o.who.unit == unit)
            && (gives || o.id == me.who.officer)
    });
    let mut list: Vec<_> = fit
        .map(|o| Choice {
            id: o.id.to_string(),
            name: o.name.clone(),
            unit: reference.unit(o.who.unit).map(|u| u.name.clone()).unwrap_or_default(),
            is_me: o.id == me.who.officer,
        })
        .collect();
    // The own unit first, then by name.
    let own = reference.unit(me.who.unit).map(|u| u.name.clone()).unwrap_or_default();
    list.sort_by(|a, b| (a.unit != own, &a.unit, &a.name).cmp(&(b.unit != own, &b.unit, &b.name)));
    list
}

fn render(app: &App, me: &SignedIn, act: Act, officers: Vec<Choice>) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Phân công xử lý"));
    html(&Page { shell, act, officers })
}

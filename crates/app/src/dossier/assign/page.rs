//! Give a dossier to an officer of the agency, or take it oneself (FLW-07).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, bulk::may_receive, step::Step},
    error::{AppError, FieldError},
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, assigned_step, has_a_role_of};

#[derive(Template)]
#[template(path = "dossier/assign/page.html")]
pub struct Page {
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

impl Step for Page {
    const WHAT: CommandName = CommandName::Assignments;

    /// Oneself, or whoever is the only one there.
    fn drafted(app: &App, me: &SignedIn, mut act: Act) -> Act {
        let officers = choices(app, me, &act);
        let first = officers.iter().find(|o| o.is_me).or_else(|| officers.first().filter(|_| officers.len() == 1));
        act.form = std::mem::take(&mut act.form).with("officer", first.map(|o| o.id.clone()).unwrap_or_default());
        act
    }

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let Some(officer) = act.form.text("officer").and_then(|o| o.parse().ok()) else {
            return Err(FieldError::missing("officer", "Xin chọn người xử lý.", "Choose who will handle it.").into());
        };
        Ok(Command::Assign { unit: None, officer })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Phân công xử lý"));
        let officers = choices(app, me, &act);
        Self { shell, act, officers }
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
    let fit = reference.officers().filter(|o| {
        o.active
            && o.who.agency == holder.agency
            && has_a_role_of(&o.who, step)
            && step.actor.unit.is_none_or(|unit| o.who.unit == unit)
            && may_receive(&o.who, &me.identities)
            && o.who.bound.handles(&act.subject.governing.procedure.field.name)
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

//! Ask other agencies or units for their opinion, with a date of its own (ILK-05).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Step},
    error::AppError,
    http::{Nav, Shell},
    interlink::input::{self, ConsultationInput},
};
use askama::Template;
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "interlink/ask/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// Whoever may be asked: code and name; the own agency by its units.
    places: Vec<(String, String)>,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Consultations;

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let asked = ConsultationInput {
            agencies: act.form.all("agencies").to_vec(),
            content: act.form.value("content").to_owned(),
            due_at: act.form.value("due_at").to_owned(),
        };
        input::consultation(app, &asked)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Lấy ý kiến"));
        Self { shell, act, places: places(app, me) }
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

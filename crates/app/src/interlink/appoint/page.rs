//! Appoint a visit on the spot: when, where, who must be there, what is looked into; the applicant is told (FLW-03, QN 6.4b).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Step},
    error::AppError,
    http::{Nav, Shell},
    interlink::input::{self, AppointmentInput},
};
use askama::Template;
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "interlink/appoint/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Visits;

    fn drafted(_app: &App, _me: &SignedIn, mut act: Act) -> Act {
        let form = std::mem::take(&mut act.form).with("applicant", "yes");
        act.form = form.with("visit.participants", "Chủ hồ sơ hoặc người đại diện");
        act
    }

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let form = &act.form;
        let visit = AppointmentInput {
            at: form.value("visit.at").to_owned(),
            place: form.value("visit.place").to_owned(),
            participants: form.value("visit.participants").lines().map(str::to_owned).collect(),
            content: form.value("visit.content").to_owned(),
            applicant: form.is("applicant", "yes"),
        };
        input::appointment(app, visit)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Hẹn kiểm tra thực địa"));
        Self { shell, act }
    }
}

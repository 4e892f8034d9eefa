//! The Centre adjusts the date by the agency's apology, and the applicant is told (CLK-05; VL 4.3e, QN 6.3).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step, subject::moment},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "dossier/adjust_date/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::DateAdjustments;

    fn command(_app: &App, _me: &SignedIn, _act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::AdjustDate)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Điều chỉnh ngày hẹn"));
        Self { shell, act }
    }
}

impl Page {
    /// Written as the date in force beside it.
    fn new_date(&self) -> String {
        self.act.subject.state.appointment.as_ref().map(|a| moment(a.to)).unwrap_or_default()
    }
}

//! Go on after a suspension: the clock runs again, later by the working time that was spent waiting.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "dossier/resume/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Resumptions;

    fn command(_app: &App, _me: &SignedIn, _act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::Resume)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Tiếp tục giải quyết"));
        Self { shell, act }
    }
}

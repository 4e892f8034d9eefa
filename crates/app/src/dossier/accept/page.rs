//! Take in a draft or a submitted dossier: receipt and due date (INT-03).

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
#[template(path = "dossier/accept/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Acceptances;

    fn command(_app: &App, _me: &SignedIn, _act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::Accept)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Tiếp nhận hồ sơ"));
        Self { shell, act }
    }
}

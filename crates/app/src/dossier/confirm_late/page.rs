//! A second officer compares the papers with a late entry and confirms it (INT-13).

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
#[template(path = "dossier/confirm_late/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::LateConfirmations;

    fn command(_app: &App, _me: &SignedIn, _act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::ConfirmLate)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xác nhận hồ sơ nhập muộn"));
        Self { shell, act }
    }
}

//! The applicant withdraws (FLW-08).

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
#[template(path = "dossier/withdraw/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Withdrawals;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::Withdraw { reason: act.form.value("reason").to_owned() })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Rút hồ sơ"));
        Self { shell, act }
    }
}

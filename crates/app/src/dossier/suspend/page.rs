//! Suspend with reason and an end; in Đồng Nai the deputy director confirms it (CLK-06).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, intake_fields::required_moment, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "dossier/suspend/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Suspensions;

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let until = required_moment(app, "until", act.form.value("until"))?;
        Ok(Command::Suspend { reason: act.form.value("reason").to_owned(), until })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Tạm dừng giải quyết"));
        Self { shell, act }
    }
}

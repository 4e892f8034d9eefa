//! Why the dossier is overdue; without a reason that the law knows it is published (CLK-08).

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
#[template(path = "dossier/overdue/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::OverdueCauses;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let cause = act.form.value("reason").to_owned();
        Ok(Command::ExplainOverdue { cause, justified: act.form.is("justified", "yes") })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ghi nguyên nhân quá hạn"));
        Self { shell, act }
    }
}

//! The agency explains in writing why it is late; the Centre then apologises (HUE 3.3b).

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
#[template(path = "dossier/explain/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Explanations;

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let new_due_at = required_moment(app, "new_due_at", act.form.value("new_due_at"))?;
        Ok(Command::Explain { reason: act.form.value("reason").to_owned(), new_due_at })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Giải trình chậm hạn"));
        Self { shell, act }
    }
}

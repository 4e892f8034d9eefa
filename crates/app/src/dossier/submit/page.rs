//! Submit an appraised dossier for approval.

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
#[template(path = "dossier/submit/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Submissions;

    fn command(_app: &App, _me: &SignedIn, _act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::SubmitForApproval)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let lang = me.reader.lang;
        let title = if act.subject.passes_on() { lang.t("Chuyển bước") } else { lang.t("Trình phê duyệt") };
        Self { shell: Shell::officer(app, me, Nav::Work, title), act }
    }
}

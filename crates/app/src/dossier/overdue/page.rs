//! Why the dossier is overdue; without a reason that the law knows it is published (CLK-08).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, may_excuse};

#[derive(Template)]
#[template(path = "dossier/overdue/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// This officer's word counts as a reason that the law knows.
    may_excuse: bool,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::OverdueCauses;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let cause = act.form.value("reason").to_owned();
        Ok(Command::ExplainOverdue { cause, justified: act.form.is("justified", "yes") })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ghi nguyên nhân quá hạn"));
        let may_excuse = act.subject.by_law(app, |d, law| may_excuse(&me.who, d, law)) == Some(true);
        Self { shell, act, may_excuse }
    }
}

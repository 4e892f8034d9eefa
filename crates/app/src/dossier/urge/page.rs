//! Urge whoever has the dossier, for the Centre or a leader (CLK-11; DN 12.1, VL 8.6, QN 5.1đ, HUE IV.6.2).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, intake_fields::required_moment, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, Urging};

#[derive(Template)]
#[template(path = "dossier/urge/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Page {
    fn urgings(&self) -> &[Urging] {
        &self.act.subject.state.urgings
    }
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Urgings;

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let answer_by = required_moment(app, "answer_by", act.form.value("answer_by"))?;
        Ok(Command::Urge { text: act.form.value("reason").to_owned(), answer_by })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        Self {
            shell: Shell::officer(app, me, Nav::Work, me.reader.lang.t("Đôn đốc giải quyết hồ sơ")), act
        }
    }
}

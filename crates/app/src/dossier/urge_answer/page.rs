//! The agency says in writing why it is late and by when it will be done (CLK-11; DN 7.2, VL 8.6).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, Urging};

#[derive(Template)]
#[template(path = "dossier/urge_answer/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

/// The oldest urging that waits for an answer.
fn open(act: &Act) -> Option<&Urging> {
    act.subject.state.urgings.iter().find(|u| u.answer.is_none())
}

impl Page {
    fn urging(&self) -> Option<&Urging> {
        open(&self.act)
    }
}

impl Step for Page {
    const WHAT: CommandName = CommandName::UrgingAnswers;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let typed = act.form.text("id").and_then(|id| id.parse().ok());
        let id = typed.or_else(|| open(act).map(|u| u.id)).unwrap_or(0);
        Ok(Command::AnswerUrging { id, text: act.form.value("reason").to_owned() })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        Self { shell: Shell::officer(app, me, Nav::Work, me.reader.lang.t("Trả lời đôn đốc")), act }
    }
}

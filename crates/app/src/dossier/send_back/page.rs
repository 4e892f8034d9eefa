//! Send back to an earlier step with a reason (FLW-07).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, situation};

#[derive(Template)]
#[template(path = "dossier/send_back/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// Earlier steps, the nearest first: key and name.
    steps: Vec<(String, String)>,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::ReturnsToStep;

    /// The nearest step is the usual one.
    fn drafted(_app: &App, _me: &SignedIn, mut act: Act) -> Act {
        let state = &act.subject.state;
        let here = state.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
        let nearest = act.subject.governing.process.back(here, &situation(state)).map(|s| s.key.clone());
        act.form = std::mem::take(&mut act.form).with("step", nearest.unwrap_or_default());
        act
    }

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let step = act.form.text("step").map(str::to_owned);
        Ok(Command::ReturnToStep { step, reason: act.form.value("reason").trim().to_owned() })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Trả lại bước trước"));
        let steps = earlier(me, &act);
        Self { shell, act, steps }
    }
}

/// Where it may go back to, the nearest first.
fn earlier(me: &SignedIn, act: &Act) -> Vec<(String, String)> {
    let here = act.subject.state.holder.as_ref().map(|h| h.step.as_str()).unwrap_or_default();
    let steps = act.subject.governing.process.earlier(here).into_iter();
    steps.map(|s| (s.key.clone(), me.reader.lang.pick((&s.name_vi, &s.name_en)).to_owned())).collect()
}

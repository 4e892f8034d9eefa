//! Take in a draft or a submitted dossier: receipt, due date, and the fees that are asked for with it (INT-03, FEE-01).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::Act,
        intake::fees::{self, Fees},
        step::Step,
    },
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::{
    dossier::{Command, CommandName},
    time::Instant,
};

#[derive(Template)]
#[template(path = "dossier/accept/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    fees: Fees,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Acceptances;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let mut wrong = Vec::new();
        let fees = fees::asked(&act.form, &mut wrong);
        // Only the sum of what is ticked was asked for: the form is shown again.
        if act.form.is("act", "sum") || !wrong.is_empty() {
            return Err(AppError::Fields(wrong));
        }
        Ok(Command::Accept { fees })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let lang = me.reader.lang;
        let shell = Shell::officer(app, me, Nav::Work, lang.t("Tiếp nhận hồ sơ"));
        let (intake, governing) = (&act.subject.state.intake, &act.subject.governing);
        let of = (intake.channel, intake.variant.as_deref().unwrap_or_default());
        let day = act.subject.state.received_at.map_or_else(|| app.now().day(), Instant::day);
        Self { shell, fees: fees::fees(governing, of, day, &act.form, lang), act }
    }
}

//! Ask for a fee: before the work goes on, or before the handover (FEE-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step},
    error::{AppError, FieldError},
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, FeeMoment};

#[derive(Template)]
#[template(path = "dossier/fee/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::FeeRequests;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let digits: String = act.form.value("amount").chars().filter(|c| !matches!(c, '.' | ' ' | 'đ')).collect();
        let Some(amount) = digits.parse::<i64>().ok().filter(|n| *n > 0) else {
            let (vi, en) =
                ("Xin ghi số tiền bằng số, ví dụ 150.000.", "Give the amount in figures, for example 150.000.");
            return Err(FieldError::new("amount", "invalid", vi, en).into());
        };
        let when = if act.form.is("when", "at_return") { FeeMoment::AtReturn } else { FeeMoment::Now };
        Ok(Command::RequireFee { amount, reason: act.form.value("reason").to_owned(), when })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Thông báo nộp phí, lệ phí"));
        Self { shell, act }
    }
}

//! Ask for a fee: before the work goes on, or before the handover (FEE-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, intake::fees, step::Step},
    error::{AppError, FieldError},
    http::{Form, Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, FeeMoment};

#[derive(Template)]
#[template(path = "dossier/fee/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// Lines of the published schedule that can be chosen.
    lines: Vec<fees::Row>,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::FeeRequests;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let mut wrong = Vec::new();
        let asked = match fees::one(&act.form, &mut wrong) {
            Some(line) => line.sum().map(|amount| (amount, line.words())),
            None => by_hand(&act.form),
        };
        if !wrong.is_empty() {
            return Err(AppError::Fields(wrong));
        }
        let Some((amount, reason)) = asked else {
            let (vi, en) =
                ("Xin ghi số tiền bằng số, ví dụ 150.000.", "Give the amount in figures, for example 150.000.");
            return Err(FieldError::new("amount", "invalid", vi, en).into());
        };
        let when = if act.form.is("when", "at_return") { FeeMoment::AtReturn } else { FeeMoment::Now };
        Ok(Command::RequireFee { amount, reason, when })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let lang = me.reader.lang;
        let shell = Shell::officer(app, me, Nav::Work, lang.t("Thông báo nộp phí, lệ phí"));
        let (intake, governing) = (&act.subject.state.intake, &act.subject.governing);
        // What was published when it was received is what it costs.
        let day = act.subject.state.received_at.map_or_else(|| app.now().day(), domain::time::Instant::day);
        let of = (intake.channel, intake.variant.as_deref().unwrap_or_default());
        let published = fees::fees(governing, of, day, &Form::default(), lang).rows;
        Self { shell, lines: published.into_iter().filter(|row| row.amount.is_some()).collect(), act }
    }
}

/// An amount and what it is for, as typed.
fn by_hand(form: &Form) -> Option<(i64, String)> {
    let digits: String = form.value("amount").chars().filter(|c| !matches!(c, '.' | ' ' | 'đ')).collect();
    let amount = digits.parse::<i64>().ok().filter(|n| *n > 0)?;
    Some((amount, form.value("reason").to_owned()))
}

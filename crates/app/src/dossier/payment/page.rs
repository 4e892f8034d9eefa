//! Record the proof of payment; a dossier that waited for it goes on (FEE-02, FEE-03).

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
#[template(path = "dossier/payment/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Payments;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let (vi, en) =
            ("Xin ghi số biên lai hoặc chứng từ chuyển tiền.", "Give the number of the receipt or of the transfer.");
        let proof = act.form.required("proof", vi, en);
        let amount = act.subject.state.unpaid().map_or(0, |fee| fee.amount);
        Ok(Command::RecordPayment { amount, paid_at: None, proof })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ghi nhận đã nộp phí, lệ phí"));
        Self { shell, act }
    }
}

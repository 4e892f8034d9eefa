//! Take back a fee that was asked by mistake: no dossier hangs on a slip of the finger (FEE-02, FLW-08).

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
#[template(path = "dossier/fee_back/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// The fee that would be taken back: what for, and how much.
    fee: Option<(String, String)>,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::FeeCancellations;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::CancelFee { reason: act.form.value("reason").to_owned() })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Rút thông báo phí, lệ phí"));
        let owed = act.subject.state.unpaid();
        let fee = owed.map(|f| (f.reason.clone(), documents::money(f.amount.unsigned_abs())));
        Self { shell, act, fee }
    }
}

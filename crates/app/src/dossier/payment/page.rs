//! Record the proof of payment; a dossier that waited for it goes on (FEE-02, FEE-03).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, Dossier};

#[derive(Template)]
#[template(path = "dossier/payment/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    owed: Vec<Owed>,
}

/// A fee that can be paid now.
struct Owed {
    reason: String,
    amount: i64,
    /// Another of the same amount stands before it and is paid first.
    later: bool,
}

fn owed(d: &Dossier) -> Vec<Owed> {
    let mut list: Vec<Owed> = Vec::new();
    for fee in d.payable() {
        let later = list.iter().any(|before| before.amount == fee.amount);
        list.push(Owed { reason: fee.reason.clone(), amount: fee.amount, later });
    }
    list
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Payments;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let (vi, en) =
            ("Xin ghi số biên lai hoặc chứng từ chuyển tiền.", "Give the number of the receipt or of the transfer.");
        let proof = act.form.required("proof", vi, en);
        // With one fee there is nothing to choose.
        let chosen = act.form.text("amount").and_then(|text| text.parse().ok());
        let amount = chosen.or_else(|| act.subject.state.unpaid().map(|fee| fee.amount)).unwrap_or(0);
        Ok(Command::RecordPayment { amount, paid_at: None, proof })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Ghi nhận đã nộp phí, lệ phí"));
        Self { shell, owed: owed(&act.subject.state), act }
    }
}

impl Page {
    /// What all of them make.
    fn sum(&self) -> String {
        documents::money(self.owed.iter().map(|fee| fee.amount.unsigned_abs()).sum())
    }
    /// Ticked: the one that was chosen before, else the first.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn is_chosen(&self, fee: &Owed, nth: &usize) -> bool {
        let said = self.act.form.text("amount");
        said.map_or(*nth == 0, |said| said == fee.amount.to_string())
    }
}

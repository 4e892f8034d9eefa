//! Record a verification, at a desk or on the spot (FLW-03).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Step},
    error::AppError,
    http::{Nav, Shell},
    interlink::input::{self, VerificationInput, VisitInput},
};
use askama::Template;
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "interlink/verify/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Verifications;

    fn drafted(_app: &App, _me: &SignedIn, mut act: Act) -> Act {
        act.form = std::mem::take(&mut act.form).with("visit", "no");
        act
    }

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let form = &act.form;
        let visit = form.is("visit", "yes").then(|| VisitInput {
            at: form.value("visit.at").to_owned(),
            place: form.value("visit.place").to_owned(),
            participants: form.value("visit.participants").lines().map(str::to_owned).collect(),
            content: form.value("visit.content").to_owned(),
        });
        let found = VerificationInput {
            findings: form.value("findings").to_owned(),
            conclusion: form.text("conclusion").map(str::to_owned),
            visit,
        };
        input::verification(app, &found)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xác minh"));
        Self { shell, act }
    }
}

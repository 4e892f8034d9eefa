//! Record a verification, at a desk or on the spot (FLW-03).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Step},
    error::AppError,
    http::{Nav, Shell},
    interlink::{
        Appointed, appointed,
        input::{self, VerificationInput, VisitInput},
    },
};
use askama::Template;
use domain::dossier::{Command, CommandName};
use std::borrow::Borrow;

#[derive(Template)]
#[template(path = "interlink/verify/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// Visits whose minutes these may be.
    appointed: Vec<Appointed>,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Verifications;

    fn drafted(_app: &App, _me: &SignedIn, mut act: Act) -> Act {
        let form = std::mem::take(&mut act.form);
        // The minutes begin as the visit was appointed.
        let open = visits(&act).into_iter().find(|v| v.is_open);
        act.form = match open {
            None => form.with("visit", "no"),
            Some(v) => form
                .with("visit", "yes")
                .with("appointed", v.number.to_string())
                .with("visit.at", v.at.local().strftime("%d/%m/%Y %H:%M").to_string())
                .with("visit.place", v.place)
                .with("visit.participants", v.participants.join("\n"))
                .with("visit.content", v.content),
        };
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
            appointed: form.text("appointed").map(str::to_owned),
        };
        input::verification(app, &found)
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xác minh"));
        Self { shell, appointed: visits(&act).into_iter().filter(|v| v.is_open).collect(), act }
    }
}

impl Page {
    fn is_chosen(&self, number: impl Borrow<u32>) -> bool {
        self.act.form.is("appointed", &number.borrow().to_string())
    }
}

fn visits(act: &Act) -> Vec<Appointed> {
    appointed(&act.subject.state.links, &act.subject.visits)
}

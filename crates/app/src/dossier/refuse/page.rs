//! Refuse with a reason in writing, form 03 (INT-05, CLK-10).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, slips, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, refusal_is_scanned};

#[derive(Template)]
#[template(path = "dossier/refuse/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// The signed notice is scanned and attached (DN 16.1e).
    scanned: bool,
    max_bytes: u64,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Refusals;

    fn drafted(_app: &App, _me: &SignedIn, mut act: Act) -> Act {
        if let Some(place) = act.subject.governing.procedure.flags.handled_elsewhere.clone() {
            act.form = std::mem::take(&mut act.form).with("directions", place);
        }
        act
    }

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let reason = act.form.value("reason").trim().to_owned();
        Ok(Command::Refuse { reason, directions: directions(act), files: act.hashes() })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Từ chối hồ sơ"));
        let scanned = act.subject.by_law(app, refusal_is_scanned) == Some(true);
        Self { shell, scanned, max_bytes: app.config.uploads.max_bytes, act }
    }

    fn letter(app: &App, me: &SignedIn, act: &Act) -> Option<documents::Form> {
        let reason = act.form.value("reason").to_owned();
        slips::to_sign(app, me, &act.subject, &slips::Letter::Refusal { reason, directions: directions(act) })
    }
}

/// The competent agency, when the dossier belongs elsewhere (INT-05).
fn directions(act: &Act) -> Option<String> {
    act.form.text("directions").map(str::to_owned)
}

//! Stop with a written notice: form 05 where the province's forms have it (FLW-08).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, slips, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{Command, CommandName, Confirmer, refusal_is_scanned, stop_confirmed_by};

#[derive(Template)]
#[template(path = "dossier/stop/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// The signed notice is scanned and attached (DN 16.1e).
    scanned: bool,
    /// Whose word it needs.
    confirmed_by: Option<Confirmer>,
    max_bytes: u64,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Stops;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        Ok(Command::Stop { reason: act.form.value("reason").to_owned(), files: act.hashes() })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Dừng giải quyết hồ sơ"));
        let scanned = act.subject.by_law(app, refusal_is_scanned) == Some(true);
        let confirmed_by = act.subject.by_law(app, |_, law| stop_confirmed_by(law)).flatten();
        Self { shell, scanned, confirmed_by, max_bytes: app.config.uploads.max_bytes, act }
    }

    fn letter(app: &App, me: &SignedIn, act: &Act) -> Option<documents::Form> {
        let reason = act.form.value("reason").to_owned();
        slips::to_sign(app, me, &act.subject, &slips::Letter::Stop { reason })
    }
}

//! Form 02 in one pass: guidance at intake, supplement in appraisal (INT-04, CLK-04, guard rail 1).

use super::findings::{Finding, at, findings, items, phrases};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, slips, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::dossier::{
    Command, CommandName, Confirmer, Problem, guidances_left, supplement_confirmed_by, supplement_is_scanned,
    supplements_left,
};

/// One page for both: `GUIDANCE` at intake, else a request in appraisal.
#[derive(Template)]
#[template(path = "dossier/supplement/page.html")]
pub struct Page<const GUIDANCE: bool> {
    shell: Shell,
    act: Act,
    findings: Vec<Finding>,
    /// How often it may still be asked, this time included.
    left: u32,
    days: u32,
    /// Whose word it needs.
    confirmed_by: Option<Confirmer>,
    /// The signed request is scanned and attached (DN 16.1e).
    scanned: bool,
    max_bytes: u64,
}

/// `…/huong-dan`
pub type Guidance = Page<true>;
/// `…/yeu-cau-bo-sung`
pub type Request = Page<false>;

impl<const GUIDANCE: bool> Page<GUIDANCE> {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference")]
    fn field(i: &usize, what: &str) -> String {
        at(*i, what)
    }
    /// What can be wrong with a paper that is here.
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn phrases(&self) -> Vec<Problem> {
        phrases().collect()
    }
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn is_guidance(&self) -> bool {
        GUIDANCE
    }
}

impl<const GUIDANCE: bool> Step for Page<GUIDANCE> {
    const WHAT: CommandName = if GUIDANCE { CommandName::GuidanceRequests } else { CommandName::SupplementRequests };

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let items = items(&findings(&act.subject, &act.form));
        let reason = act.form.text("reason").map(str::to_owned);
        if GUIDANCE {
            return Ok(Command::Guide { items, reason });
        }
        Ok(Command::RequestSupplement { items, reason, files: act.hashes() })
    }

    fn letter(app: &App, me: &SignedIn, act: &Act) -> Option<documents::Form> {
        let items = items(&findings(&act.subject, &act.form));
        let reason = act.form.text("reason").map(str::to_owned);
        slips::to_sign(app, me, &act.subject, &slips::Letter::Supplement { items, reason })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let profile = &app.profile;
        let (title, left, days) = if GUIDANCE {
            let left = act.subject.by_law(app, guidances_left);
            ("Hướng dẫn hoàn thiện hồ sơ", left, profile.guidance.expires_after_days)
        } else {
            let left = act.subject.by_law(app, supplements_left);
            ("Yêu cầu bổ sung hồ sơ", left, profile.supplement.expires_after_days)
        };
        let confirmed_by = act.subject.by_law(app, |_, law| supplement_confirmed_by(law));
        Self {
            shell: Shell::officer(app, me, Nav::Work, me.reader.lang.t(title)),
            findings: findings(&act.subject, &act.form),
            left: left.unwrap_or_default(),
            days,
            confirmed_by: confirmed_by.flatten().filter(|_| !GUIDANCE),
            scanned: !GUIDANCE && act.subject.by_law(app, |_, law| supplement_is_scanned(law)) == Some(true),
            max_bytes: app.config.uploads.max_bytes,
            act,
        }
    }
}

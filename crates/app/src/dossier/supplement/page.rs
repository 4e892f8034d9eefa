//! Form 02 in one pass: guidance at intake, supplement in appraisal (INT-04, CLK-04, guard rail 1).

use super::findings::{Finding, at, findings, items, phrases};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, step::Step},
    error::AppError,
    http::{Nav, Shell},
};
use askama::Template;
use domain::{
    dossier::{Command, CommandName, Problem},
    profile::Approver,
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
    goes_to_deputy: bool,
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
        Ok(if GUIDANCE { Command::Guide { items, reason } } else { Command::RequestSupplement { items, reason } })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let (profile, d) = (&app.profile, &act.subject.state);
        let (title, given, max, days) = if GUIDANCE {
            ("Hướng dẫn hoàn thiện hồ sơ", d.guidances, profile.guidance.max, profile.guidance.expires_after_days)
        } else {
            ("Yêu cầu bổ sung hồ sơ", d.supplements, profile.supplement.max, profile.supplement.expires_after_days)
        };
        let of_total = profile.supplement.total_max.map(|total| total.saturating_sub(d.guidances + d.supplements));
        let left = max.saturating_sub(given);
        Self {
            shell: Shell::officer(app, me, Nav::Work, me.reader.lang.t(title)),
            findings: findings(&act.subject, &act.form),
            left: of_total.map_or(left, |total| left.min(total)),
            days,
            goes_to_deputy: !GUIDANCE && profile.approval.supplement_by == Approver::CentreDeputy,
            act,
        }
    }
}

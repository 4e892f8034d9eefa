//! Form 02 in one pass: guidance at intake, supplement in appraisal (INT-04, CLK-04, guard rail 1).

use super::findings::{Finding, at, findings, items, phrases};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::act::Act,
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    dossier::{Command, CommandName, Problem},
    profile::Approver,
};

#[derive(Template)]
#[template(path = "dossier/supplement/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    findings: Vec<Finding>,
    /// How often it may still be asked, this time included.
    left: u32,
    days: u32,
    goes_to_deputy: bool,
}

impl Page {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference")]
    fn field(i: &usize, what: &str) -> String {
        at(*i, what)
    }
    /// What can be wrong with a paper that is here.
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn phrases(&self) -> Vec<Problem> {
        phrases().collect()
    }
    fn is_guidance(&self) -> bool {
        self.act.what == CommandName::GuidanceRequests
    }
}

/// `GET …/huong-dan`
pub async fn show_guidance(app: State<App>, me: SignedIn, key: Path<String>) -> Result<Response, PageError> {
    show(app, me, key, CommandName::GuidanceRequests).await
}

/// `GET …/yeu-cau-bo-sung`
pub async fn show_request(app: State<App>, me: SignedIn, key: Path<String>) -> Result<Response, PageError> {
    show(app, me, key, CommandName::SupplementRequests).await
}

async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    what: CommandName,
) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, what).await;
    act.map(|act| render(&app, &me, act)).map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `POST …/huong-dan`
pub async fn send_guidance(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    let sent = sent(&app, &me, &key, form, CommandName::GuidanceRequests).await;
    sent.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `POST …/yeu-cau-bo-sung`
pub async fn send_request(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    let sent = sent(&app, &me, &key, form, CommandName::SupplementRequests).await;
    sent.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, form: Form, what: CommandName) -> Result<Response, AppError> {
    let act = Act::sent(app, me, key, what, form).await?;
    let items = items(&findings(&act.subject, &act.form));
    let reason = act.form.text("reason").map(str::to_owned);
    let command = match what {
        CommandName::GuidanceRequests => Command::Guide { items, reason },
        _ => Command::RequestSupplement { items, reason },
    };
    act.answer(app, me, Some(command), render).await
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let (profile, d) = (&app.profile, &act.subject.state);
    let guidance = act.what == CommandName::GuidanceRequests;
    let (title, given, max, days) = if guidance {
        ("Hướng dẫn hoàn thiện hồ sơ", d.guidances, profile.guidance.max, profile.guidance.expires_after_days)
    } else {
        ("Yêu cầu bổ sung hồ sơ", d.supplements, profile.supplement.max, profile.supplement.expires_after_days)
    };
    let of_total = profile.supplement.total_max.map(|total| total.saturating_sub(d.guidances + d.supplements));
    let left = max.saturating_sub(given);
    let page = Page {
        shell: Shell::officer(app, me, Nav::Work, me.reader.lang.t(title)),
        findings: findings(&act.subject, &act.form),
        left: of_total.map_or(left, |total| left.min(total)),
        days,
        goes_to_deputy: !guidance && profile.approval.supplement_by == Approver::CentreDeputy,
        act,
    };
    html(&page)
}

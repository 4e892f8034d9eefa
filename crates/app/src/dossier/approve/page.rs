//! Approve or decline, phone first: what is asked, who opined, one decision (FLW-05).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::{Act, Told},
        subject::Subject,
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, html},
    messages::Lang,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use domain::{
    dossier::{Command, CommandName, Decision, Proposed, RequestItem},
    time::{Instant, day_text},
};

#[derive(Template)]
#[template(path = "dossier/approve/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    /// What an agency puts before the Centre's deputy director; absent at an ordinary approval.
    proposal: Option<Proposal>,
}

/// A proposal in words (CLK-06, DN 9.2i).
struct Proposal {
    what: &'static str,
    by: String,
    at: Instant,
    reason: String,
    /// `20/11/2026`: the end of a suspension, or the new date.
    date: Option<String>,
    items: Vec<(String, String)>,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Approvals).await;
    act.map(|act| render(&app, &me, act)).map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &key, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, form: Form) -> Result<Response, AppError> {
    let mut act = Act::sent(app, me, key, CommandName::Approvals, form).await?;
    let decision = match act.form.value("decision") {
        "grant" => Decision::Grant,
        "decline" => Decision::Decline,
        _ => {
            let (vi, en) = ("Xin bấm Phê duyệt hoặc Không chấp thuận.", "Choose to approve or to decline.");
            act.form.wrong(FieldError::missing("form", vi, en));
            return Ok((act.mend(me)?, render(app, me, act)).into_response());
        }
    };
    let reason = act.form.text("reason").map(str::to_owned);
    match act.give(app, me, Command::Approve { decision, reason }).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act)).into_response()),
    }
}

fn render(app: &App, me: &SignedIn, act: Act) -> Response {
    let lang = me.reader.lang;
    let proposal = proposal(app, &act.subject, lang);
    let title = if proposal.is_some() { "Xác nhận đề xuất của cơ quan" } else { "Phê duyệt hồ sơ" };
    html(&Page { shell: Shell::officer(app, me, Nav::Work, lang.t(title)), act, proposal })
}

fn proposal(app: &App, subject: &Subject, lang: Lang) -> Option<Proposal> {
    let kept = subject.state.proposal.as_ref()?;
    let (reason, date, items) = match &kept.what {
        Proposed::Supplement { items, reason } => (reason.clone().unwrap_or_default(), None, items.as_slice()),
        Proposed::Suspension { reason, until } => (reason.clone(), Some(*until), &[][..]),
        Proposed::Refusal { reason } => (reason.clone(), None, &[][..]),
        Proposed::Apology { reason, new_due_at } => (reason.clone(), Some(*new_due_at), &[][..]),
    };
    let variant = subject.governing.procedure.variant(subject.state.intake.variant.as_deref().unwrap_or_default());
    let name = |item: &RequestItem| {
        let of_paper = item.component.as_deref().and_then(|id| variant?.component(id)).map(|c| c.name.clone());
        of_paper.unwrap_or_else(|| lang.t("Nội dung đề nghị, thông tin kê khai").to_owned())
    };
    let problem = |item: &RequestItem| [lang.pick(item.problem.words()), item.note.as_str()].join(". ");
    Some(Proposal {
        what: lang.pick(kept.what.words()),
        by: app.reference().officer_name(kept.by).to_owned(),
        at: kept.at,
        reason,
        date: date.map(|at| day_text(at.day())),
        items: items.iter().map(|item| (name(item), problem(item))).collect(),
    })
}

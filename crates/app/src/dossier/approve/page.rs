//! Approve or decline, phone first: what is asked, who opined, one decision (FLW-05).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::Act, approvals, step::Step, subject::Subject},
    error::{AppError, FieldError},
    http::{Nav, Shell},
    messages::Lang,
};
use askama::Template;
use domain::{
    dossier::{Command, CommandName, Decision, Proposed, RequestItem},
    time::{Instant, day_text},
};

#[derive(Template)]
#[template(path = "dossier/approve/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    /// Why it should be read before it is signed.
    risks: Vec<&'static str>,
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
    /// SHA-256 of the signed paper as it was scanned (DN 16.1e).
    scans: Vec<String>,
}

impl Step for Page {
    const WHAT: CommandName = CommandName::Approvals;

    fn command(_app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        let decision = match act.form.value("decision") {
            "grant" => Decision::Grant,
            "decline" => Decision::Decline,
            _ => {
                let (vi, en) = ("Xin bấm Phê duyệt hoặc Không chấp thuận.", "Choose to approve or to decline.");
                return Err(FieldError::missing("form", vi, en).into());
            }
        };
        Ok(Command::Approve { decision, reason: act.form.text("reason").map(str::to_owned) })
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let lang = me.reader.lang;
        let proposal = proposal(app, &act.subject, lang);
        let title =
            if proposal.is_some() { "Xác nhận đề xuất của cơ quan" } else { "Phê duyệt hồ sơ" };
        let mut risks = approvals::risks(&act.subject.state, &act.subject.clock, lang);
        if act.seen.is_first && proposal.is_none() {
            risks.push(approvals::first_of_its_kind(lang));
        }
        Self { shell: Shell::officer(app, me, Nav::Work, lang.t(title)), risks, act, proposal }
    }
}

fn proposal(app: &App, subject: &Subject, lang: Lang) -> Option<Proposal> {
    let kept = subject.state.proposal.as_ref()?;
    let (reason, date, items) = match &kept.what {
        Proposed::Supplement { items, reason, .. } => (reason.clone().unwrap_or_default(), None, items.as_slice()),
        Proposed::Suspension { reason, until } => (reason.clone(), Some(*until), &[][..]),
        Proposed::Refusal { reason, directions: Some(place), .. } => {
            (format!("{reason} {}", lang.f1("Nộp hồ sơ tại: {}", place)), None, &[][..])
        }
        Proposed::Refusal { reason, .. } | Proposed::Stop { reason, .. } => (reason.clone(), None, &[][..]),
        Proposed::Apology { reason, new_due_at, .. } => (reason.clone(), Some(*new_due_at), &[][..]),
    };
    let scans = match &kept.what {
        Proposed::Refusal { files, .. }
        | Proposed::Stop { files, .. }
        | Proposed::Supplement { files, .. }
        | Proposed::Apology { files, .. } => files.as_slice(),
        Proposed::Suspension { .. } => &[],
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
        scans: scans.to_vec(),
    })
}

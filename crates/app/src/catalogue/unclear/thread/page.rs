//! `/can-bo/vuong-mac/{id}`: one thread: what was said, and what this officer may do now (INT-12).

use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::unclear::{
        carry_on, load,
        store::{Kept, Said},
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    interlink::input,
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::unclear::{Meeting, UnclearAct, UnclearLine, may_do},
    id::Id,
    people::Agency,
};
use std::{borrow::Borrow, sync::Arc};

#[derive(Template)]
#[template(path = "catalogue/unclear/thread/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    kept: Kept,
    lines: Vec<Said>,
    procedure: String,
    may: Vec<UnclearLine>,
    /// Agencies that are not asked yet.
    others: Vec<(String, String)>,
    reference: Arc<Reference>,
}

impl Page {
    fn agency(&self, id: impl Borrow<Id<Agency>>) -> String {
        self.reference.agency_name(*id.borrow()).to_owned()
    }
    fn officer(&self, id: impl Borrow<Id<domain::people::Officer>>) -> String {
        self.reference.officer_name(*id.borrow()).to_owned()
    }
    fn may(&self, key: &str) -> bool {
        self.may.iter().any(|l| l.key() == key)
    }
    fn asked(&self) -> String {
        self.kept.case.asked.iter().map(|a| self.reference.agency_name(*a)).collect::<Vec<_>>().join("; ")
    }
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let form = Form::default().with("once", hidden_key(&app));
    page(&app, &me, &id, form, false).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, id: &str, form: Form, keep: bool) -> Result<Response, AppError> {
    let id: Id<Kept> = id.parse().map_err(|_| AppError::NotFound)?;
    let (kept, lines) = load(app, &me.who, id).await?;
    let reference = app.reference();
    let others = reference.agencies.iter().filter(|a| a.active && !kept.case.asked.contains(&a.id));
    let form = if keep { form } else { form.with("version", kept.version.to_string()) };
    let page = Page {
        shell: Shell::officer(app, me, Nav::Unclear, me.reader.lang.t("Trao đổi vướng mắc")),
        may: UnclearLine::ALL.iter().copied().filter(|line| may_do(&me.who, &kept.case, *line)).collect(),
        others: others.map(|a| (a.identifier.clone(), a.name.clone())).collect(),
        procedure: reference.procedure(&kept.code).map_or_else(|| kept.code.clone(), |p| p.name.clone()),
        form,
        kept,
        lines,
        reference,
    };
    Ok(html(&page))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, id: &str, mut form: Form) -> Result<Response, AppError> {
    let known: Id<Kept> = id.parse().map_err(|_| AppError::NotFound)?;
    let done = match act(app, &form) {
        Ok(act) => {
            let version = form.value("version").parse().unwrap_or(0);
            let said = format!("unclear {known} {version} {act:?}");
            let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &said);
            carry_on(app, &me.who, once, known, version, act).await
        }
        Err(wrong) => Err(wrong),
    };
    let status = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/can-bo/vuong-mac/{known}#cuoi")).into_response()),
        Err(AppError::Stale { current, .. }) => {
            let (vi, en) = (
                "Người khác vừa ghi thêm vào trao đổi này. Xin đọc lại bên dưới rồi gửi nếu vẫn cần.",
                "Somebody has just added to this thread. Read it below, then send if still needed.",
            );
            form.wrong(FieldError::new("text", "stale", vi, en));
            form = form.with("version", current.to_string()).with("once", hidden_key(app));
            StatusCode::PRECONDITION_FAILED
        }
        Err(wrong) => {
            form.absorb(wrong)?;
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok((status, page(app, me, id, form, true).await?).into_response())
}

fn act(app: &App, form: &Form) -> Result<UnclearAct, AppError> {
    let text = form.value("text").trim().to_owned();
    match UnclearLine::from_key(form.value("act")) {
        Some(UnclearLine::Answer) => Ok(UnclearAct::Answer(text)),
        Some(UnclearLine::Agree) => Ok(UnclearAct::Agree),
        Some(UnclearLine::Drop) => Ok(UnclearAct::Drop(text)),
        Some(UnclearLine::Invite) => {
            let found = app.reference().agency_by_identifier(form.value("agency").trim()).map(|a| a.id);
            let (vi, en) = ("Xin chọn cơ quan.", "Choose an agency.");
            found.map(UnclearAct::Invite).ok_or_else(|| AppError::field("agency", "missing", vi, en))
        }
        Some(UnclearLine::Meet) => {
            let mut wrong = Vec::new();
            let at = input::moment(app, "meeting_at", form.value("meeting_at"), &mut wrong);
            let participants = form.value("participants").lines().map(|l| l.trim().to_owned());
            let participants = participants.filter(|l| !l.is_empty()).collect();
            let place = form.value("place").trim().to_owned();
            let conclusion = form.value("conclusion").trim().to_owned();
            let at = at.ok_or(AppError::Fields(wrong))?;
            Ok(UnclearAct::Meet(Meeting { at, place, participants }, conclusion))
        }
        Some(UnclearLine::Say) | None => Ok(UnclearAct::Say(text)),
    }
}

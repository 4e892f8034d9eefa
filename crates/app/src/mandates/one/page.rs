//! `/can-bo/uy-quyen/{id}`: an officer holds the papers of a representative against what was asked, and confirms it or says why not.

use crate::{
    accounts::{SignedIn, audit},
    app::App,
    error::{AppError, FieldError, answered},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    mandates::{
        list::page::may_confirm,
        store::{self, Kept},
    },
    reference::Reference,
    vault,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::Id,
    mandates::{Mandate, MandateState},
    vault::{Look, Purpose},
};
use platform::db::Answer;
use std::sync::Arc;

/// Letters of a reason.
const LONGEST: usize = 500;

#[derive(Template)]
#[template(path = "mandates/one/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    kept: Kept,
    reference: Arc<Reference>,
}

/// What was asked, once it is written down that this officer saw whose it is.
async fn load(app: &App, me: &SignedIn, id: &str) -> Result<Kept, AppError> {
    may_confirm(me)?;
    let id: Id<Mandate> = id.parse().map_err(|_| AppError::NotFound)?;
    let found = app.db.read(move |q| Ok::<_, AppError>(store::find(q, id)?)).await?;
    // What people give each other is none of an office's business.
    let kept = found.filter(|k| k.given_by.is_none()).ok_or(AppError::NotFound)?;
    let purpose = Purpose::of_work(&format!("Đối chiếu người đại diện, yêu cầu số {id}"));
    vault::note(app, &me.who, &kept.delegate.number, &[None], Look::Mandate, purpose.as_str()).await?;
    Ok(kept)
}

fn page(app: &App, me: &SignedIn, kept: Kept, form: Form) -> Response {
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shell = Shell::officer(app, me, Nav::Mandates, &kept.principal.name);
    (status, html(&Page { shell, form, kept, reference: app.reference() })).into_response()
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let kept = load(&app, &me, &id).await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(page(&app, &me, kept, Form::default().with("once", hidden_key(&app))))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    decide(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn decide(app: &App, me: &SignedIn, id: &str, mut form: Form) -> Result<Response, AppError> {
    let kept = load(app, me, id).await?;
    let to = if form.is("act", "grant") { MandateState::Granted } else { MandateState::Refused };
    let reason = form.text("ly_do").unwrap_or_default().to_owned();
    form.at_most("ly_do", LONGEST);
    if to == MandateState::Refused && reason.is_empty() {
        let vi = "Xin ghi rõ vì sao không xác lập, ví dụ: tên trên giấy đăng ký là người khác.";
        let en = "Say why not, for example: the registration names somebody else.";
        form.wrong(FieldError::missing("ly_do", vi, en));
    }
    if !form.is_good() {
        return Ok(page(app, me, kept, form));
    }
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("{id} {} {reason}", to.key()));
    let (app_, who, now, mandate) = (app.clone(), me.who.clone(), app.now(), kept.id);
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            if !store::decide(unit, mandate, to, who.officer, now, &reason)? {
                let (vi, en) = ("Yêu cầu này đã được giải quyết.", "This request has been decided.");
                return Err(AppError::Fields(vec![FieldError::new("form", "mandate.decided", vi, en)]));
            }
            let subject = format!("mandate/{mandate}");
            audit(unit, &app_, Some(&who), &format!("mandate.{}", to.key()), &subject, &reason)?;
            Ok(Answer { status: 303, body: String::new() })
        })
        .await;
    match outcome.and_then(answered) {
        Ok(_) => Ok(Redirect::to(&format!("/can-bo/uy-quyen/{id}")).into_response()),
        Err(e) => {
            form.absorb(e)?;
            let kept = load(app, me, id).await?;
            Ok(page(app, me, kept, form))
        }
    }
}

impl Page {
    fn tone(&self) -> &'static str {
        match self.kept.state {
            MandateState::Waiting => "running",
            MandateState::Granted => "done",
            MandateState::Refused | MandateState::Ended => "overdue",
        }
    }
    fn officer(&self, id: impl std::borrow::Borrow<Id<domain::people::Officer>>) -> &str {
        self.reference.officer_name(*id.borrow())
    }
}

use super::store::{self, Note};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::principal, page, subject::Subject},
    error::{AppError, FieldError},
    http::{Form, PageError, Typed, once},
    reference::Reference,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Scope, Who},
    dossier::Refusal,
    id::Id,
    people::Officer,
};
use platform::db::Answer;

/// Letters of a note.
const LONGEST: usize = 2000;

/// `POST /can-bo/ho-so/{key}/ghi-chu`: a note for the colleagues; `@login` names one of them.
pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &key, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, mut form: Form) -> Result<Response, AppError> {
    let subject = Subject::load(app, me, key).await?;
    // Those who only supervise read; notes are for those who work on it.
    if me.who.scope() == Scope::Province {
        return Err(Refusal::NotTheHolder.into());
    }
    let body = form.value("text").trim().to_owned();
    form.at_most("text", LONGEST);
    if body.is_empty() {
        form.wrong(FieldError::missing("text", "Xin ghi nội dung ghi chú.", "Write the note."));
    }
    if !form.is_good() {
        return page::noting(app, me, key, form).await;
    }
    let named = match named(&body, &me.who, &app.reference()) {
        Ok(named) => named,
        Err(nobody) => {
            let vi = format!(
                "Cơ quan không có cán bộ nào với tên đăng nhập “{nobody}”. Xin xem lại tên, hoặc bỏ dấu @ nếu không nhắc ai."
            );
            let en = format!("Nobody in the agency signs in as “{nobody}”. Check the name, or leave out the @.");
            form.wrong(FieldError::new("text", "nobody", vi, en));
            return page::noting(app, me, key, form).await;
        }
    };
    let once = once(app, principal(me), form.key(app), &format!("note {} {body}", subject.id));
    let (app_, who, dossier) = (app.clone(), me.who.clone(), subject.id);
    app.db
        .unit_once::<AppError>(once, move |u| {
            let id = app_.ids.next()?;
            let note = Note { id, dossier, officer: who.officer, at: app_.now(), body: body.clone() };
            store::insert(u, &note, who.agency)?;
            for officer in &named {
                store::mention(u, *officer, id)?;
            }
            Ok(Answer { status: 303, body: String::new() })
        })
        .await?;
    Ok(Redirect::to(&format!("{}?xong=note#ghi-chu", subject.path())).into_response())
}

/// The colleagues of the own agency whom the text names; the first name that is nobody's.
fn named(text: &str, who: &Who, reference: &Reference) -> Result<Vec<Id<Officer>>, String> {
    let words = text.split_whitespace().filter_map(|w| w.strip_prefix('@'));
    let login = |w: &str| w.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let logins: Vec<String> = words.map(login).filter(|l| !l.is_empty()).take(20).collect();
    let colleague = |login: String| {
        let found = reference.officers().find(|o| o.login == login && o.who.agency == who.agency && o.active);
        found.map(|o| o.id).ok_or(login)
    };
    logins.into_iter().map(colleague).collect()
}

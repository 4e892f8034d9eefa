use super::store::{self, Note};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{act::principal, subject::Subject},
    error::AppError,
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

/// `POST /can-bo/ho-so/{key}/ghi-chu`: a note for the colleagues; `@login` names one of them.
pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &key, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, form: &Form) -> Result<Response, AppError> {
    let subject = Subject::load(app, me, key).await?;
    // Those who only supervise read; notes are for those who work on it.
    if me.who.scope() == Scope::Province {
        return Err(Refusal::NotTheHolder.into());
    }
    let body: String = form.value("text").trim().chars().take(2000).collect();
    if body.is_empty() {
        return Err(AppError::field("text", "missing", "Xin ghi nội dung ghi chú.", "Write the note."));
    }
    let named = named(&body, &me.who, &app.reference());
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

/// The colleagues of the own agency whom the text names.
fn named(text: &str, who: &Who, reference: &Reference) -> Vec<Id<Officer>> {
    let words = text.split_whitespace().filter_map(|w| w.strip_prefix('@'));
    let login = |w: &str| w.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let logins: Vec<String> = words.map(login).filter(|l| !l.is_empty()).take(20).collect();
    let colleague = |l: &String| reference.officers().find(|o| o.login == *l && o.who.agency == who.agency);
    logins.iter().filter_map(colleague).filter(|o| o.active).map(|o| o.id).collect()
}

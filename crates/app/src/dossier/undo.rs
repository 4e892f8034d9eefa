//! `POST /can-bo/ho-so/{key}/hoan-tac`: whoever just passed a dossier on takes that back (FLW-07); and where it is offered.

use super::{Order, Target, act::principal, bulk::Pick, execute, inbox, law::law, store::Key, subject::Subject};
use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Form, PageError, Typed, once},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    dossier::{Command, LastAct, StoredEvent, may_undo, undo_until},
    time::Instant,
};
use platform::db::Answer;

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
    let version = form.text("version").and_then(|v| v.parse().ok()).unwrap_or(0);
    let order = Order { target: Target::Known { key: Key::Id(subject.id), version }, command: Command::Undo };
    let once = once(app, principal(me), form.key(app), &format!("undo {order:?}"));
    execute(app, &me.who, once, order, |_| Answer { status: 303, body: String::new() }).await?;
    Ok(Redirect::to(&format!("{}?xong=undone", subject.path())).into_response())
}

/// Until when the reader may take back what they did last to this dossier; nothing when they may not.
pub fn offered(app: &App, me: &SignedIn, subject: &Subject, history: &[StoredEvent]) -> Option<Instant> {
    // Neither an act of somebody else nor one of long ago is worth the walk through the history.
    let fresh = |l: &&StoredEvent| l.officer == me.who.officer && app.now() <= undo_until(l, &app.profile);
    let last = history.last().filter(fresh).and_then(|_| LastAct::of(history))?;
    let may = subject.by_law(app, |d, law| may_undo(&me.who, d, Some(&last), law).is_ok());
    may?.then(|| last.until(&app.profile))
}

/// Those of many dossiers whose last act the reader may still take back, by one look at their histories.
pub async fn offered_many(app: &App, me: &SignedIn, picks: Vec<Pick>) -> Result<Vec<Pick>, AppError> {
    if picks.is_empty() {
        return Ok(picks);
    }
    let ids = picks.iter().map(|p| p.id.raw()).collect::<Vec<_>>();
    let (app_, who) = (app.clone(), me.who.clone());
    app.db
        .read(move |q| {
            let events = inbox::store::events_of_all(q, ids.clone())?;
            let reference = app_.reference();
            let mut lawful = Vec::new();
            for row in inbox::store::by_ids(q, &who.scope(), ids)? {
                let history = events.iter().filter(|(id, _)| *id == row.id.raw()).map(|(_, e)| e.clone());
                let last = LastAct::of(&history.collect::<Vec<_>>());
                let governing = app_.versions.of(q, &row.state.intake)?;
                let law = law(&app_, &reference, &governing, &row.state.intake);
                if law.is_some_and(|law| may_undo(&who, &row.state, last.as_ref(), &law).is_ok()) {
                    lawful.push((row.id, row.state.version));
                }
            }
            // What moved on since the report was written is not what it speaks of.
            Ok(picks.into_iter().filter(|p| lawful.contains(&(p.id, p.version))).collect())
        })
        .await
}

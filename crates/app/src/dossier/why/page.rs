use super::reason::{Reason, for_anybody, reason};
use crate::{
    app::App,
    dossier::tracking::{guarded, load, not_found, typed_key},
    error::AppError,
    home::Foot,
    http::{PageError, Peer, Reader, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::accounts::Scope;

#[derive(Template)]
#[template(path = "dossier/why/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    code: String,
    procedure: String,
    reason: Reason,
}

/// `GET /vi-sao/{code}`: the due date in words, with the days that did not count and the articles; nothing personal.
pub async fn show(
    State(app): State<App>,
    reader: Reader,
    from: Peer,
    Path(text): Path<String>,
) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &reader, e);
    let app_ = app.clone();
    let look = async {
        let Some(key) = typed_key(&text) else { return Ok(None) };
        app.db.read(move |q| load(q, &app_, &Scope::Public, &key)).await
    };
    let Some(mut found) = guarded(&app, from, look).await.map_err(fail)? else {
        return Ok(not_found(&app, &reader, &text));
    };
    let reference = app.reference();
    let calendar = reference.calendar_of(found.state.intake.centre);
    found.state.ledger = for_anybody(&found.state.ledger);
    let reason = reason(&found.state, &found.events, calendar, &reference.clock, &reference.cites);
    Ok(html(&Page {
        shell: Shell::public(&app, &reader, reader.lang.t("Vì sao có ngày hẹn này?")),
        foot: Foot::of(&app),
        code: found.state.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: found.governing.procedure.name.clone(),
        reason: reason.map_err(|e| fail(AppError::internal(e)))?,
    }))
}

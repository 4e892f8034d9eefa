//! `/nop-ho-so/{code}`: what is needed, what it costs, how long it takes, before anything is asked.

use crate::{
    accounts::{Entered, Stage},
    app::App,
    catalogue::{Governing, summary},
    dossier::intake_fields,
    error::{AppError, answered},
    forms::service,
    home::Foot,
    http::{Form, PageError, Reader, Shell, Typed, encode, hidden_key, html, once},
    mandates::Acting,
    online::{self, Citizen, contact::Contact, store},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use platform::db::Answer;
use std::{collections::BTreeMap, sync::Arc};

#[derive(Template)]
#[template(path = "online/start/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    governing: Arc<Governing>,
    limit: String,
    fee: String,
    once: String,
    /// The largest file, in words.
    most: String,
    /// CAT-10: nobody has gone the whole way with this service yet.
    is_closed: bool,
}

/// Drafts that one contact may have open: nobody needs more, and nobody fills the disc.
const MOST_DRAFTS: i64 = 20;

async fn governing(app: &App, code: &str) -> Result<Arc<Governing>, AppError> {
    let (_, governing) = intake_fields::governing(app, code).await.map_err(|e| match e {
        AppError::Fields(_) => AppError::NotFound,
        other => other,
    })?;
    if online::may_offer(app, &governing.procedure) { Ok(governing) } else { Err(AppError::NotFound) }
}

/// Closed to all but those who try it before it opens (CAT-10).
fn is_closed(app: &App, code: &str, officer: Option<&Entered>) -> bool {
    let tries = officer.is_some_and(|e| e.stage == Stage::Open && service::tests(&e.me));
    !tries && !service::is_open(app, code)
}

pub async fn show(
    State(app): State<App>,
    reader: Reader,
    officer: Option<Entered>,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let governing = governing(&app, &code).await.map_err(|e| PageError::new(&app, &reader, e))?;
    let lang = reader.lang;
    Ok(html(&Page {
        shell: Shell::public(&app, &reader, lang.t("Nộp hồ sơ trực tuyến")),
        foot: Foot::of(&app),
        limit: summary::how_long(&governing.procedure, lang),
        fee: summary::how_much(&governing.procedure, lang),
        once: hidden_key(&app),
        most: crate::dossier::files::limit_text(app.config.uploads.max_bytes),
        is_closed: is_closed(&app, governing.procedure.code.as_str(), officer.as_ref()),
        governing,
    }))
}

/// Opens a draft; a double click opens one.
pub async fn send(
    State(app): State<App>,
    me: Citizen,
    officer: Option<Entered>,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    if is_closed(&app, &code, officer.as_ref()) {
        return Ok(Redirect::to(&format!("/nop-ho-so/{}", encode(&code))).into_response());
    }
    open(&app, &me, &code, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn open(app: &App, me: &Citizen, code: &str, form: &Form) -> Result<Response, AppError> {
    let governing = governing(app, code).await?;
    let code = governing.procedure.code.as_str().to_owned();
    let mut values =
        BTreeMap::from([("applicant.kind", "citizen"), ("result_by", "counter"), ("kenh", "sms email zalo")]);
    let account = crate::online::account::of(app, me).await?;
    let mut known = vec![
        ("applicant.phone", account.phone.as_str()),
        ("applicant.email", account.email.as_str()),
        ("kenh", account.channels.as_str()),
        ("applicant.name", me.name.as_deref().unwrap_or_default()),
    ];
    let authorisation = me.acting.as_ref().map(Acting::authorisation).unwrap_or_default();
    match (&me.acting, &me.contact) {
        (Some(acting), _) => known.extend([
            ("applicant.kind", acting.applicant_kind().key()),
            ("applicant.name", acting.principal.name.as_str()),
            ("applicant.identity", acting.principal.number.as_str()),
            ("for_other", "yes"),
            ("proxy.kind", "citizen"),
            ("proxy.name", acting.delegate.name.as_str()),
            ("proxy.identity", acting.delegate.number.as_str()),
            ("proxy.authorisation", authorisation.as_str()),
        ]),
        (None, Contact::Phone(phone)) => known.push(("applicant.phone", phone.as_str())),
        (None, Contact::Email(address)) => known.push(("applicant.email", address)),
        (None, Contact::Identity(number)) => known.push(("applicant.identity", number.as_str())),
    }
    values.extend(known.into_iter().filter(|(_, value)| !value.is_empty()));
    let body = serde_json::to_string(&values).map_err(AppError::internal)?;
    let (id, now, contact) = (app.ids.next()?, app.machine.now(), me.key.clone());
    let once = once(app, format!("citizen/{}", me.key), form.key(app), &format!("draft {code}"));
    let write = move |unit: &mut platform::db::Unit| {
        let open = store::open_drafts(unit, &contact, MOST_DRAFTS)?.len();
        if i64::try_from(open).unwrap_or(i64::MAX) >= MOST_DRAFTS {
            return Err(AppError::TooMany { retry_after: 60 });
        }
        store::insert_draft(unit, id, &contact, &code, &body, now)?;
        Ok(Answer { status: 303, body: format!("/ban-nhap/{id}") })
    };
    let answer = answered(app.db.unit_once(once, write).await?)?;
    Ok(Redirect::to(&answer.body).into_response())
}

//! `/cong-dan`: a citizen's drafts and what was sent, on any device on which the same contact was proved.

use crate::{
    app::App,
    error::AppError,
    home::Foot,
    http::{PageError, Shell, html},
    online::{
        Citizen, citizen,
        draft::{Draft, Found, Step},
        sign_in::page::with_cookies,
        store,
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{dossier::Dossier, time::Instant};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "online/mine/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    masked: String,
    /// As the identity provider calls the citizen.
    name: Option<String>,
    is_online: bool,
    by_identity: bool,
    is_proved: bool,
    drafts: Vec<Line>,
    dossiers: Vec<Sent>,
    older: Option<i64>,
}

struct Line {
    id: i64,
    procedure: String,
    at: Instant,
}

struct Sent {
    code: String,
    procedure: String,
    status: &'static str,
    due_at: Option<Instant>,
    waits_for_me: bool,
}

const PAGE: i64 = 50;

pub async fn show(
    State(app): State<App>,
    me: Citizen,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let dropped = query.contains_key("da-bo");
    list(&app, &me, before, dropped).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn list(app: &App, me: &Citizen, before: i64, dropped: bool) -> Result<Response, AppError> {
    let (key, proof) = (me.key.clone(), me.proof());
    let read = move |q: &mut platform::db::Reader| {
        Ok::<_, AppError>((store::open_drafts(q, &key, PAGE)?, store::dossiers_of(q, &proof, before, PAGE)?))
    };
    let (drafts, dossiers) = app.db.read(read).await?;
    let reference = app.reference();
    let name = |code: &str| reference.procedure(code).map_or_else(|| code.to_owned(), |p| p.name.clone());
    let full = dossiers.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let lang = me.reader.lang;
    let sent = |(_, d): &(i64, Dossier)| Sent {
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: name(&d.intake.procedure_code),
        status: lang.pick(d.status.words()),
        due_at: d.due_at,
        waits_for_me: d.request.is_some(),
    };
    let flash = dropped.then(|| lang.t("Đã bỏ bản nháp.").to_owned());
    Ok(html(&Page {
        shell: Shell::public(app, &me.reader, lang.t("Hồ sơ của ông/bà")).with_flash(flash),
        foot: Foot::of(app),
        masked: me.contact.masked(),
        name: me.name.clone().filter(|n| !n.is_empty()),
        is_online: crate::online::is_on(app),
        by_identity: me.proof().identity.is_some(),
        is_proved: me.own_number().is_some(),
        drafts: drafts
            .iter()
            .map(|d| Line { id: d.id, procedure: name(&d.procedure), at: Instant::from_millis(d.changed_at) })
            .collect(),
        older: dossiers.last().filter(|_| full).map(|(id, _)| *id),
        dossiers: dossiers.iter().map(sent).collect(),
    }))
}

/// `GET /ban-nhap/{id}`: where the work stopped.
pub async fn resume(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &me.reader, e);
    let draft = match Draft::load(&app, &me, &id).await.map_err(fail)? {
        Found::Open(draft) => draft,
        Found::Sent(dossier) => return crate::online::done::page::onward(&app, dossier).await.map_err(fail),
    };
    let faults = draft.faults(&app).map_err(fail)?;
    let steps = draft.steps(&app);
    let at = steps.into_iter().find(|s| faults.iter().any(|(at, _)| at == s)).unwrap_or(Step::Check);
    Ok(Redirect::to(&draft.href(at)).into_response())
}

/// `POST /ban-nhap/{id}/bo`: the draft and its files are forgotten.
pub async fn drop(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &me.reader, e);
    if let Found::Open(draft) = Draft::load(&app, &me, &id).await.map_err(fail)? {
        let id = draft.id;
        app.db.unit(move |unit| Ok::<_, AppError>(store::drop_draft(unit, id)?)).await.map_err(fail)?;
    }
    Ok(Redirect::to("/cong-dan?da-bo").into_response())
}

/// `POST /cong-dan/thoat`
pub async fn leave(State(app): State<App>, me: Citizen) -> Result<Response, PageError> {
    let session = me.session.clone();
    let end = move |unit: &mut platform::db::Unit| Ok::<_, AppError>(store::end_session(unit, &session)?);
    app.db.unit(end).await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(with_cookies("/", &[citizen::cookie(&app).clear()]))
}

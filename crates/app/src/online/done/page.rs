//! `/da-nop/{code}`: the code, what happens next and by when, and what arrived. It can be kept as a bookmark and printed.

use crate::{
    app::App,
    dossier::{
        files::size_text,
        store::{self as dossiers, FileRow, Key},
    },
    error::AppError,
    home::Foot,
    http::{PageError, Shell, encode, html},
    online::{Citizen, store},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Scope,
    deadline::due_at,
    dossier::{Dossier, Status},
    id::Id,
    time::Instant,
};

#[derive(Template)]
#[template(path = "online/done/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    code: String,
    procedure: String,
    sent_at: Option<Instant>,
    /// Until when the dossier is looked at, where the regulation says (QNI 13.2a).
    checked_by: Option<Instant>,
    centre: String,
    masked: String,
    /// Paper, name, pages, size, SHA-256.
    files: Vec<(String, String, Option<i64>, String, String)>,
}

/// To the confirmation of a dossier that was sent.
pub async fn onward(app: &App, dossier: Id<Dossier>) -> Result<Response, AppError> {
    let find =
        move |q: &mut platform::db::Reader| Ok::<_, AppError>(dossiers::find(q, &Scope::Public, &Key::Id(dossier))?);
    let code = app.db.read(find).await?.and_then(|k| k.state.code).ok_or(AppError::NotFound)?;
    Ok(Redirect::to(&format!("/da-nop/{}", encode(code.as_str()))).into_response())
}

pub async fn show(State(app): State<App>, me: Citizen, Path(code): Path<String>) -> Result<Response, PageError> {
    let fail = |e| PageError::new(&app, &me.reader, e);
    let key = Key::parse(&code).ok_or_else(|| fail(AppError::NotFound))?;
    let proof = me.proof();
    let read = move |q: &mut platform::db::Reader| {
        let kept = dossiers::find(q, &Scope::Public, &key)?.ok_or(AppError::NotFound)?;
        // Of somebody else is the same as not there.
        if !store::owns(q, &proof, kept.id)? {
            return Err(AppError::NotFound);
        }
        Ok((kept.state, dossiers::files(q, kept.id)?))
    };
    let (state, files) = app.db.read(read).await.map_err(fail)?;
    Ok(html(&page(&app, &me, &state, files)))
}

fn page(app: &App, me: &Citizen, d: &Dossier, files: Vec<(String, FileRow)>) -> Page {
    let reference = app.reference();
    let code = d.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let sent_at = match d.status {
        Status::Submitted { at } => Some(at),
        _ => None,
    };
    let limit = app.profile.online.checked_within();
    let checked_by = sent_at
        .and_then(|at| due_at(at, limit, reference.calendar_of(d.intake.centre), &reference.clock).ok().flatten());
    let listed = reference.procedure(&d.intake.procedure_code);
    let known = listed.and_then(|l| app.versions.known(l.version));
    let variant = d.intake.variant.as_deref().unwrap_or_default();
    let paper = |id: &str| {
        let found = known.as_ref().and_then(|g| g.procedure.variant(variant)?.component(id).map(|c| c.name.clone()));
        found.unwrap_or_else(|| id.to_owned())
    };
    Page {
        shell: Shell::public(app, &me.reader, me.reader.lang.t("Đã nộp hồ sơ")),
        foot: Foot::of(app),
        procedure: listed.map(|l| l.name.clone()).unwrap_or_default(),
        centre: reference.centre(d.intake.centre).map(|c| c.name.clone()).unwrap_or_default(),
        masked: me.contact.masked(),
        files: files
            .into_iter()
            .map(|(place, f)| (paper(&place), f.name, f.pages, size_text(f.size), f.sha256))
            .collect(),
        sent_at,
        checked_by,
        code,
    }
}

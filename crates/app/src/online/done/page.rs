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
    online::{Citizen, own},
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
    let sent = sent(&app, &me, &code).await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(html(&page(&app, &me, sent)))
}

/// What was sent, for who sent it: of somebody else is the same as not there.
pub async fn sent(app: &App, me: &Citizen, code: &str) -> Result<Sent, AppError> {
    let (proof, app_, code) = (me.proof(), app.clone(), code.to_owned());
    let read = move |q: &mut platform::db::Reader| {
        let kept = own(q, &proof, &code)?;
        let files = dossiers::files(q, kept.id)?;
        // Its first event is the sending; afterwards the state speaks of other moments.
        let first = dossiers::events(q, kept.id, 0)?.into_iter().next().map(|line| line.at);
        let people = dossiers::people(q, kept.id)?;
        Ok::<_, AppError>((app_.versions.of(q, &kept.state.intake)?, kept, files, first, people))
    };
    let (governing, kept, files, first, people) = app.db.read(read).await?;
    let variant = kept.state.intake.variant.as_deref().unwrap_or_default();
    let case = governing.procedure.variant(variant);
    let paper = |id: &str| case.and_then(|v| v.component(id)).map_or_else(|| id.to_owned(), |c| c.name.clone());
    Ok(Sent {
        id: kept.id,
        waits_since: match kept.state.status {
            Status::Submitted { at } => Some(at),
            _ => None,
        },
        first_at: first.or(kept.state.received_at),
        applicant: people.map(|p| p.applicant.name).unwrap_or_default(),
        files: files.into_iter().filter(|(place, _)| place != "result").map(|(place, f)| (paper(&place), f)).collect(),
        procedure: governing.procedure.name.clone(),
        state: kept.state,
    })
}

/// A dossier as it was sent.
pub struct Sent {
    pub id: Id<Dossier>,
    pub state: Dossier,
    /// While it waits to be looked at: since when.
    pub waits_since: Option<Instant>,
    /// When it was first sent.
    pub first_at: Option<Instant>,
    pub applicant: String,
    /// The procedure's name, as it was when the dossier was sent.
    pub procedure: String,
    /// The paper for which each was sent, and the file.
    pub files: Vec<(String, FileRow)>,
}

impl Sent {
    /// Until when what was sent at this moment is looked at, where the regulation says (QNI 13.2a).
    pub fn checked_by(&self, app: &App, at: Instant) -> Option<Instant> {
        let reference = app.reference();
        let calendar = reference.calendar_of(self.state.intake.centre);
        due_at(at, app.profile.online.checked_within(), calendar, &reference.clock).ok().flatten()
    }
}

fn page(app: &App, me: &Citizen, sent: Sent) -> Page {
    let reference = app.reference();
    let d = &sent.state;
    Page {
        shell: Shell::public(app, &me.reader, me.reader.lang.t("Đã nộp hồ sơ")),
        foot: Foot::of(app),
        procedure: sent.procedure.clone(),
        centre: reference.centre(d.intake.centre).map(|c| c.name.clone()).unwrap_or_default(),
        masked: me.contact.masked(),
        checked_by: sent.waits_since.and_then(|at| sent.checked_by(app, at)),
        sent_at: sent.waits_since,
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        files: sent.files.into_iter().map(|(paper, f)| (paper, f.name, f.pages, size_text(f.size), f.sha256)).collect(),
    }
}

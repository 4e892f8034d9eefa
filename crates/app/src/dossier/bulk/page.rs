//! `POST /can-bo/nhieu`: one step for the ticked rows; `GET /can-bo/nhieu/{report}`: what became of each of them.

use super::{
    run::{Outcome, Pick, Step, picks, run, shown},
    store,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::undo,
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "dossier/bulk/page.html")]
struct Page {
    shell: Shell,
    done: Vec<Outcome>,
    refused: Vec<Outcome>,
    back: &'static str,
    /// Those that may still be taken back, and the key of that form.
    undo: Vec<Pick>,
    once: String,
}

/// What was done with many dossiers at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Assign,
    Submit,
    Approve,
    Undo,
    Post,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Assign, Self::Submit, Self::Approve, Self::Undo, Self::Post];
    const fn key(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Undo => "undo",
            Self::Post => "post",
        }
    }
    const fn title(self) -> &'static str {
        match self {
            Self::Assign => "Chuyển người giữ",
            Self::Submit => "Trình phê duyệt",
            Self::Approve => "Phê duyệt",
            Self::Undo => "Hoàn tác",
            Self::Post => "Gửi bưu chính",
        }
    }
    /// The list from which the rows were ticked.
    pub const fn list(self) -> &'static str {
        match self {
            Self::Assign | Self::Submit | Self::Undo => "/can-bo",
            Self::Approve => "/can-bo/duyet",
            Self::Post => "/can-bo/tra-ket-qua?loc=buu-chinh",
        }
    }
}

impl From<Step> for Kind {
    fn from(step: Step) -> Self {
        match step {
            Step::Assign(_) => Self::Assign,
            Step::Submit => Self::Submit,
            Step::Approve => Self::Approve,
            Step::Undo => Self::Undo,
        }
    }
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    sent(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, form: &Form) -> Result<Response, AppError> {
    let (picked, step) = (picks(form), Step::of(form));
    let Some(step) = step.filter(|_| !picked.is_empty()) else {
        let back = if form.is("act", "approve") { Kind::Approve } else { Kind::Assign };
        return Ok(Redirect::to(back.list()).into_response());
    };
    let orders = picked.into_iter().map(|pick| (pick, step.command())).collect();
    let told = run(app, me, orders, &form.key(app)).await;
    report(app, me, step.into(), told).await
}

/// A report is looked at once, right after the act.
const KEPT_MS: i64 = 86_400_000;

/// Keeps what became of each, and leads to the page that says it: reloading that does nothing again.
pub async fn report(app: &App, me: &SignedIn, kind: Kind, told: super::Told) -> Result<Response, AppError> {
    let (id, at, officer) = (app.ids.next()?, app.machine.now(), me.who.officer);
    let body = serde_json::to_string(&told).map_err(AppError::internal)?;
    let kept = store::Kept { step: kind.key().to_owned(), body };
    app.db.unit(move |u| Ok::<_, AppError>(store::keep(u, id, officer, at, &kept, at - KEPT_MS)?)).await?;
    Ok(Redirect::to(&format!("/can-bo/nhieu/{id}")).into_response())
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    page(&app, &me, &id).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The own report, the refused ones first.
async fn page(app: &App, me: &SignedIn, id: &str) -> Result<Response, AppError> {
    let (id, officer) = (id.parse().map_err(|_| AppError::NotFound)?, me.who.officer);
    let kept = app.db.read(move |q| Ok::<_, AppError>(store::find(q, id, officer)?)).await?;
    let kept = kept.ok_or(AppError::NotFound)?;
    let kind = Kind::ALL.into_iter().find(|k| k.key() == kept.step).ok_or(AppError::NotFound)?;
    let told = serde_json::from_str(&kept.body).map_err(AppError::internal)?;
    let (done, refused): (Vec<_>, Vec<_>) =
        shown(app, me, told).await?.into_iter().partition(|o: &Outcome| o.refused.is_none());
    let takes_back = matches!(kind, Kind::Assign | Kind::Submit);
    let lines = done.iter().filter(|_| takes_back).filter_map(|o| o.line.as_ref());
    let picks = lines.map(|l| Pick { id: domain::id::Id::new(l.id), version: l.version }).collect();
    let undo = undo::offered_many(app, me, picks).await?;
    let nav = if kind == Kind::Post { Nav::Return } else { Nav::Work };
    let shell = Shell::officer(app, me, nav, me.reader.lang.t(kind.title()));
    Ok(html(&Page { shell, done, refused, back: kind.list(), undo, once: hidden_key(app) }))
}

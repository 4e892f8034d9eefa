//! `POST /can-bo/nhieu`: one step for the ticked rows; `GET /can-bo/nhieu/{report}`: what became of each of them.

use super::{
    run::{Outcome, Pick, Step, picks, run, shown},
    store,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{inbox, undo},
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, encode, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/bulk/page.html")]
struct Page {
    shell: Shell,
    done: Vec<Outcome>,
    refused: Vec<Outcome>,
    back: String,
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
    let picked = picks(form);
    if picked.is_empty() {
        let (vi, en) = (
            "Chưa chọn hồ sơ nào. Xin quay lại, đánh dấu hồ sơ rồi bấm lại.",
            "Nothing is ticked. Go back, tick dossiers and press again.",
        );
        return Err(AppError::field("hs", "missing", vi, en));
    }
    let Some(step) = Step::of(form) else {
        // Work is given to somebody who was chosen, never to whoever stands first in the list.
        let (vi, en) = (
            "Chưa chọn người nhận việc. Xin quay lại và chọn; hồ sơ đã đánh dấu vẫn còn.",
            "Nobody was chosen to give the work to. Go back and choose; the ticks are still there.",
        );
        return Err(AppError::field("officer", "missing", vi, en));
    };
    let orders = picked.into_iter().map(|pick| (pick, step.command())).collect();
    let told = run(app, me, orders, &form.key(app)).await;
    report(app, me, step.into(), told, form.value("ve")).await
}

/// A report is looked at once, right after the act.
const KEPT_MS: i64 = 86_400_000;

/// Keeps what became of each, and leads to the page that says it: reloading that does nothing again.
/// `back`: the place in the work list from which it was sent.
pub async fn report(app: &App, me: &SignedIn, kind: Kind, told: super::Told, back: &str) -> Result<Response, AppError> {
    let (id, at, officer) = (app.ids.next()?, app.machine.now(), me.who.officer);
    let body = serde_json::to_string(&told).map_err(AppError::internal)?;
    let kept = store::Kept { step: kind.key().to_owned(), body };
    app.db.unit(move |u| Ok::<_, AppError>(store::keep(u, id, officer, at, &kept, at - KEPT_MS)?)).await?;
    let back = if back.is_empty() { String::new() } else { format!("?ve={}", encode(back)) };
    Ok(Redirect::to(&format!("/can-bo/nhieu/{id}{back}")).into_response())
}

/// The way back from a report.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    ve: String,
}

impl Back {
    /// Into the work list where it was left: only what a filter says, never an address from outside.
    fn place(&self, kind: Kind) -> String {
        if self.ve.is_empty() || kind.list() != Kind::Assign.list() {
            return kind.list().to_owned();
        }
        format!("{}?{}", kind.list(), inbox::place(&self.ve))
    }
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Query(back): Query<Back>,
) -> Result<Response, PageError> {
    page(&app, &me, &id, &back).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// The own report, the refused ones first.
async fn page(app: &App, me: &SignedIn, id: &str, back: &Back) -> Result<Response, AppError> {
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
    Ok(html(&Page { shell, done, refused, back: back.place(kind), undo, once: hidden_key(app) }))
}

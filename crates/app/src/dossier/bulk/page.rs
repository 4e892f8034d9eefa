//! `POST /can-bo/nhieu`: one step for the ticked rows; `GET /can-bo/nhieu/{report}`: what became of each of them.

use super::{
    ask::ask,
    run::{Outcome, Pick, Step, picks, run, shown, submitted},
    store,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{inbox, joint, undo},
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
    /// Address and number of the list of what went to the post.
    manifest: Option<(String, String)>,
}

/// What was done with many dossiers at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Assign,
    Submit,
    Approve,
    Undo,
    Post,
    Return,
    Opine,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Assign, Self::Submit, Self::Approve, Self::Undo, Self::Post, Self::Return, Self::Opine];
    const fn key(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Submit => "submit",
            Self::Approve => "approve",
            Self::Undo => "undo",
            Self::Post => "post",
            Self::Return => "return",
            Self::Opine => "opine",
        }
    }
    const fn title(self) -> &'static str {
        match self {
            Self::Assign => "Chuyển người giữ",
            Self::Submit => "Trình phê duyệt",
            Self::Approve => "Phê duyệt",
            Self::Undo => "Hoàn tác",
            Self::Post => "Gửi bưu chính",
            Self::Return => "Trả lại bước trước",
            Self::Opine => "Ghi ý kiến chung và trình",
        }
    }
    /// The list from which the rows were ticked.
    pub const fn list(self) -> &'static str {
        match self {
            Self::Assign | Self::Submit | Self::Undo | Self::Return | Self::Opine => "/can-bo",
            Self::Approve => "/can-bo/duyet",
            Self::Post => "/can-bo/tra-ket-qua?loc=buu-chinh",
        }
    }
}

impl From<&Step> for Kind {
    fn from(step: &Step) -> Self {
        match step {
            Step::Assign(_) => Self::Assign,
            Step::Submit => Self::Submit,
            Step::Approve => Self::Approve,
            Step::Undo => Self::Undo,
            Step::Return(_) => Self::Return,
            Step::Opine(..) => Self::Opine,
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
    if let Some(question) = ask(app, me, form).await? {
        return Ok(question);
    }
    let Some(step) = Step::of(form) else {
        // Work is given to somebody who was chosen, never to whoever stands first in the list.
        let (vi, en) = (
            "Chưa chọn người nhận việc. Xin quay lại và chọn; hồ sơ đã đánh dấu vẫn còn.",
            "Nobody was chosen to give the work to. Go back and choose; the ticks are still there.",
        );
        return Err(AppError::field("officer", "missing", vi, en));
    };
    let (key, orders) = (form.key(app), picked.iter().map(|pick| (*pick, step.command())).collect());
    let mut told = run(app, me, orders, &key).await;
    if matches!(step, Step::Opine(..)) {
        told = submitted(app, me, &picked, told, &key).await;
    }
    let back = form.text("ve").map(|ve| format!("ve={}", encode(ve))).unwrap_or_default();
    report(app, me, (&step).into(), told, &back).await
}

/// A report is looked at once, right after the act.
const KEPT_MS: i64 = 86_400_000;

/// Keeps what became of each, and leads to the page that says it: reloading that does nothing again.
/// `about`: what its address says besides, see [`Back`].
pub async fn report(
    app: &App,
    me: &SignedIn,
    kind: Kind,
    told: super::Told,
    about: &str,
) -> Result<Response, AppError> {
    let (id, at, officer) = (app.ids.next()?, app.machine.now(), me.who.officer);
    let body = serde_json::to_string(&told).map_err(AppError::internal)?;
    let kept = store::Kept { step: kind.key().to_owned(), body };
    app.db.unit(move |u| Ok::<_, AppError>(store::keep(u, id, officer, at, &kept, at - KEPT_MS)?)).await?;
    let about = if about.is_empty() { String::new() } else { format!("?{about}") };
    Ok(Redirect::to(&format!("/can-bo/nhieu/{id}{about}")).into_response())
}

/// The way back from a report, and on to the list of parcels.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    /// The place in the work list from which it was sent.
    ve: String,
    /// The manifest that was made of it.
    bk: Option<i64>,
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
    let takes_back = matches!(kind, Kind::Assign | Kind::Submit | Kind::Return | Kind::Opine);
    let lines = done.iter().filter(|_| takes_back).filter_map(|o| o.line.as_ref());
    let picks = lines.map(|l| Pick { id: domain::id::Id::new(l.id), version: l.version }).collect();
    let undo = undo::offered_many(app, me, picks).await?;
    let manifest = match back.bk {
        Some(id) => app.db.read(move |q| Ok::<_, AppError>(joint::store::find(q, id)?)).await?,
        None => None,
    };
    let manifest = manifest.filter(|m| joint::may_read(me, m.centre)).map(|m| (joint::path(m.id), m.number));
    let nav = if kind == Kind::Post { Nav::Return } else { Nav::Work };
    let shell = Shell::officer(app, me, nav, me.reader.lang.t(kind.title()));
    Ok(html(&Page { shell, done, refused, back: back.place(kind), undo, once: hidden_key(app), manifest }))
}

//! What the holder does with one paper: opens a file, gives or takes back the consent, gives and ends links, takes it away.

use super::page::{DAYS, find, page};
use crate::{
    app::App,
    dossier::files::hand_over,
    error::{AppError, FieldError},
    http::{Form, PageError, Typed, once},
    vault::{
        holder::Holder,
        store::{self, shares},
    },
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::Id, vault::VaultPaper};
use platform::db::{Answer, Outcome};

const DAY_MS: i64 = 86_400_000;
/// Letters of the words for whom a link is.
const LONGEST_NOTE: usize = 200;

fn saved(id: Id<VaultPaper>) -> Response {
    Redirect::to(&format!("/cong-dan/kho/{id}?da-luu")).into_response()
}

/// `GET /cong-dan/kho/{paper}/tep/{sha256}`
pub async fn file(
    State(app): State<App>,
    holder: Holder,
    Path((id, sha256)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = async {
        let (_, files) = find(&app, &holder, &id).await?;
        let file = files.into_iter().find(|f| f.sha256 == sha256).ok_or(AppError::NotFound)?;
        hand_over(&app, &file).await
    };
    opened.await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

/// `POST /cong-dan/kho/{paper}/dung-lai`
pub async fn consent(
    State(app): State<App>,
    holder: Holder,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    let done = async {
        let id: Id<VaultPaper> = id.parse().map_err(|_| AppError::NotFound)?;
        let (owner, given, now) = (holder.number.clone(), form.value("cho") == "co", app.machine.now());
        let changed = app.db.unit(move |unit| Ok::<_, AppError>(store::consent(unit, &owner, id, given, now)?)).await?;
        if changed { Ok(saved(id)) } else { Err(AppError::NotFound) }
    };
    done.await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

/// `POST /cong-dan/kho/{paper}/chia-se`
pub async fn share(
    State(app): State<App>,
    holder: Holder,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    give(&app, &holder, &id, form).await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

async fn give(app: &App, holder: &Holder, id: &str, mut form: Form) -> Result<Response, AppError> {
    let (paper, _) = find(app, holder, id).await?;
    let (vi, en) = (
        "Xin ghi cho ai và để làm gì, để sau này ông/bà nhận ra liên kết.",
        "Say for whom and what for, so that you know the link again.",
    );
    let note = form.required("cho_ai", vi, en);
    form.at_most("cho_ai", LONGEST_NOTE);
    let days = DAYS.into_iter().find(|d| form.value("ngay") == d.to_string());
    if days.is_none() {
        let (vi, en) = ("Xin chọn số ngày mở liên kết.", "Choose for how many days the link is open.");
        form.wrong(FieldError::missing("ngay", vi, en));
    }
    let Some(days) = days.filter(|_| form.is_good()) else {
        return page(app, holder, id, form, false).await;
    };
    let once =
        once(app, format!("citizen/{}", holder.me.key), form.key(app), &format!("share {} {note} {days}", paper.id));
    let (share, now) = (app.ids.next()?, app.machine.now());
    let until = now + i64::from(days) * DAY_MS;
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            shares::insert(unit, share, paper.id, &note, now, until)?;
            Ok(Answer { status: 303, body: String::new() })
        })
        .await?;
    match outcome {
        Outcome::Fresh(_) | Outcome::Replay(_) => Ok(saved(paper.id)),
        Outcome::Mismatch => Err(AppError::KeyMismatch),
    }
}

/// `POST /cong-dan/kho/{paper}/chia-se/{share}/thoi`
pub async fn unshare(
    State(app): State<App>,
    holder: Holder,
    Path((id, share)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let done = async {
        let (paper, _) = find(&app, &holder, &id).await?;
        let share: i64 = share.parse().map_err(|_| AppError::NotFound)?;
        app.db.unit(move |unit| Ok::<_, AppError>(shares::end(unit, paper.id, share)?)).await?;
        Ok::<_, AppError>(saved(paper.id))
    };
    done.await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

/// `POST /cong-dan/kho/{paper}/bo`: only what the holder uploaded; what dossiers brought is kept as long as they are.
pub async fn take_away(State(app): State<App>, holder: Holder, Path(id): Path<String>) -> Result<Response, PageError> {
    let done = async {
        let id: Id<VaultPaper> = id.parse().map_err(|_| AppError::NotFound)?;
        let owner = holder.number.clone();
        let gone = app.db.unit(move |unit| Ok::<_, AppError>(store::drop_own(unit, &owner, id)?)).await?;
        if gone { Ok(Redirect::to("/cong-dan/kho?xong=bo").into_response()) } else { Err(AppError::NotFound) }
    };
    done.await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

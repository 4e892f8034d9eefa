//! One change of the calendar: what it touches before it is applied, how far the recount has come, what it moved, and the way
//! back.

use crate::{
    accounts::SignedIn,
    app::App,
    deadline::{
        changes::{
            Change, Stage, State as Standing, act,
            history::page::{about, name_of, standing},
            preview::{Preview, preview},
            store,
        },
        year::page::admitted,
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{deadline::DayChange, id::Id};
use std::{collections::HashMap, sync::Arc};

#[derive(Template)]
#[template(path = "deadline/changes/change/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    reference: Arc<Reference>,
    change: Change,
    /// What it would do: for a draft, and for a change that came by the command line.
    preview: Option<Preview>,
    /// What it did.
    moves: Vec<store::Moved>,
    more: Option<i64>,
}

const PAGE: i64 = 100;

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let after = query.get("sau").and_then(|t| t.parse().ok()).unwrap_or(0);
    let form = Form::default().with("once", hidden_key(&app));
    let page = async { page(&app, &me, named(&id)?, form, after).await };
    page.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `POST …/ap-dung`: puts it into force and begins to date the open dossiers anew.
pub async fn apply(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let done = async { act::apply(&app, &me.who, named(&id)?).await };
    answer(&app, &me, &id, done.await).await
}

/// `POST …/bo`: gives a draft up.
pub async fn drop_draft(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let done = async { act::drop_draft(&app, &me.who, named(&id)?).await };
    answer(&app, &me, &id, done.await).await
}

/// `POST …/hoan-tac`: prepares the change that takes this one back.
pub async fn undo(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let once = once(&app, format!("officer/{}", me.who.officer), form.key(&app), &format!("calendar.undo {id}"));
    let undone = async { act::undo(&app, &me.who, named(&id)?, once).await };
    match undone.await {
        Ok(back) => Ok(Redirect::to(&path(&back.to_string())).into_response()),
        Err(e) => answer(&app, &me, &id, Err(e)).await,
    }
}

async fn answer(app: &App, me: &SignedIn, id: &str, done: Result<(), AppError>) -> Result<Response, PageError> {
    let again = async {
        match done {
            Ok(()) => Ok::<_, AppError>(Redirect::to(&path(id)).into_response()),
            Err(e) => {
                let mut form = Form::default().with("once", hidden_key(app));
                form.absorb(e)?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, named(id)?, form, 0).await?).into_response())
            }
        }
    };
    again.await.map_err(|e| PageError::new(app, &me.reader, e))
}

fn named(id: &str) -> Result<Id<Change>, AppError> {
    id.parse().map_err(|_| AppError::NotFound)
}

fn path(id: &str) -> String {
    format!("/can-bo/quan-tri/lich/thay-doi/{id}")
}

async fn page(app: &App, me: &SignedIn, id: Id<Change>, form: Form, after: i64) -> Result<Response, AppError> {
    let change = act::found(app, id).await?;
    let to_come =
        change.state == Standing::Draft || change.state == Standing::Applied && change.recount.stage == Stage::None;
    let preview = if to_come { Some(preview(app, &change).await?) } else { None };
    let moves = app.db.read(move |q| Ok::<_, AppError>(store::moves(q, id, after, PAGE)?)).await?;
    let more = moves.last().filter(|_| moves.len() >= 100).map(|m| m.id);
    let shell = Shell::officer(app, me, Nav::Calendar, me.reader.lang.t("Thay đổi lịch làm việc"));
    Ok(html(&Page { shell, form, reference: app.reference(), change, preview, moves, more }))
}

impl Page {
    fn is_draft(&self) -> bool {
        self.change.state == Standing::Draft
    }
    fn is_running(&self) -> bool {
        self.change.recount.stage == Stage::Running
    }
    /// It is in force, was counted through, and nobody took it back.
    fn can_be_undone(&self) -> bool {
        self.change.state == Standing::Applied && !self.is_running() && self.change.undone_by.is_none()
    }
    fn about(&self, day: &DayChange) -> String {
        about(&self.shell, day)
    }
    fn standing(&self) -> String {
        standing(&self.shell, &self.change)
    }
    fn made_by(&self) -> String {
        name_of(&self.reference, self.change.made_by)
    }
    fn applied_by(&self) -> String {
        name_of(&self.reference, self.change.applied_by)
    }
}

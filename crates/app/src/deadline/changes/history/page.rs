//! `/can-bo/quan-tri/lich/thay-doi`: who changed which days of the calendar, when, by which decision, and what became of it.

use crate::{
    accounts::SignedIn,
    app::App,
    deadline::{
        changes::{Change, Stage, State as Standing, store},
        year::page::admitted,
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    deadline::{DayChange, Exception},
    id::Id,
    people::Officer,
};
use std::{collections::HashMap, sync::Arc};

#[derive(Template)]
#[template(path = "deadline/changes/history/page.html")]
struct Page {
    shell: Shell,
    reference: Arc<Reference>,
    changes: Vec<Change>,
    older: Option<String>,
}

const PAGE: i64 = 30;

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let changes = app.db.read(move |q| Ok::<_, AppError>(store::list(q, before, PAGE)?)).await;
    let changes = changes.map_err(|e| PageError::new(&app, &me.reader, e))?;
    let full = changes.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
    let older = changes.last().filter(|_| full).map(|c| c.id.to_string());
    let shell = Shell::officer(&app, &me, Nav::Calendar, me.reader.lang.t("Các thay đổi lịch làm việc"));
    Ok(html(&Page { shell, reference: app.reference(), changes, older }))
}

impl Page {
    fn made_by(&self, change: &Change) -> String {
        name_of(&self.reference, change.made_by)
    }
    fn about(&self, day: &DayChange) -> String {
        about(&self.shell, day)
    }
    fn standing(&self, change: &Change) -> String {
        standing(&self.shell, change)
    }
}

/// Whose work it was; the command line has no name.
pub fn name_of(reference: &Reference, officer: Option<Id<Officer>>) -> String {
    officer.map_or_else(|| "motcua".to_owned(), |o| reference.officer_name(o).to_owned())
}

/// `31/08/2026: như ngày thường → Nghỉ hoán đổi (nghỉ)`.
pub fn about(shell: &Shell, day: &DayChange) -> String {
    let one = |e: &Option<Exception>| match e {
        None => shell.lang.t("theo luật và tuần làm việc").to_owned(),
        Some(Exception::Off { name }) => format!("{name} ({})", shell.lang.t("nghỉ")),
        Some(Exception::Working { name, sessions: None }) => format!("{name} ({})", shell.lang.t("làm việc")),
        Some(Exception::Working { name, sessions: Some(own) }) => {
            let hours: Vec<_> = own.iter().map(ToString::to_string).collect();
            format!("{name} ({})", hours.join(", "))
        }
    };
    format!("{}: {} → {}", shell.day(day.day), one(&day.before), one(&day.after))
}

/// What became of it, in words.
pub fn standing(shell: &Shell, change: &Change) -> String {
    let lang = shell.lang;
    match (change.state, change.recount.stage) {
        _ if change.undone_by.is_some() => lang.t("đã hoàn tác").to_owned(),
        (Standing::Draft, _) => lang.t("chờ xem và áp dụng").to_owned(),
        (Standing::Dropped, _) => lang.t("đã bỏ").to_owned(),
        (Standing::Applied, Stage::None) => lang.t("có hiệu lực; hồ sơ đang mở chưa tính lại").to_owned(),
        (Standing::Applied, Stage::Running) => lang.f1("đang tính lại, đã đổi ngày hẹn {} hồ sơ", change.recount.moved),
        (Standing::Applied, Stage::Done) => lang.f1("có hiệu lực, đã đổi ngày hẹn {} hồ sơ", change.recount.moved),
    }
}

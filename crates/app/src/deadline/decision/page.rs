//! `/can-bo/quan-tri/lich/quyet-dinh`: a year's official decision, pasted as a table; nothing is taken while a row is wrong.

use crate::{
    accounts::SignedIn,
    app::App,
    deadline::{
        store, table,
        year::page::{admitted, change},
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::deadline::DayChange;

#[derive(Template)]
#[template(path = "deadline/decision/page.html")]
struct Page {
    shell: Shell,
    form: Form,
}

pub async fn show(State(app): State<App>, me: SignedIn) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let form = Form::default().with("once", hidden_key(&app));
    Ok(render(&app, &me, form))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(mut form): Typed) -> Result<Response, PageError> {
    admitted(&app, &me)?;
    let known = app.db.read(|q| Ok::<_, AppError>(store::days(q)?)).await;
    let known = known.map_err(|e| PageError::new(&app, &me.reader, e))?;
    let reason = form.required(
        "so",
        "Xin ghi số quyết định hoặc thông báo.",
        "Give the number of the decision or announcement.",
    );
    let rows = read(&mut form);
    let days: Vec<_> = rows.into_iter().map(|row| row.from_table(&known)).filter(|change| !change.is_idle()).collect();
    if form.is_good() && days.is_empty() {
        let (vi, en) = ("Mọi ngày trong bảng đã có trong lịch.", "Every day of the table is in the calendar already.");
        form.wrong(FieldError::new("bang", "unchanged", vi, en));
    }
    if !form.is_good() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&app, &me, form)).into_response());
    }
    change(&app, &me, form.key(&app), days, reason).await
}

/// The rows of the table; each that cannot be read is named with its line.
fn read(form: &mut Form) -> Vec<DayChange> {
    let text = form.required("bang", "Xin dán bảng các ngày.", "Paste the table of days.");
    let mut days: Vec<DayChange> = Vec::new();
    for (line, key, row) in table::rows(&text) {
        match row {
            Ok(read) if days.iter().any(|d| d.day == read.row.day) => {
                let vi = format!("Dòng {line} ({key}): ngày này đã có ở dòng trên.");
                form.wrong(FieldError::new(
                    "bang",
                    "twice",
                    vi,
                    format!("Line {line} ({key}): the day stands above already."),
                ));
            }
            Ok(read) => days.push(DayChange::to(read.row)),
            Err(why) => {
                let vi = format!("Dòng {line} ({key}): {why}.");
                form.wrong(FieldError::new(
                    "bang",
                    "invalid",
                    vi,
                    format!("Line {line} ({key}) cannot be read: {why}."),
                ));
            }
        }
    }
    days
}

fn render(app: &App, me: &SignedIn, form: Form) -> Response {
    let shell = Shell::officer(app, me, Nav::Calendar, me.reader.lang.t("Nhập lịch nghỉ theo quyết định"));
    html(&Page { shell, form })
}

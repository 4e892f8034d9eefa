//! `/can-bo/so-theo-doi`: a book of a centre over some days.

use super::entries::{Asked, Book, books, entries};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::inbox,
    error::AppError,
    http::{Form, Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use documents::RegisterRow;
use domain::time::{day_text, time_text};
use jiff::civil::DateTime;

#[derive(Template)]
#[template(path = "dossier/register/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    /// Code and name of each book that may be read.
    books: Vec<(String, String)>,
    rows: Vec<RegisterRow>,
    query: String,
    next: Option<String>,
}

const MOST: usize = 100;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    let shell = Shell::officer(app, me, Nav::Register, me.reader.lang.t("Sổ theo dõi hồ sơ"));
    let books = books(me, &app.reference());
    let mut form =
        Form::default().with("so", asked.so.clone()).with("tu", asked.tu.clone()).with("den", asked.den.clone());
    let book = match Book::of(asked, me, app) {
        Ok(book) => book,
        Err(wrong @ AppError::Fields(_)) => {
            form.absorb(wrong)?;
            let page = Page { shell, form, books, rows: Vec::new(), query: String::new(), next: None };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)).into_response());
        }
        Err(other) => return Err(other),
    };
    let (rows, next) = entries(app, &me.who, &book, inbox::after(&asked.sau), MOST).await?;
    let form = form.with("so", book.code.clone()).with("tu", day_text(book.first)).with("den", day_text(book.last));
    let query = book.query();
    let next = next.map(|(at, id)| format!("?{query}&sau={at}-{id}"));
    Ok(html(&Page { shell, form, books, rows, query, next }))
}

impl Page {
    #[expect(clippy::unused_self, reason = "templates call it")]
    fn when(&self, at: &DateTime) -> String {
        format!("{}, {}", day_text(at.date()), time_text(at.time()))
    }
    #[expect(clippy::unused_self, reason = "templates call it")]
    fn day(&self, at: &DateTime) -> String {
        day_text(at.date())
    }
}

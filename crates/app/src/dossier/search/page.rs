//! `/can-bo/tim?q=`: bar code, dossier code, address in a QR code, identity number of anybody on a
//! dossier, number of an authorisation or of a slip (TRK-03, RES-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        inbox::{self, Line, lines},
        return_desk,
        store::{self, Key, Work},
        subject::path_of,
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
    reads,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Reading, Scope},
    dossier::{DossierCode, read_barcode},
    id::Id,
    people::{IdentityNumber, read_card},
    text::fold,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/search/page.html")]
struct Page {
    shell: Shell,
    question: String,
    lines: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, asked.q.trim()).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, question: &str) -> Result<Response, AppError> {
    let (scope, asked) = (me.who.scope(), question.to_owned());
    let found = app.db.read(move |q| find(q, &scope, &asked)).await?;
    if let Found::Many(rows) = &found {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        reads::note(app, &me.who, Reading::Search, &ids).await;
    }
    match found {
        Found::One(path) => Ok(Redirect::to(&path).into_response()),
        Found::Many(rows) if rows.len() == 1 => Ok(Redirect::to(&path_of(rows[0].id, &rows[0].state)).into_response()),
        Found::Many(rows) => {
            let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Tìm hồ sơ"));
            let lines = lines(app, me, rows).await?;
            Ok(html(&Page { shell, question: question.to_owned(), lines, next: None }))
        }
    }
}

enum Found {
    /// The dossier that was named.
    One(String),
    /// Those of a person, or none.
    Many(Vec<Work>),
}

fn find(q: &mut platform::db::Reader, scope: &Scope, question: &str) -> Result<Found, AppError> {
    if let Some(path) = exact(q, scope, question)? {
        return Ok(Found::One(path));
    }
    let card = read_card(question);
    // What is no whole card may still begin with its number.
    let first = question.split('|').next().unwrap_or(question);
    let number = card.as_ref().map_or(first, |c| c.number.as_str());
    let read = IdentityNumber::parse_person(number).or_else(|_| IdentityNumber::parse_organisation(number));
    // What is no person's number may be that of the paper by which somebody came for another (RES-02).
    let number = read.map_or_else(|_| fold(question), |identity| identity.as_str().to_owned());
    Ok(Found::Many(inbox::store::by_number(q, scope, &number, 50)?))
}

/// What names one dossier. Out of scope is not there.
fn exact(q: &mut platform::db::Reader, scope: &Scope, question: &str) -> Result<Option<String>, AppError> {
    let mut keys: Vec<Key> = read_barcode(question).map(|id| Key::Id(Id::new(id))).into_iter().collect();
    // The QR code of a receipt holds an address that ends in the code.
    let last = question.rsplit('/').next().unwrap_or(question);
    keys.extend(last.parse::<DossierCode>().ok().map(|c| Key::Code(c.as_str().to_owned())));
    if let Some(dossier) = store::dossier_of_slip(q, question)? {
        keys.push(Key::Id(dossier));
    }
    keys.extend(return_desk::store::by_result(q, question)?.into_iter().map(|id| Key::Id(Id::new(id))));
    for key in keys {
        if let Some(kept) = store::find(q, scope, &key)? {
            return Ok(Some(path_of(kept.id, &kept.state)));
        }
    }
    Ok(None)
}

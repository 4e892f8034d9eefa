//! `/can-bo/tim`: bar code, dossier code, address in a QR code, number of a result or slip, identity number of anybody on a dossier,
//! number of an authorisation (TRK-03, RES-02). It is sent by POST, because the number of a person belongs into no address; what
//! was found of a person is shown under `?nguoi=DOSSIER&so=WHICH`, the rest under `?q=`.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        inbox::{self, Line, lines},
        return_desk::{self, desk_of},
        store::{self, Key, Work},
        subject::path_of,
    },
    error::AppError,
    http::{Nav, PageError, Shell, Typed, encode, html},
    reads,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::{Reading, Scope},
    dossier::{DossierCode, People, also_named, read_barcode},
    id::Id,
    people::{Centre, IdentityNumber, read_card},
    text::fold,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/search/page.html")]
struct Page {
    shell: Shell,
    question: String,
    /// They have the same result number, and are of different people.
    by_result: bool,
    lines: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    /// A dossier: those of somebody on it are looked for.
    nguoi: String,
    /// Who on it: the place among its numbers, the applicant's first.
    so: usize,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let page = async {
        let (scope, question) = (me.who.scope(), asked.q.trim().to_owned());
        let found = app
            .db
            .read(move |q| {
                if asked.nguoi.is_empty() {
                    return find(q, &scope, &question);
                }
                of_person(q, &scope, &asked.nguoi, asked.so)
            })
            .await?;
        answer(&app, &me, asked.q.trim(), found).await
    };
    page.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `POST /can-bo/tim`: the same without the question in the address.
pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    let sent = async {
        let (scope, asked) = (me.who.scope(), form.value("q").trim().to_owned());
        let question = asked.clone();
        let found = app.db.read(move |q| find(q, &scope, &question)).await?;
        match found {
            Found::Person(rows, which) if rows.len() > 1 => {
                Ok(Redirect::to(&format!("/can-bo/tim?nguoi={}&so={which}", rows[0].id)).into_response())
            }
            Found::Result(rows) if rows.len() > 1 => {
                Ok(Redirect::to(&format!("/can-bo/tim?q={}", encode(&asked))).into_response())
            }
            other => answer(&app, &me, &asked, other).await,
        }
    };
    sent.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn answer(app: &App, me: &SignedIn, question: &str, found: Found) -> Result<Response, AppError> {
    let (by_result, mut rows) = match found {
        Found::One(path) => return Ok(Redirect::to(&path).into_response()),
        Found::Result(rows) => (true, rows),
        Found::Person(rows, _) => (false, rows),
    };
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    reads::note(app, &me.who, Reading::Search, &ids).await;
    if let [only] = rows.as_slice() {
        return Ok(Redirect::to(&path_of(only.id, &only.state)).into_response());
    }
    // What can be handed over here and now stands first; the rest newest first.
    let desk = desk_of(me);
    rows.sort_by_key(|row| !lies_ready(row, desk));
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Tìm hồ sơ"));
    let lines = lines(app, me, rows).await?;
    Ok(html(&Page { shell, question: question.to_owned(), by_result, lines, next: None }))
}

/// Its result, or what was refused, waits at this desk.
fn lies_ready(row: &Work, desk: Option<Id<Centre>>) -> bool {
    let at = row.state.holder.as_ref().and_then(|h| h.centre);
    desk.is_some() && at == desk && (row.state.result.is_some() || row.state.refusal.is_some())
}

enum Found {
    /// The dossier that was named.
    One(String),
    /// Those whose result has this number.
    Result(Vec<Work>),
    /// Those of a person, or none; and the place of the number among those of the first dossier.
    Person(Vec<Work>, usize),
}

/// How many are shown.
const MOST: i64 = 50;

fn find(q: &mut platform::db::Reader, scope: &Scope, question: &str) -> Result<Found, AppError> {
    if let Some(path) = exact(q, scope, question)? {
        return Ok(Found::One(path));
    }
    let card = read_card(question);
    if card.is_none() && !question.is_empty() {
        let rows = return_desk::store::by_result(q, scope, question, MOST)?;
        if !rows.is_empty() {
            return Ok(Found::Result(rows));
        }
    }
    // What is no whole card may still begin with its number.
    let first = question.split('|').next().unwrap_or(question);
    let number = card.as_ref().map_or(first, |c| c.number.as_str());
    let read = IdentityNumber::parse_person(number).or_else(|_| IdentityNumber::parse_organisation(number));
    // What is no person's number may be that of the paper by which somebody came for another (RES-02).
    let number = read.map_or_else(|_| fold(question), |identity| identity.as_str().to_owned());
    let rows = inbox::store::by_number(q, scope, &number, MOST)?;
    let named = rows.first().map(|row| store::people(q, row.id)).transpose()?.flatten();
    let which = named.and_then(|people| numbers(&people).iter().position(|n| *n == number)).unwrap_or(0);
    Ok(Found::Person(rows, which))
}

/// The dossiers on which somebody of a dossier stands that the reader reaches.
fn of_person(q: &mut platform::db::Reader, scope: &Scope, dossier: &str, which: usize) -> Result<Found, AppError> {
    let key = Key::parse(dossier).ok_or(AppError::NotFound)?;
    let kept = store::find(q, scope, &key)?.ok_or(AppError::NotFound)?;
    let number = store::people(q, kept.id)?.and_then(|people| numbers(&people).get(which).cloned());
    let Some(number) = number else { return Ok(Found::One(path_of(kept.id, &kept.state))) };
    Ok(Found::Person(inbox::store::by_number(q, scope, &number, MOST)?, which))
}

/// All numbers by which a dossier is found, the applicant's first.
fn numbers(people: &People) -> Vec<String> {
    let others = also_named(people).into_iter().map(|(_, number)| number);
    people.applicant.identity.clone().into_iter().chain(others).collect()
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
    for key in keys {
        if let Some(kept) = store::find(q, scope, &key)? {
            return Ok(Some(path_of(kept.id, &kept.state)));
        }
    }
    Ok(None)
}

//! `/can-bo/doanh-nghiep`: the register, those that a dossier told of last first; found by words of the name or by the code. A code
//! may be a person's number, so what is looked for is posted and comes to stand in no address.

use crate::{
    accounts::SignedIn,
    app::App,
    enterprises::store::{self, Source},
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{
    accounts::Role,
    enterprises::{EnterpriseKind, words},
    people::IdentityNumber,
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "enterprises/list/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    rows: Vec<Source>,
    /// The list goes on.
    next: Option<i64>,
    /// More were found than are shown.
    is_cut: bool,
    is_search: bool,
}

const MOST: usize = 50;
/// Entries of the rarest word that are looked at for the others.
const LOOKED_AT: i64 = 2_000;

pub fn may_read(me: &SignedIn) -> Result<(), AppError> {
    if me.who.reads_enterprises() { Ok(()) } else { Err(AppError::RightMissing(Role::IntakeOfficer.as_str())) }
}

/// The number as lists show it: that of a household is its owner's.
pub fn shown(source: &Source) -> String {
    match source.kind {
        EnterpriseKind::Household => IdentityNumber::masked(&source.number),
        _ => source.number.clone(),
    }
}

/// Those whose names, former ones too, or code have every one of these words, each as far as it was typed.
pub async fn find(app: &App, text: &str, before: i64, most: usize) -> Result<Vec<Source>, AppError> {
    let wanted = words(text);
    // Long words are rare ones.
    let Some(word) = wanted.iter().max_by_key(|w| w.len()).cloned() else { return Ok(Vec::new()) };
    let until = format!("{word}\u{10ffff}");
    let read = move |q: &mut platform::db::Reader| {
        let found = store::by_word(q, &word, &until, before, LOOKED_AT)?;
        let known = store::words_of(q, found.iter().map(|s| s.number.clone()).collect())?;
        Ok::<_, AppError>((found, known))
    };
    let (found, known) = app.db.read(read).await?;
    let fits = |s: &Source| {
        let has = known.get(&s.number);
        wanted.iter().all(|w| has.is_some_and(|has| has.iter().any(|h| h.starts_with(w.as_str()))))
    };
    Ok(found.into_iter().filter(fits).take(most).collect())
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let shown = async {
        may_read(&me)?;
        let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
        let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
        let mut rows = app.db.read(move |q| Ok::<_, AppError>(store::latest(q, before, most)?)).await?;
        let next = (rows.len() > MOST).then(|| rows[MOST - 1].dossier.raw());
        rows.truncate(MOST);
        let shell = shell(&app, &me);
        Ok::<_, AppError>(html(&Page { shell, form: Form::default(), rows, next, is_cut: false, is_search: false }))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

fn shell(app: &App, me: &SignedIn) -> Shell {
    Shell::officer(app, me, Nav::Enterprises, me.reader.lang.t("Doanh nghiệp, hộ kinh doanh"))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    search(&app, &me, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn search(app: &App, me: &SignedIn, mut form: Form) -> Result<Response, AppError> {
    may_read(me)?;
    let vi = "Xin gõ mã số thuế hoặc vài chữ trong tên, ví dụ 5700100256 hoặc xây dựng.";
    let en = "Type a tax code or words of the name, for example 5700100256.";
    let text = form.required("q", vi, en);
    let mut rows = find(app, &text, i64::MAX, MOST + 1).await?;
    let is_cut = rows.len() > MOST;
    rows.truncate(MOST);
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Page { shell: shell(app, me), is_search: form.is_good(), form, rows, next: None, is_cut };
    Ok((status, html(&page)).into_response())
}

impl Page {
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn number(&self, source: &Source) -> String {
        shown(source)
    }
}

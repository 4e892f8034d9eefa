//! Which procedure? Search by name or code, or take one that is frequent here.

use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::Listed,
    dossier::inbox::store,
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{
    accounts::{Role, Who},
    dossier::Refusal,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/choose/page.html")]
struct Page {
    shell: Shell,
    question: String,
    found: Vec<Found>,
    /// The dossier whose people are taken over.
    nguoi: String,
}

/// A procedure, and where else in the hall it is taken in when not here.
struct Found {
    listed: Listed,
    elsewhere: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    nguoi: String,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    may_take_in(me)?;
    let question = asked.q.trim();
    let nguoi = asked.nguoi.parse::<i64>().map(|id| id.to_string()).unwrap_or_default();
    let reference = app.reference();
    let found = if question.is_empty() {
        frequent(app, me).await?
    } else {
        let codes = reference.search.search(question, 30);
        codes.into_iter().filter_map(|c| reference.procedure(c.as_str()).cloned()).collect()
    };
    let found = own_first(app, me, found);
    let shell = Shell::officer(app, me, Nav::Intake, me.reader.lang.t("Tiếp nhận hồ sơ"));
    Ok(html(&Page { shell, question: question.to_owned(), found, nguoi }))
}

/// INT-09: only the intake roles, each at the centre of the post.
pub fn may_take_in(me: &SignedIn) -> Result<(), AppError> {
    let right = me.who.any(Role::takes_in) && me.who.centre.is_some();
    if right { Ok(()) } else { Err(Refusal::OnlyTheCentreTakesIn.into()) }
}

/// What is taken in here before what is not; both in the order in which they were found (ADM-02).
fn own_first(app: &App, me: &SignedIn, found: Vec<Listed>) -> Vec<Found> {
    let with = |listed: Listed| Found { elsewhere: elsewhere(app, me, &listed.field), listed };
    let (own, others): (Vec<_>, Vec<_>) = found.into_iter().map(with).partition(|f| f.elsewhere.is_none());
    own.into_iter().chain(others).collect()
}

/// Which counters take in a field that this one does not; `None` for a field that is taken in here.
pub fn elsewhere(app: &App, me: &SignedIn, field: &str) -> Option<String> {
    let takes_in = |who: &Who| who.any(Role::takes_in) && who.bound.takes_in(field);
    if me.identities.iter().any(takes_in) {
        return None;
    }
    let (lang, reference) = (me.reader.lang, app.reference());
    let numbers = me.who.centre.map(|centre| reference.counters_for(centre, field)).unwrap_or_default();
    let numbers = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Some(match numbers.as_str() {
        "" => lang.t("Chưa có quầy nào nhận lĩnh vực này; xin hỏi quản trị của Trung tâm.").to_owned(),
        numbers => lang.f1("Quầy {} nhận lĩnh vực này", numbers),
    })
}

/// What this officer took in last, then what this centre takes in most; the beginning of the catalogue while there is
/// nothing yet.
async fn frequent(app: &App, me: &SignedIn) -> Result<Vec<Listed>, AppError> {
    let Some(centre) = me.who.centre else { return Ok(Vec::new()) };
    let officer = me.who.officer;
    let codes = app
        .db
        .read(move |q| {
            let mut seen = std::collections::HashSet::new();
            let mut codes: Vec<String> = store::recent_procedures(q, officer)?;
            codes.retain(|c| seen.insert(c.clone()));
            codes.truncate(4);
            codes.extend(store::frequent_procedures(q, centre, 12)?.into_iter().filter(|c| !seen.contains(c)));
            Ok::<_, AppError>(codes)
        })
        .await?;
    let reference = app.reference();
    let found: Vec<Listed> = codes.iter().filter_map(|c| reference.procedure(c).cloned()).collect();
    if found.is_empty() { Ok(reference.procedures.iter().take(12).cloned().collect()) } else { Ok(found) }
}

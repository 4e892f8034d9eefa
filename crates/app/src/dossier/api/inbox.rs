use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::{
        inbox::{self, Filter, store::Shown},
        law::law,
        view::DossierView,
        written::Written,
    },
    error::AppError,
    http::{ApiError, Problem, after::broken},
};
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use domain::{accounts::Who, dossier::next_for};
use platform::db::Reader;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// From where the list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct InboxQuery {
    /// The `after` of the page before.
    pub after: String,
}

/// A page of the work list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxView {
    pub items: Vec<DossierView>,
    /// Ask for the next page with it; absent on the last.
    pub after: Option<String>,
}

/// What this officer holds, and what waits for somebody like them, by due date.
#[utoipa::path(
    get, path = "/api/v1/inbox", tag = "dossier", params(InboxQuery),
    responses((status = 200, body = InboxView), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_inbox(
    State(app): State<App>,
    key: KeyHolder,
    Query(query): Query<InboxQuery>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let after = if query.after.is_empty() { None } else { Some(inbox::read_after(&query.after).ok_or_else(broken)?) };
    let filter = Filter { after: after.unwrap_or(inbox::FIRST), ..Filter::default() };
    let (app_, who) = (app.clone(), key.who.clone());
    let list = app.db.read(move |q| write(q, &app_, &who, &filter)).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], list).into_response())
}

/// The page as JSON: an [`InboxView`], of which only what has changed since somebody asked is written anew.
fn write(q: &mut Reader, app: &App, who: &Who, filter: &Filter) -> Result<String, AppError> {
    let reference = app.reference();
    let now = app.now();
    let found = inbox::page_of(q, app, who, &reference.identities(who, now), filter, Shown::WithoutNames)?;
    let acting = reference.acting(who, now);
    let asked: Vec<(i64, u32)> = found.rows.iter().map(|w| (w.id.raw(), w.state.version)).collect();
    let (known, mut new, mut versions) = (app.written.find(&asked), Vec::new(), app.versions.of_list());
    let mut list = String::with_capacity(LINE * asked.len() + END);
    list.push_str(r#"{"items":["#);
    for ((w, of), known) in found.rows.iter().zip(asked).zip(known) {
        let governing = versions.of(q, &w.state.intake)?;
        let law = law(app, &reference, governing, &w.state.intake).ok_or(AppError::NotFound)?;
        let written = match known.filter(|known| known.stands(&reference, governing)) {
            Some(known) => known,
            None => {
                let written = Arc::new(Written::of(w.id, &w.state, &law, &reference, governing)?);
                new.push((of, Arc::clone(&written)));
                written
            }
        };
        if !list.ends_with('[') {
            list.push(',');
        }
        written.put(&mut list, &next_for(&acting.on(&w.state.intake.procedure_code), &w.state, &law));
    }
    app.written.add(new);
    let after = found.next.map_or_else(|| "null".to_owned(), |(due, id)| format!("\"{due}-{id}\""));
    list.extend([r#"],"after":"#, &after, "}"]);
    Ok(list)
}

/// Bytes that most lines and the end of the list take at most; a longer one makes it grow.
const LINE: usize = 1536;
const END: usize = 64;

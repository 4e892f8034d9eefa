//! `/can-bo/quan-tri/danh-muc/niem-yet`: fields with what must be posted anew, the sheets to print, the mark that it hangs.

use super::{Changes, changes, posted, sheets, versions_of};
use crate::{
    app::App,
    error::AppError,
    http::{PageError, Shell, Typed, encode, html},
    lists::{
        change,
        keeper::Keeper,
        store::{self, Posting},
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::time::Instant;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "lists/postings/page.html")]
struct Page {
    shell: Shell,
    rows: Vec<Row>,
    waiting: usize,
}

struct Row {
    field: String,
    procedures: usize,
    href: String,
    /// When and by whom it was posted last; absent when never.
    posted: Option<(Instant, String)>,
    changes: Changes,
}

impl Row {
    fn is_due(&self) -> bool {
        self.posted.is_none() || !self.changes.is_none()
    }
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let last = app.db.read(|q| Ok::<_, AppError>(store::last_postings(q)?)).await.map_err(|e| me.wrong(&app, e))?;
    let reference = app.reference();
    let row = |field: String| {
        let now = versions_of(&reference, &field);
        let posted = last.iter().find(|p| p.field == field);
        Row {
            procedures: now.len(),
            href: format!("/can-bo/quan-tri/danh-muc/niem-yet/to.pdf?linh_vuc={}", encode(&field)),
            posted: posted.map(|p| (Instant::from_millis(p.posted_at), reference.officer_name(p.officer).to_owned())),
            changes: posted.map(|p| changes(&now, p)).unwrap_or_default(),
            field,
        }
    };
    let mut names: Vec<String> = reference
        .listing
        .fields
        .iter()
        .map(|c| c.field.clone())
        .filter(|field| posted(&reference, field).next().is_some())
        .collect();
    // A field whose last procedure ended still hangs.
    names.extend(last.iter().filter(|p| !p.versions.is_empty()).map(|p| p.field.clone()));
    let mut seen = std::collections::HashSet::new();
    names.retain(|n| seen.insert(n.clone()));
    let mut rows: Vec<Row> = names.into_iter().map(row).collect();
    rows.sort_by_key(|r| !r.is_due());
    let waiting = rows.iter().filter(|r| r.is_due()).count();
    let shell = me.shell(&app, "Niêm yết thủ tục").with_flash(me.flash(asked.get("xong")));
    Ok(html(&Page { shell, rows, waiting }))
}

/// The sheets now hang: who says so, and which versions.
pub async fn send(State(app): State<App>, me: Keeper, Typed(form): Typed) -> Result<Response, PageError> {
    let done = async {
        let field = form.text("field").ok_or(AppError::NotFound)?.to_owned();
        let versions = versions_of(&app.reference(), &field);
        let known = app.db.read(|q| Ok::<_, AppError>(store::last_postings(q)?)).await?;
        if versions.is_empty() && !known.iter().any(|p| p.field == field) {
            return Err(AppError::NotFound);
        }
        // A second click finds the same versions hanging already.
        if known.iter().any(|p| p.field == field && p.versions == versions) {
            return Ok(());
        }
        let row = Posting { field: field.clone(), posted_at: app.now().millis(), officer: me.who.officer, versions };
        let id = app.ids.next()?;
        let work = move |unit: &mut platform::db::Unit| Ok(store::insert_posting(unit, id, &row)?);
        change::save(&app, &me, "postings", "list.posted", field, work).await
    };
    done.await.map_err(|e: AppError| me.wrong(&app, e))?;
    Ok(Redirect::to("/can-bo/quan-tri/danh-muc/niem-yet?xong=niem-yet").into_response())
}

/// The sheets of a field, A4.
pub async fn print(
    State(app): State<App>,
    me: Keeper,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let field = asked.get("linh_vuc").cloned().unwrap_or_default();
    sheets::pdf(&app, &field).await.map_err(|e| me.wrong(&app, e))
}

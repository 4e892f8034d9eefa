use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    dossier::{
        inbox::{self, Filter, store::Shown},
        law::law,
        view::DossierView,
    },
    error::AppError,
    http::{ApiError, Problem, after::broken},
};
use axum::{
    Json,
    extract::{Query, State},
};
use serde::{Deserialize, Serialize};
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
) -> Result<Json<InboxView>, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let after = if query.after.is_empty() { None } else { Some(inbox::read_after(&query.after).ok_or_else(broken)?) };
    let filter = Filter { after: after.unwrap_or(inbox::FIRST), ..Filter::default() };
    let (app_, who) = (app.clone(), key.who.clone());
    let view = app
        .db
        .read(move |q| {
            let reference = app_.reference();
            let identities = reference.identities(&who, app_.now());
            let found = inbox::page_of(q, &app_, &who, &identities, &filter, Shown::WithoutNames)?;
            let mut items = Vec::with_capacity(found.rows.len());
            for w in found.rows {
                let governing = app_.versions.of(q, &w.state.intake)?;
                let law = law(&app_, &reference, &governing, &w.state.intake).ok_or(AppError::NotFound)?;
                items.push(DossierView::of(w.id, &w.state, &law, &who, &reference));
            }
            Ok::<_, AppError>(InboxView { items, after: found.next.map(|(due, id)| format!("{due}-{id}")) })
        })
        .await?;
    Ok(Json(view))
}

//! `GET /api/v1/lists/{list}`: shared lists that other systems keep in step with ours (CAT-07, LNK-04).

use super::{plain::page::lines, store};
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    error::AppError,
    http::{ApiError, Problem},
};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use domain::lists::PlainList;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: usize = 500;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListBody {
    pub items: Vec<ListItem>,
    /// Ask with `?after=` this for the next page; absent on the last one.
    pub after: Option<String>,
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListItem {
    pub code: String,
    pub name: String,
    /// Empty where there is none.
    pub name_en: String,
    pub active: bool,
    /// The province of a commune; absent in other lists.
    pub parent: Option<String>,
}

/// After which code the page begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct Asked {
    pub after: Option<String>,
}

/// A shared list, by code: `ethnic_groups`, `countries`, `paper_types`, `statuses`, `provinces` or `communes`.
#[utoipa::path(
    get, path = "/api/v1/lists/{list}", tag = "lists", params(("list" = String, Path), Asked),
    responses((status = 200, body = ListBody), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")),
    security(("key" = []))
)]
pub async fn read_list(
    State(app): State<App>,
    key: KeyHolder,
    Path(list): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Json<ListBody>, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let after = asked.after.unwrap_or_default();
    let mut items = match (list.as_str(), PlainList::named(&list)) {
        ("provinces", _) => areas(&app, true, &after).await?,
        ("communes", _) => areas(&app, false, &after).await?,
        (_, Some(plain)) => plain_items(&app, plain, &after).await?,
        _ => return Err(AppError::NotFound.into()),
    };
    let more = items.len() > PAGE;
    items.truncate(PAGE);
    let after = items.last().filter(|_| more).map(|last| last.code.clone());
    Ok(Json(ListBody { items, after }))
}

async fn plain_items(app: &App, list: PlainList, after: &str) -> Result<Vec<ListItem>, AppError> {
    let all = lines(app, list, "").await?;
    let begin =
        if after.is_empty() { 0 } else { all.iter().position(|i| i.code == after).map_or(all.len(), |at| at + 1) };
    let body =
        |i: store::Item| ListItem { code: i.code, name: i.name, name_en: i.name_en, active: i.active, parent: None };
    Ok(all.into_iter().skip(begin).map(body).collect())
}

async fn areas(app: &App, provinces: bool, after: &str) -> Result<Vec<ListItem>, AppError> {
    let after = after.to_owned();
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
    let read = move |q: &mut platform::db::Reader| {
        if provinces {
            let mut all = store::provinces(q)?;
            all.sort_by(|a, b| a.code.cmp(&b.code));
            all.retain(|a| a.code > after);
            return Ok::<_, AppError>(all);
        }
        Ok(store::communes(q, "", "", &after, most)?)
    };
    let rows = app.db.read(read).await?;
    let body = |a: crate::people::store::Area| ListItem {
        code: a.code,
        name: a.name,
        name_en: String::new(),
        active: true,
        parent: a.parent,
    };
    Ok(rows.into_iter().map(body).collect())
}

//! `GET /api/v1/lists/{list}`: shared lists that other systems keep in step with ours (CAT-07, LNK-04).

use super::{former, plain::page::lines, store};
use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    error::AppError,
    http::{ApiError, Problem, after::broken},
};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use domain::lists::PlainList;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: usize = 500;
const MOST_FORMER: usize = 50;

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
    /// Names before 1 July 2025 of a commune that was asked for by one: "Phường Hà Khánh, Thành phố Hạ Long, Tỉnh Quảng Ninh".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
}

/// After which code the page begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct Asked {
    pub after: Option<String>,
    /// Only communes that took over one of this old name, such as `ha khanh ha long`; at most 50 old ones are looked at.
    pub former: Option<String>,
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
    if let Some(former) = asked.former.filter(|_| list == "communes") {
        return Ok(Json(ListBody { items: formerly(&app, &former).await?, after: None }));
    }
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
    let begin = match all.iter().position(|i| i.code == after) {
        Some(at) => at + 1,
        None if after.is_empty() => 0,
        // It was removed meanwhile: who asks begins again, and does not take the rest for nothing.
        None => return Err(broken()),
    };
    let body = |i: store::Item| ListItem {
        code: i.code,
        name: i.name,
        name_en: i.name_en,
        active: i.active,
        parent: None,
        former: Vec::new(),
    };
    Ok(all.into_iter().skip(begin).map(body).collect())
}

/// The communes of today that took over old ones of this name, the best answer first.
async fn formerly(app: &App, text: &str) -> Result<Vec<ListItem>, AppError> {
    let old = former(text, MOST_FORMER);
    let codes: Vec<String> = old.iter().flat_map(|f| f.became.clone()).collect();
    let known = app.db.read(move |q| Ok::<_, AppError>(store::communes_of(q, &codes)?)).await?;
    let mut items: Vec<ListItem> = Vec::new();
    for (f, code) in old.iter().flat_map(|f| f.became.iter().map(move |code| (f, code))) {
        let Some(area) = known.iter().find(|a| a.code == *code) else { continue };
        let at = items.iter().position(|i| i.code == *code).unwrap_or_else(|| {
            let (code, name, parent) = (area.code.clone(), area.name.clone(), area.parent.clone());
            items.push(ListItem { code, name, name_en: String::new(), active: true, parent, former: Vec::new() });
            items.len() - 1
        });
        items[at].former.push(f.whole());
    }
    Ok(items)
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
        former: Vec::new(),
    };
    Ok(rows.into_iter().map(body).collect())
}

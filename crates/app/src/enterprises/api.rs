//! `GET /api/v1/enterprises`: the register for other systems (STO-03, LNK-04).

use super::{
    list::page::{find, shown},
    one::page::load,
    store::{self, Source},
};
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
use domain::accounts::Role;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

const PAGE: usize = 100;

/// A page of the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnterpriseList {
    pub items: Vec<EnterpriseItem>,
    /// Ask with `?after=` this for the next page; absent on the last one.
    pub after: Option<String>,
}

/// An enterprise as the latest of its dossiers has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnterpriseItem {
    /// By which it is read.
    pub id: String,
    /// Tax or enterprise code; of a household business, whose code is a person's number, the last digits only.
    pub number: String,
    /// `enterprise`, `branch` or `household`.
    pub kind: String,
    pub name: String,
    pub address: String,
    /// The code of that dossier, and when it was accepted.
    pub dossier: String,
    pub at: String,
}

/// An enterprise with everything that was said of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnterpriseBody {
    pub number: String,
    /// `enterprise`, `branch` or `household`.
    pub kind: String,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    /// From where, the latest first: the first is what is told above.
    pub sources: Vec<EnterpriseSource>,
}

/// What one dossier said.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnterpriseSource {
    pub dossier: String,
    pub procedure: String,
    pub at: String,
    pub name: String,
    pub address: String,
}

/// What is looked for, and from where the list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct Asked {
    /// Words of the name, or the code of an enterprise.
    pub q: Option<String>,
    pub after: Option<String>,
}

fn item(s: Source) -> EnterpriseItem {
    EnterpriseItem {
        id: s.dossier.to_string(),
        number: shown(&s),
        kind: s.kind.key().to_owned(),
        at: s.at.to_string(),
        name: s.name,
        address: s.address,
        dossier: s.code,
    }
}

fn may_read(key: &KeyHolder) -> Result<(), AppError> {
    key.needs(KeyScope::DossierRead)?;
    if key.who.reads_enterprises() { Ok(()) } else { Err(AppError::RightMissing(Role::IntakeOfficer.as_str())) }
}

/// Enterprises and household businesses, those that a dossier told of last first.
#[utoipa::path(
    get, path = "/api/v1/enterprises", tag = "enterprises", params(Asked), security(("key" = [])),
    responses((status = 200, body = EnterpriseList), (status = 422, body = Problem, content_type = "application/problem+json"))
)]
pub async fn list_enterprises(
    State(app): State<App>,
    key: KeyHolder,
    Query(asked): Query<Asked>,
) -> Result<Json<EnterpriseList>, ApiError> {
    may_read(&key)?;
    let before = match asked.after.as_deref().filter(|a| !a.is_empty()) {
        Some(text) => text.parse().map_err(|_| broken())?,
        None => i64::MAX,
    };
    let mut found = match asked.q.filter(|q| !q.trim().is_empty()) {
        Some(q) => find(&app, &q, before, PAGE + 1).await?,
        None => {
            let most = i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1;
            app.db.read(move |q| Ok::<_, AppError>(store::latest(q, before, most)?)).await?
        }
    };
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let after = found.last().filter(|_| more).map(|s| s.dossier.to_string());
    Ok(Json(EnterpriseList { items: found.into_iter().map(item).collect(), after }))
}

/// One of them with its sources. That it was read is written down, as on the page.
#[utoipa::path(
    get, path = "/api/v1/enterprises/{id}", tag = "enterprises", params(("id" = String, Path)), security(("key" = [])),
    responses((status = 200, body = EnterpriseBody), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub async fn read_enterprise(
    State(app): State<App>,
    key: KeyHolder,
    Path(id): Path<String>,
) -> Result<Json<EnterpriseBody>, ApiError> {
    may_read(&key)?;
    let (now, sources) = load(&app, &key.who, &id).await?;
    let source = |s: Source| EnterpriseSource {
        dossier: s.code,
        procedure: s.procedure,
        at: s.at.to_string(),
        name: s.name,
        address: s.address,
    };
    Ok(Json(EnterpriseBody {
        number: now.number,
        kind: now.kind.key().to_owned(),
        name: now.name,
        address: now.address,
        phone: now.phone,
        email: now.email,
        sources: sources.into_iter().map(source).collect(),
    }))
}

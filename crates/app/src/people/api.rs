//! `GET /api/v1/agencies` and `/api/v1/centres`: lists that other systems keep in step with ours (LNK-04).

use crate::{
    accounts::{KeyHolder, KeyScope},
    app::App,
    http::{
        ApiError,
        after::{After, page},
    },
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

/// An agency.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgencyBody {
    /// Identifier by QĐ 20/2020, such as `H49.24`.
    pub identifier: String,
    pub name: String,
    pub short: String,
    /// Such as `department`, `commune`, `post`.
    pub kind: String,
    /// `province` or `commune`.
    pub level: String,
    /// Code of the commune, for agencies of communes.
    pub area: Option<String>,
    pub active: bool,
    pub units: Vec<UnitBody>,
}

/// A unit inside an agency.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitBody {
    pub code: String,
    pub name: String,
    pub active: bool,
}

/// A centre with its counters.
#[derive(Debug, Serialize, ToSchema)]
pub struct CentreBody {
    pub code: String,
    pub name: String,
    /// `province` or `commune`.
    pub level: String,
    /// Identifier of its agency.
    pub agency: String,
    pub area: Option<String>,
    pub address: String,
    pub phone: String,
    pub active: bool,
    pub counters: Vec<CounterBody>,
}

/// A counter.
#[derive(Debug, Serialize, ToSchema)]
pub struct CounterBody {
    pub number: u16,
    pub name: String,
    /// Names of the fields that it takes in; empty for all.
    pub fields: Vec<String>,
}

#[utoipa::path(
    get,
    path = "/api/v1/agencies",
    tag = "people",
    params(After),
    security(("key" = [])),
    responses((status = 200, description = "All agencies with their units", body = Vec<AgencyBody>))
)]
pub async fn list_agencies(
    State(app): State<App>,
    key: KeyHolder,
    Query(after): Query<After>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let reference = app.reference();
    let units = |id| {
        let body = |u: &super::store::Unit| UnitBody { code: u.code.clone(), name: u.name.clone(), active: u.active };
        reference.units_of(id).map(body).collect()
    };
    let body = |a: &super::store::Agency| AgencyBody {
        identifier: a.identifier.clone(),
        name: a.name.clone(),
        short: a.short.clone(),
        kind: a.kind.clone(),
        level: a.level.clone(),
        area: a.area.clone(),
        active: a.active,
        units: units(a.id),
    };
    let all = reference.agencies.iter().map(body).collect();
    Ok(page("/api/v1/agencies", all, |a: &AgencyBody| a.identifier.clone(), after.key()?.as_ref()))
}

#[utoipa::path(
    get,
    path = "/api/v1/centres",
    tag = "people",
    params(After),
    security(("key" = [])),
    responses((status = 200, description = "All centres with their counters", body = Vec<CentreBody>))
)]
pub async fn list_centres(
    State(app): State<App>,
    key: KeyHolder,
    Query(after): Query<After>,
) -> Result<Response, ApiError> {
    key.needs(KeyScope::DossierRead)?;
    let reference = app.reference();
    let counters = |id| {
        let of_centre = reference.counters.iter().filter(move |k| k.centre == id);
        let body = |k: &super::store::Counter| CounterBody {
            number: k.number,
            name: k.name.clone(),
            fields: k.fields.names().to_vec(),
        };
        of_centre.map(body).collect()
    };
    let body = |c: &super::store::Centre| CentreBody {
        code: c.code.clone(),
        name: c.name.clone(),
        level: c.level.clone(),
        agency: reference.agency(c.agency).map(|a| a.identifier.clone()).unwrap_or_default(),
        area: c.area.clone(),
        address: c.address.clone(),
        phone: c.phone.clone(),
        active: c.active,
        counters: counters(c.id),
    };
    let all = reference.centres.iter().map(body).collect();
    Ok(page("/api/v1/centres", all, |c: &CentreBody| c.code.clone(), after.key()?.as_ref()))
}

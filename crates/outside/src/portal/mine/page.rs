//! `/ho-so`: the dossiers that the portal knows, and the switch that lets messages fail.

use crate::portal::{
    Fault, Portal,
    pages::{html, moment, status},
    text,
};
use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "portal/mine/page.html")]
struct Page {
    title: &'static str,
    wrong: Vec<String>,
    identity: String,
    rows: Vec<Row>,
    faults: usize,
}

struct Row {
    code: String,
    procedure: String,
    status: &'static str,
    due: String,
}

pub async fn show(State(portal): State<Portal>, Query(query): Query<HashMap<String, String>>) -> Response {
    let identity = query.get("dinh_danh").map(|i| i.trim().to_owned()).unwrap_or_default();
    let desk = portal.desk();
    let shown = desk.dossiers.iter().rev().filter(|(_, held)| identity.is_empty() || belongs(&held.facts, &identity));
    let rows = shown.map(|(code, held)| Row {
        code: code.clone(),
        procedure: text(&held.facts, "TenTTHC").to_owned(),
        status: status(text(&held.facts, "TrangThaiHoSo")),
        due: moment(&held.facts, "NgayHenTra"),
    });
    let page =
        Page { title: "Hồ sơ của tôi", wrong: Vec::new(), rows: rows.collect(), identity, faults: desk.faults() };
    html(StatusCode::OK, &page)
}

fn belongs(facts: &Value, identity: &str) -> bool {
    let numbers = facts.get("DinhDanhCHS").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    numbers.iter().any(|n| text(n, "SoDinhDanh") == identity)
}

#[derive(Deserialize)]
pub struct Switch {
    /// `500`, or any other `error_code`.
    kieu: String,
    lan: usize,
}

const MOST_FAULTS: usize = 1000;

/// Lets the next messages fail.
pub async fn switch(State(portal): State<Portal>, Form(switch): Form<Switch>) -> Response {
    let fault = match switch.kieu.as_str() {
        "500" => Fault::Status(500),
        code => Fault::Code(code.to_owned()),
    };
    portal.fail(fault, switch.lan.min(MOST_FAULTS));
    Redirect::to("/ho-so").into_response()
}

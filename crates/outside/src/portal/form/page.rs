//! `/nop/{code}`: who asks, which papers; sent once, whatever is clicked.

use crate::portal::{
    Portal,
    api::Refused,
    pages::{Paper, html, once, papers, variants},
    sent::Sent,
    text,
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "portal/form/page.html")]
struct Page {
    title: String,
    wrong: Vec<String>,
    code: String,
    once: String,
    name: String,
    identity: String,
    phone: String,
    /// Id and name; asked first when there are several.
    cases: Vec<(String, String)>,
    case: String,
    /// Identifiers; a choice when there are several.
    agencies: Vec<String>,
    agency: String,
    papers: Vec<Paper>,
}

pub async fn show(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let case = query.get("truong_hop").map(String::as_str).unwrap_or_default();
    let page = blank(&portal, &code, case).await;
    html(StatusCode::OK, &page)
}

async fn blank(portal: &Portal, code: &str, case: &str) -> Page {
    let mut page = Page {
        title: "Nộp hồ sơ".into(),
        wrong: Vec::new(),
        code: code.to_owned(),
        once: once(),
        name: String::new(),
        identity: String::new(),
        phone: String::new(),
        cases: Vec::new(),
        case: case.to_owned(),
        agencies: Vec::new(),
        agency: String::new(),
        papers: Vec::new(),
    };
    match procedure(portal, code).await {
        Ok(procedure) => fill(&mut page, &procedure),
        Err(why) => page.wrong = why.0,
    }
    page
}

async fn procedure(portal: &Portal, code: &str) -> Result<Value, Refused> {
    portal.motcua()?.procedure(code).await
}

fn fill(page: &mut Page, procedure: &Value) {
    text(procedure, "name").clone_into(&mut page.title);
    let all = variants(procedure);
    let chosen = if all.len() == 1 { all.first() } else { all.iter().find(|v| text(v, "id") == page.case) };
    match chosen {
        Some(variant) => page.papers = papers(variant),
        None => page.cases = all.iter().map(|v| (text(v, "id").to_owned(), text(v, "name").to_owned())).collect(),
    }
    let agencies = procedure.get("agencies").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    page.agencies = agencies.iter().filter_map(Value::as_str).map(str::to_owned).collect();
}

pub async fn send(State(portal): State<Portal>, Path(code): Path<String>, parts: Multipart) -> Response {
    let sent = match Sent::read(parts).await {
        Ok(sent) => sent,
        Err(why) => {
            let page = Page { wrong: why.0, ..blank(&portal, &code, "").await };
            return html(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    match hand_in(&portal, &code, &sent).await {
        Ok(dossier) => Redirect::to(&format!("/ho-so/{dossier}")).into_response(),
        Err(why) => {
            let page = Page {
                wrong: why.0,
                once: sent.field("once").to_owned(),
                name: sent.field("ten").to_owned(),
                identity: sent.field("dinh_danh").to_owned(),
                phone: sent.field("dien_thoai").to_owned(),
                agency: sent.field("co_quan").to_owned(),
                ..blank(&portal, &code, sent.field("truong_hop")).await
            };
            html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn hand_in(portal: &Portal, procedure: &str, sent: &Sent) -> Result<String, Refused> {
    let motcua = portal.motcua()?;
    let once = sent.field("once");
    let said = |name: &str| Some(sent.field(name)).filter(|v| !v.is_empty());
    let dossier = json!({
        "procedure": procedure,
        "variant": said("truong_hop"),
        "agency": said("co_quan"),
        "channel": "online",
        "applicant": {
            "kind": "citizen", "name": sent.field("ten"), "identity": said("dinh_danh"), "phone": said("dien_thoai"),
        },
        "components": sent.components(&motcua, once).await?,
        "result_by": "counter",
    });
    let opened = motcua.open(once, &dossier).await?;
    let code = text(&opened, "code").to_owned();
    portal.desk().handed_in(&code);
    Ok(code)
}

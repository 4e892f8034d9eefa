//! `/ho-so/{code}`: the dossier as the province told it; what is asked is answered here, and it is withdrawn here.

use crate::portal::{
    Portal,
    api::{Motcua, Refused},
    pages::{Paper, html, moment, once, papers, status, variants},
    sent::Sent,
    text,
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Value, json};

#[derive(Template)]
#[template(path = "portal/one/page.html")]
struct Page {
    title: String,
    wrong: Vec<String>,
    code: String,
    status: &'static str,
    facts: Vec<(&'static str, String)>,
    /// When, what, who.
    steps: Vec<(String, String, String)>,
    /// What is asked and not brought yet.
    asked: Option<String>,
    acts: Acts,
}

/// What may be done now, as the province's API says.
#[derive(Default)]
struct Acts {
    once: String,
    version: String,
    completes: bool,
    withdraws: bool,
    papers: Vec<Paper>,
}

pub async fn show(State(portal): State<Portal>, Path(code): Path<String>) -> Response {
    page(&portal, &code, StatusCode::OK, Vec::new()).await
}

async fn page(portal: &Portal, code: &str, good: StatusCode, mut wrong: Vec<String>) -> Response {
    let Some(held) = portal.held(code) else { return StatusCode::NOT_FOUND.into_response() };
    // Only what was handed in here may be changed from here.
    let acts = if held.is_ours { acts(portal, code, &held.facts).await } else { Ok(Acts::default()) };
    let acts = acts.unwrap_or_else(|why| {
        wrong.extend(why.0);
        Acts::default()
    });
    let facts = &held.facts;
    let times = [
        ("Nộp lúc", "NgayNopHoSo"),
        ("Tiếp nhận lúc", "NgayTiepNhan"),
        ("Hẹn trả", "NgayHenTra"),
        ("Xử lý xong", "NgayKetThucXuLy"),
        ("Trả kết quả", "NgayTra"),
    ];
    let times = times.map(|(words, field)| (words, moment(facts, field)));
    let words = [("Cơ quan giải quyết", text(facts, "DonViXuLy")), ("Chủ hồ sơ", text(facts, "ChuHoSo"))];
    let lines = words.map(|(words, value)| (words, value.to_owned())).into_iter().chain(times);
    let step = |s: &Value| (moment(s, "ThoiDiemXuLy"), text(s, "NoiDungXuLy").into(), text(s, "NguoiXuLy").into());
    let title = Some(text(facts, "TenTTHC")).filter(|t| !t.is_empty()).unwrap_or("Hồ sơ đã nộp");
    html(
        good,
        &Page {
            title: title.to_owned(),
            wrong,
            code: code.to_owned(),
            status: status(text(facts, "TrangThaiHoSo")),
            facts: lines.filter(|(_, value)| !value.is_empty()).collect(),
            steps: held.steps.iter().map(step).collect(),
            asked: asked(facts),
            acts,
        },
    )
}

fn asked(facts: &Value) -> Option<String> {
    let last = facts.get("DanhSachHoSoBoSung")?.as_array()?.last()?;
    let open = last.get("NgayTiepNhanBoSung").is_none();
    Some(text(last, "NoiDungBoSung").to_owned()).filter(|_| open)
}

async fn acts(portal: &Portal, code: &str, facts: &Value) -> Result<Acts, Refused> {
    let motcua = portal.motcua()?;
    let dossier = motcua.dossier(code).await?;
    let next = dossier.get("next").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let may = |what: &str| next.iter().any(|n| n == what);
    let completes = may("supplements");
    Ok(Acts {
        once: once(),
        version: dossier.get("version").and_then(Value::as_u64).unwrap_or_default().to_string(),
        completes,
        withdraws: may("withdrawals"),
        papers: if completes { all_papers(&motcua, text(facts, "MaTTHC")).await? } else { Vec::new() },
    })
}

/// Every paper of every case, each once: which of them are asked for stands in words.
async fn all_papers(motcua: &Motcua, procedure: &str) -> Result<Vec<Paper>, Refused> {
    let procedure = motcua.procedure(procedure).await?;
    let mut all: Vec<Paper> = Vec::new();
    for paper in variants(&procedure).iter().flat_map(papers) {
        if all.iter().all(|p| p.id != paper.id) {
            all.push(paper);
        }
    }
    Ok(all)
}

/// Sends what was asked for.
pub async fn complete(State(portal): State<Portal>, Path(code): Path<String>, parts: Multipart) -> Response {
    let sent = async {
        let sent = Sent::read(parts).await?;
        let motcua = portal.motcua()?;
        let once = sent.field("once");
        let body = json!({ "components": sent.components(&motcua, once).await? });
        motcua.advance(once, sent.field("phien_ban"), &code, "supplements", &body).await
    };
    after(&portal, &code, sent.await).await
}

/// Withdraws it.
pub async fn withdraw(State(portal): State<Portal>, Path(code): Path<String>, parts: Multipart) -> Response {
    let sent = async {
        let sent = Sent::read(parts).await?;
        let body = json!({ "reason": sent.field("ly_do") });
        portal.motcua()?.advance(sent.field("once"), sent.field("phien_ban"), &code, "withdrawals", &body).await
    };
    after(&portal, &code, sent.await).await
}

async fn after(portal: &Portal, code: &str, done: Result<Value, Refused>) -> Response {
    match done {
        Ok(_) => Redirect::to(&format!("/ho-so/{code}")).into_response(),
        Err(why) => page(portal, code, StatusCode::UNPROCESSABLE_ENTITY, why.0).await,
    }
}

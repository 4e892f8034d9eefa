//! The wire: `POST /dong-bo?MaDinhDanhDV=…`, answered with `error_code`.

use super::{
    Portal,
    desk::{Desk, Fault, Received},
    shape, text,
};
use axum::{
    Json,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::collections::HashMap;

const WRONG_SHAPE: &str = "01";
const UNKNOWN_DOSSIER: &str = "02";
const UNKNOWN_SENDER: &str = "03";

pub async fn receive(
    State(portal): State<Portal>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let settings = &portal.0.settings;
    let shown = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if settings.token.as_ref().is_some_and(|token| shown != format!("Bearer {token}")) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let mut desk = portal.desk();
    match desk.next_fault() {
        Some(Fault::Status(status)) => {
            return StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        }
        Some(Fault::Code(code)) => return answer(&code, "Hệ thống đang bận, xin gửi lại sau"),
        None => {}
    }
    if query.get("MaDinhDanhDV") != Some(&settings.sender) {
        return answer(UNKNOWN_SENDER, "Không có đơn vị mang mã này");
    }
    match take(&mut desk, &body) {
        Ok(()) => answer("00", "Thành công"),
        Err((code, why)) => answer(code, &why),
    }
}

fn answer(code: &str, message: &str) -> Response {
    Json(json!({ "error_code": code, "message": message })).into_response()
}

/// All of a message or nothing of it.
fn take(desk: &mut Desk, body: &[u8]) -> Result<(), (&'static str, String)> {
    let wrong = |why: String| (WRONG_SHAPE, why);
    let message: Value = serde_json::from_slice(body).map_err(|e| wrong(format!("không phải JSON: {e}")))?;
    let data = message.get("data").and_then(Value::as_array).filter(|d| !d.is_empty());
    let data = data.ok_or_else(|| wrong("thiếu data".into()))?;
    let service = text(&message, "service");
    let is_updating = message.get("isUpdating").and_then(Value::as_str);
    match service {
        "DongBoHoSoMC" => {
            if !matches!(is_updating, Some("True" | "False")) {
                return Err(wrong("isUpdating phải là True hoặc False".into()));
            }
            data.iter().try_for_each(shape::dossier).map_err(wrong)?;
            for one in data {
                desk.take_dossier(one);
            }
        }
        "CapNhatTienDoHoSoMC" => {
            data.iter().try_for_each(shape::step).map_err(wrong)?;
            for one in data {
                if !desk.take_step(one) {
                    return Err((UNKNOWN_DOSSIER, "Không có hồ sơ mang mã này".into()));
                }
            }
        }
        other => return Err(wrong(format!("không có dịch vụ {other}"))),
    }
    let field = if service == "DongBoHoSoMC" { "TrangThaiHoSo" } else { "TrangThai" };
    desk.received.extend(data.iter().map(|d| Received {
        service: service.to_owned(),
        is_updating: is_updating.map(str::to_owned),
        code: text(d, "MaHoSo").to_owned(),
        status: text(d, field).to_owned(),
    }));
    Ok(())
}

//! What the pages share.

use super::text;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use serde_json::Value;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

/// Renders a template.
pub(super) fn html(status: StatusCode, page: &impl askama::Template) -> Response {
    match page.render() {
        Ok(body) => (status, Html(body)).into_response(),
        Err(e) => (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()).into_response(),
    }
}

/// A key for one form: a second click carries it again. After a new start the keys of before are not given out again.
#[expect(clippy::disallowed_methods, reason = "a stand-in has no clock but the machine's")]
pub(super) fn once() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let begun = SystemTime::now().duration_since(UNIX_EPOCH).map(|d| d.as_micros()).unwrap_or_default();
    format!("cong-{begun}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The national status in the portal's words.
pub(super) fn status(code: &str) -> &'static str {
    match code {
        "1" => "Mới đăng ký",
        "2" => "Được tiếp nhận",
        "3" => "Không được tiếp nhận",
        "4" => "Đang xử lý",
        "5" => "Yêu cầu bổ sung giấy tờ",
        "6" => "Yêu cầu thực hiện nghĩa vụ tài chính",
        "7" => "Công dân yêu cầu rút hồ sơ",
        "8" => "Dừng xử lý",
        "9" => "Đã xử lý xong",
        "10" => "Đã trả kết quả",
        _ => "Chưa nhận được trạng thái",
    }
}

/// `20251006083000` → `08:30, 06/10/2025`; empty stays empty.
pub(super) fn moment(of: &Value, field: &str) -> String {
    let t = text(of, field);
    if t.len() != 14 || !t.is_ascii() {
        return String::new();
    }
    format!("{}:{}, {}/{}/{}", &t[8..10], &t[10..12], &t[6..8], &t[4..6], &t[..4])
}

/// One paper of a procedure.
pub(super) struct Paper {
    pub id: String,
    pub name: String,
    pub required: bool,
}

/// The papers of a case of a procedure, as the API tells them.
pub(super) fn papers(variant: &Value) -> Vec<Paper> {
    let all = variant.get("components").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let counts = |c: &Value, field: &str| c.get(field).and_then(Value::as_u64).unwrap_or_default();
    let papers = all.iter().filter(|c| counts(c, "originals") + counts(c, "copies") > 0);
    papers
        .map(|c| Paper {
            id: text(c, "id").to_owned(),
            name: text(c, "name").to_owned(),
            required: c.get("required").and_then(Value::as_bool).unwrap_or_default(),
        })
        .collect()
}

/// The cases of a procedure.
pub(super) fn variants(procedure: &Value) -> &[Value] {
    procedure.get("variants").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

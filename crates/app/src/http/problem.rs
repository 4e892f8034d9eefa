use crate::error::{AppError, FieldError};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// An error as the API answers it: `application/problem+json` (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    pub status: u16,
    /// The rule that refuses, such as `GR-1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// The article of the province's regulation, the form or the law by which it refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// For machines, such as `supplement.already_asked`.
    pub code: &'static str,
    /// What is wrong and what to do, in Vietnamese.
    pub detail: String,
    /// The same in English.
    pub detail_en: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// After a stale version: the version in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<u32>,
    /// After a stale version: what happened since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Changed>,
}

/// One field that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    pub field: String,
    pub code: &'static str,
    pub message: String,
    pub message_en: String,
}

/// One line of what changed since.
#[derive(Debug, Serialize, ToSchema)]
pub struct Changed {
    pub at: String,
    pub officer: String,
    pub what: &'static str,
    pub what_en: &'static str,
}

/// An [`AppError`] on its way out of the API.
pub struct ApiError(pub AppError);

impl<E: Into<AppError>> From<E> for ApiError {
    fn from(e: E) -> Self {
        Self(e.into())
    }
}

impl Problem {
    fn plain(status: StatusCode, code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            status: status.as_u16(),
            rule: None,
            article: None,
            code,
            detail: vi.into(),
            detail_en: en.into(),
            errors: Vec::new(),
            current_version: None,
            changed: Vec::new(),
        }
    }

    /// What the reader is told about an error; faults of ours say nothing about the inside.
    pub fn of(error: &AppError) -> Self {
        use StatusCode as S;
        match error {
            // Only pages are led on; the API answers again by itself.
            AppError::NotFound | AppError::DoneBefore(_) => Self::plain(
                S::NOT_FOUND,
                "not_found",
                "Không tìm thấy. Xin kiểm tra lại mã, hoặc ông/bà không có quyền xem.",
                "Not found. Check the code; or you may not see it.",
            ),
            AppError::Refused(r, article) => {
                let status = if r.is_forbidden() { S::FORBIDDEN } else { S::CONFLICT };
                let plain = Self::plain(status, r.code(), r.vi(), r.en());
                let mut p = Self { rule: Some(r.rule()), article: article.clone(), ..plain };
                p.errors.extend(r.field().map(|field| ProblemField {
                    field: field.to_owned(),
                    code: r.code(),
                    message: r.vi(),
                    message_en: r.en(),
                }));
                p
            }
            AppError::Fields(fields) => Self {
                errors: fields.iter().map(ProblemField::of).collect(),
                ..Self::plain(
                    S::UNPROCESSABLE_ENTITY,
                    "fields.invalid",
                    "Có thông tin chưa đúng. Xin sửa theo từng mục rồi gửi lại.",
                    "Some fields are not right. Mend them as said beside each, then send again.",
                )
            },
            AppError::Stale { current, changed } => Self {
                rule: Some("GR-8"),
                current_version: Some(*current),
                changed: changed
                    .iter()
                    .map(|c| Changed { at: c.at.to_string(), officer: c.officer.clone(), what: c.vi, what_en: c.en })
                    .collect(),
                ..Self::plain(
                    S::PRECONDITION_FAILED,
                    "dossier.stale",
                    "Hồ sơ vừa được người khác thay đổi. Xin xem thay đổi rồi quyết định lại.",
                    "Somebody else has just changed this dossier. See what changed, then decide again.",
                )
            },
            AppError::HeaderMissing(name) => Self::plain(
                S::PRECONDITION_REQUIRED,
                "header.missing",
                format!("Thiếu tiêu đề {name}."),
                format!("The header {name} is required."),
            ),
            AppError::KeyMismatch => Self::plain(
                S::UNPROCESSABLE_ENTITY,
                "idempotency.mismatch",
                "Khóa này đã dùng cho một yêu cầu khác. Xin dùng khóa mới.",
                "This key was used for another request. Use a new key.",
            ),
            AppError::SignedOut => Self::plain(
                S::UNAUTHORIZED,
                "signed_out",
                "Xin đăng nhập, hoặc kiểm tra khóa truy cập.",
                "Sign in, or check the key.",
            ),
            AppError::RightMissing(right) => Self::plain(
                S::FORBIDDEN,
                "right.missing",
                format!("Tài khoản hoặc khóa này không có quyền {right}."),
                format!("This account or key lacks the right {right}."),
            ),
            AppError::StaffPage => Self::plain(
                S::NOT_FOUND,
                "host.staff",
                "Trang này dành cho cán bộ và có địa chỉ riêng. Xin mở địa chỉ dành cho cán bộ, hoặc hỏi quản trị của Trung tâm.",
                "This page is for staff and has an address of its own. Open the address for staff, or ask the Centre's administrator.",
            ),
            AppError::Unanswered(status) => Self::unanswered(*status),
            AppError::TooMany { retry_after } => Self::plain(
                S::TOO_MANY_REQUESTS,
                "too_many",
                format!("Quá nhiều lần thử. Xin đợi {retry_after} giây rồi thử lại."),
                format!("Too many tries. Wait {retry_after} seconds, then try again."),
            ),
            AppError::Busy(_) => Self::plain(
                S::SERVICE_UNAVAILABLE,
                "busy",
                "Hệ thống đang bận hoặc hết chỗ lưu; chưa có gì được ghi. Xin thử lại sau ít phút.",
                "The system is busy or out of space; nothing was saved. Try again in a few minutes.",
            ),
            AppError::Internal(_) => Self::plain(
                S::INTERNAL_SERVER_ERROR,
                "internal",
                "Hệ thống gặp lỗi; chưa có gì được ghi. Xin thử lại hoặc báo quản trị.",
                "Something went wrong; nothing was saved. Try again or tell the administrator.",
            ),
        }
    }
    /// What to do where no handler could say it.
    fn unanswered(status: StatusCode) -> Self {
        let (code, vi, en) = match status {
            StatusCode::NOT_FOUND => (
                "address.unknown",
                "Không có trang nào ở địa chỉ này. Xin kiểm tra lại địa chỉ, hoặc bắt đầu từ trang chủ.",
                "There is nothing at this address. Check it, or begin at the home page.",
            ),
            StatusCode::METHOD_NOT_ALLOWED => (
                "method.not_allowed",
                "Địa chỉ này không nhận yêu cầu theo cách đó. Xin mở lại trang rồi làm lại.",
                "This address does not take such a request. Open the page again.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "body.too_large",
                "Nội dung gửi lên quá lớn; chưa có gì được ghi. Xin rút gọn, hoặc gửi ít tệp hơn và tệp nhỏ hơn.",
                "What was sent is too large; nothing was saved. Shorten it, or send fewer and smaller files.",
            ),
            StatusCode::FORBIDDEN => (
                "request.other_site",
                "Yêu cầu này không gửi từ trang của hệ thống nên chưa có gì được ghi. Xin mở lại trang rồi gửi từ đó.",
                "This request did not come from a page of this system; nothing was saved. Open the page and send it from there.",
            ),
            s if s.is_server_error() => {
                return Self { status: s.as_u16(), ..Self::of(&AppError::Internal(String::new())) };
            }
            _ => (
                "request.unreadable",
                "Yêu cầu không đọc được; chưa có gì được ghi. Xin mở lại trang rồi nhập lại.",
                "The request cannot be read; nothing was saved. Open the page and enter it again.",
            ),
        };
        Self::plain(status, code, vi, en)
    }
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl ProblemField {
    fn of(e: &FieldError) -> Self {
        Self { field: e.field.clone(), code: e.code, message: e.vi.clone(), message_en: e.en.clone() }
    }
}

/// `Retry-After` in seconds, for answers that ask for patience.
pub fn retry_after(error: &AppError) -> Option<u32> {
    match error {
        AppError::TooMany { retry_after } => Some(*retry_after),
        AppError::Busy(_) => Some(5),
        _ => None,
    }
}

/// Faults of ours go to the log once, with no personal data in them.
pub fn log_fault(error: &AppError) {
    match error {
        AppError::Internal(why) => tracing::error!(%why, "request failed"),
        AppError::Busy(why) => tracing::warn!(%why, "request put off"),
        _ => {}
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        log_fault(&self.0);
        let problem = Problem::of(&self.0);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response =
            (problem.status(), [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(seconds) = retry_after(&self.0) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

use super::ApiError;
use crate::error::{AppError, FieldError};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header,
};
use serde::de::DeserializeOwned;

/// A JSON body, with the exact text for the idempotency hash. A body that cannot be read is answered with 422 and the
/// place of the fault; an absent body is an empty object, for commands without particulars.
pub struct ApiJson<T> {
    pub value: T,
    pub text: String,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for ApiJson<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let is_json = kind.is_empty() || kind.to_ascii_lowercase().contains("json");
        let bytes =
            Bytes::from_request(request, state).await.map_err(|_| unreadable("the body is too large or broke off"))?;
        if !is_json && !bytes.is_empty() {
            return Err(unreadable("send application/json"));
        }
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable("the body is not UTF-8"))?;
        let source = if text.trim().is_empty() { "{}" } else { text.as_str() };
        let value = serde_json::from_str(source).map_err(|e| unreadable(&e.to_string()))?;
        Ok(Self { value, text })
    }
}

fn unreadable(why: &str) -> ApiError {
    ApiError(AppError::Fields(vec![FieldError::new(
        "body",
        "json.invalid",
        format!("Nội dung gửi không đọc được: {why}"),
        format!("The body cannot be read: {why}"),
    )]))
}

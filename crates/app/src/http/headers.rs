use super::ApiError;
use crate::error::AppError;
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

/// `Idempotency-Key`, required on every POST: the same key and body give the first answer again.
pub struct IdempotencyKey(pub String);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let value = parts.headers.get("idempotency-key").and_then(|v| v.to_str().ok()).unwrap_or_default().trim();
        if value.is_empty() {
            return Err(AppError::HeaderMissing("Idempotency-Key").into());
        }
        if value.len() > 200 {
            let (vi, en) = ("Khóa dài quá 200 ký tự.", "The key is longer than 200 characters.");
            return Err(AppError::field("Idempotency-Key", "too_long", vi, en).into());
        }
        Ok(Self(value.to_owned()))
    }
}

/// `If-Match: "VERSION"`, required on everything that advances a dossier.
pub struct IfMatch(pub u32);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let value = parts.headers.get(header::IF_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default().trim();
        if value.is_empty() {
            return Err(AppError::HeaderMissing("If-Match").into());
        }
        let bare = value.strip_prefix("W/").unwrap_or(value).trim_matches('"');
        bare.parse().map(Self).map_err(|_| {
            let (vi, en) =
                ("If-Match phải là số phiên bản, ví dụ \"3\".", "If-Match must be a version, for example \"3\".");
            AppError::field("If-Match", "invalid", vi, en).into()
        })
    }
}

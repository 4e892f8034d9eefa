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
        let value = read(source)?;
        Ok(Self { value, text })
    }
}

/// A field that nobody knows, or one of a wrong kind, is named by its place: a misspelt one would otherwise be dropped without
/// a word, and the command would mean something else.
fn read<T: DeserializeOwned>(source: &str) -> Result<T, ApiError> {
    let mut parser = serde_json::Deserializer::from_str(source);
    let value = serde_path_to_error::deserialize(&mut parser).map_err(|e| {
        let (path, why) = (e.path().to_string(), e.inner().to_string());
        if !e.inner().is_data() {
            return unreadable(&why);
        }
        let named = |name: &str| if path == "." { name.to_owned() } else { format!("{path}.{name}") };
        match (quoted(&why, "unknown field "), quoted(&why, "missing field ")) {
            (Some(name), _) => {
                // The parser's path already ends with a key that it could not place.
                let field = if path.rsplit('.').next() == Some(name) { path.clone() } else { named(name) };
                field_error(
                    field,
                    "field.unknown",
                    "Trường này không có trong yêu cầu. Xin kiểm tra tên trường",
                    "No such field",
                    &why,
                )
            }
            (_, Some(name)) => field_error(named(name), "missing", "Thiếu trường này", "This field is missing", &why),
            _ if path == "." => unreadable(&why),
            _ => field_error(path, "json.invalid", "Giá trị không đúng kiểu", "Not a value of this field", &why),
        }
    })?;
    parser.end().map_err(|e| unreadable(&e.to_string()))?;
    Ok(value)
}

/// The name between back-quotes after such a beginning.
fn quoted<'a>(why: &'a str, beginning: &str) -> Option<&'a str> {
    why.strip_prefix(beginning)?.strip_prefix('`')?.split('`').next()
}

fn field_error(field: String, code: &'static str, vi: &str, en: &str, why: &str) -> ApiError {
    ApiError(AppError::Fields(vec![FieldError::new(field, code, format!("{vi}: {why}"), format!("{en}: {why}"))]))
}

fn unreadable(why: &str) -> ApiError {
    ApiError(AppError::Fields(vec![FieldError::new(
        "body",
        "json.invalid",
        format!("Nội dung gửi không đọc được: {why}"),
        format!("The body cannot be read: {why}"),
    )]))
}

//! What the framework itself refuses (an unknown address, a method, a body that is too large, a request of another site, a
//! parameter that is none) and a panic, put into words: a page with the next step, or a problem where machines call.

use super::{ApiError, PageError, Reader};
use crate::{app::App, error::AppError};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

/// Replaces an answer that has no words for people by one that has.
pub async fn in_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let reader = Reader::of(&parts);
    let is_api = is_for_machines(&parts.uri);
    let bare = next.run(Request::from_parts(parts, body)).await;
    if !is_wordless(&bare) {
        return bare;
    }
    let error = AppError::Unanswered(bare.status());
    let mut told =
        if is_api { ApiError(error).into_response() } else { PageError::new(&app, &reader, error).into_response() };
    if let Some(allow) = bare.headers().get(header::ALLOW) {
        told.headers_mut().insert(header::ALLOW, allow.clone());
    }
    told
}

/// The API, and what the gateways of the messages call.
fn is_for_machines(uri: &Uri) -> bool {
    ["/api/", "/tin-den/"].iter().any(|under| uri.path().starts_with(under))
}

/// Our own errors are pages or problems; what comes as plain text, or as nothing, nobody has put into words.
fn is_wordless(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    is_error && (kind.is_empty() || kind.starts_with(b"text/plain"))
}

/// A known address with a method that it does not take. Whoever opens the address of a form (after a sign-in, or from the
/// history of the browser) is led to the page around it.
pub async fn other_method(method: Method, uri: Uri) -> Response {
    match uri.path().rsplit_once('/') {
        Some((around, _)) if method.is_safe() && !is_for_machines(&uri) => {
            Redirect::to(if around.is_empty() { "/" } else { around }).into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

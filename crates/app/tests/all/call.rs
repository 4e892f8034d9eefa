//! One request to the application in this process, and its answer.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header, request::Builder},
};
use serde_json::Value;
use tower::ServiceExt;

pub struct Call {
    router: Router,
    request: Builder,
    body: Body,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Call {
    pub fn new(router: Router, method: &str, path: &str) -> Self {
        Self { router, request: Request::builder().method(method).uri(path), body: Body::empty() }
    }
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }
    /// With the session that `World::sign_in` gave.
    pub fn cookie(self, session: &str) -> Self {
        self.header("cookie", session)
    }
    /// With the key that `World::key` gave.
    pub fn bearer(self, key: &str) -> Self {
        self.header("authorization", &format!("Bearer {key}"))
    }
    pub fn once(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }
    pub fn if_match(self, version: u32) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }
    /// A form as a browser sends it.
    pub fn form(mut self, pairs: &[(&str, &str)]) -> Self {
        self.body = Body::from(serde_urlencoded::to_string(pairs).unwrap());
        self.header("content-type", "application/x-www-form-urlencoded")
    }
    pub fn json(mut self, value: &Value) -> Self {
        self.body = Body::from(value.to_string());
        self.header("content-type", "application/json")
    }
    pub fn bytes(mut self, kind: &str, bytes: impl Into<Body>) -> Self {
        self.body = bytes.into();
        self.header("content-type", kind)
    }
    pub async fn send(self) -> Answer {
        let response = self.router.oneshot(self.request.body(self.body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap())
    }
    /// Fails the test with the body when the status is another.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self
    }
}

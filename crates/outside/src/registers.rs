//! Stand-ins of the national population and enterprise registers: made-up people and enterprises, asked over HTTP with a token.

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::net::TcpListener;

/// Both registers; clones share everything.
#[derive(Clone, Default)]
pub struct Registers(Arc<Mutex<Books>>);

#[derive(Default)]
struct Books {
    token: Option<String>,
    people: BTreeMap<String, Value>,
    enterprises: BTreeMap<String, Value>,
    is_away: bool,
    asked: Vec<String>,
}

impl Registers {
    /// Registers that answer only who shows this token.
    pub fn new(token: Option<String>) -> Self {
        let registers = Self::default();
        registers.books().token = token;
        registers
    }
    /// A made-up person.
    #[must_use]
    pub fn with_person(self, number: &str, name: &str, address: &str) -> Self {
        let person = json!({"SoDinhDanh": number, "HoVaTen": name, "NoiThuongTru": address});
        self.books().people.insert(number.to_owned(), person);
        self
    }
    /// A made-up enterprise.
    #[must_use]
    pub fn with_enterprise(self, number: &str, name: &str, address: &str) -> Self {
        let enterprise = json!({"MaSoDoanhNghiep": number, "TenDoanhNghiep": name, "DiaChiTruSo": address});
        self.books().enterprises.insert(number.to_owned(), enterprise);
        self
    }
    /// From now on it answers nobody, or again.
    pub fn away(&self, is_away: bool) {
        self.books().is_away = is_away;
    }
    /// The numbers that were asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.books().asked.clone()
    }
    /// Where questions are posted.
    pub fn routes(&self) -> Router {
        Router::new().route("/cong-dan", post(person)).route("/doanh-nghiep", post(enterprise)).with_state(self.clone())
    }
    /// Serves on a free port of this machine; its address.
    pub async fn start(&self) -> std::io::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let routes = self.routes();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(url)
    }
    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn answer(&self, headers: &HeaderMap, question: &Value, of_people: bool) -> Response {
        let mut books = self.books();
        let shown = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        if books.token.is_some() && books.token.as_deref() != shown {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        if books.is_away {
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
        let Some(number) = question["SoDinhDanh"].as_str() else { return StatusCode::BAD_REQUEST.into_response() };
        books.asked.push(number.to_owned());
        let book = if of_people { &books.people } else { &books.enterprises };
        book.get(number)
            .map_or_else(|| StatusCode::NOT_FOUND.into_response(), |found| Json(found.clone()).into_response())
    }
}

async fn person(State(registers): State<Registers>, headers: HeaderMap, Json(question): Json<Value>) -> Response {
    registers.answer(&headers, &question, true)
}

async fn enterprise(State(registers): State<Registers>, headers: HeaderMap, Json(question): Json<Value>) -> Response {
    registers.answer(&headers, &question, false)
}

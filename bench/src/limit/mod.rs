//! The limit: axum, SQLite and the product's statements, nothing else.

mod store;
mod writer;

use crate::Fault;
use axum::{
    Router,
    extract::{Path as Part, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::{path::Path, sync::Arc};
use store::{Reads, Sample};
use writer::Writer;

pub use store::text;

struct Parts {
    writer: Writer,
    reads: Reads,
    sample: Sample,
    page: &'static str,
    inbox: &'static str,
}

type Limit = State<Arc<Parts>>;

pub async fn serve(database: &Path, page: &Path, inbox: &Path) -> Result<(), Fault> {
    let bytes = |file: &Path| std::fs::read_to_string(file).map(|text| -> &'static str { text.leak() });
    let parts = Parts {
        sample: Sample::read(database)?,
        writer: Writer::open(database)?,
        reads: Reads::new(database),
        page: bytes(page)?,
        inbox: bytes(inbox)?,
    };
    let routes = Router::new()
        .route("/api/v1/dossiers", post(create))
        .route("/api/v1/dossiers/{code}/assignments", post(advance))
        .route("/tra-cuu/{code}", get(track))
        .route("/api/v1/inbox", get(show_inbox))
        .with_state(Arc::new(parts));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!(r#"{{"ready":true,"url":"http://{}"}}"#, listener.local_addr()?);
    Ok(axum::serve(listener, routes).await?)
}

fn once(headers: &HeaderMap) -> String {
    headers.get("idempotency-key").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
}

fn answer(status: StatusCode, done: Result<String, Fault>) -> Response {
    match done {
        Ok(body) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(why) => (StatusCode::INTERNAL_SERVER_ERROR, why.to_string()).into_response(),
    }
}

async fn create(State(limit): Limit, headers: HeaderMap, body: String) -> Response {
    let sample = limit.sample.clone();
    let once = once(&headers);
    answer(StatusCode::CREATED, limit.writer.run(move |c| store::create(c, &sample, &once, &body)).await)
}

async fn advance(State(limit): Limit, Part(code): Part<String>, headers: HeaderMap, body: String) -> Response {
    let sample = limit.sample.clone();
    let once = once(&headers);
    answer(StatusCode::OK, limit.writer.run(move |c| store::advance(c, &sample, &code, &once, &body)).await)
}

async fn track(State(limit): Limit, Part(code): Part<String>) -> Response {
    let found = limit.reads.run(move |c| store::track(c, &code)).await;
    match found {
        Ok(true) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], limit.page).into_response(),
        Ok(false) => StatusCode::NOT_FOUND.into_response(),
        Err(why) => (StatusCode::INTERNAL_SERVER_ERROR, why.to_string()).into_response(),
    }
}

async fn show_inbox(State(limit): Limit) -> Response {
    let sample = limit.sample.clone();
    let read = limit.reads.run(move |c| store::inbox(c, &sample)).await;
    answer(StatusCode::OK, read.map(|_| limit.inbox.to_owned()))
}

//! `/`: which procedure.

use crate::portal::{Portal, pages::html, text};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use serde_json::Value;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "portal/find/page.html")]
struct Page {
    title: &'static str,
    wrong: Vec<String>,
    words: String,
    /// Code and name.
    found: Vec<(String, String)>,
}

pub async fn show(State(portal): State<Portal>, Query(query): Query<HashMap<String, String>>) -> Response {
    let words = query.get("q").cloned().unwrap_or_default();
    let mut page = Page { title: "Nộp hồ sơ", wrong: Vec::new(), words, found: Vec::new() };
    if !page.words.trim().is_empty() {
        match find(&portal, &page.words).await {
            Ok(found) => page.found = found,
            Err(why) => page.wrong = why,
        }
    }
    html(StatusCode::OK, &page)
}

async fn find(portal: &Portal, words: &str) -> Result<Vec<(String, String)>, Vec<String>> {
    let answer = portal.motcua().map_err(|e| e.0)?.procedures(words).await.map_err(|e| e.0)?;
    let items = answer.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(items.iter().map(|p| (text(p, "code").to_owned(), text(p, "name").to_owned())).collect())
}

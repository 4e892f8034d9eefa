use axum::{
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use std::collections::{BTreeMap, HashMap};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
struct Dist;

/// `GET /assets/{*path}`: an embedded file; with its version in the address a browser keeps it for a year.
pub async fn embedded(Path(path): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let Some(file) = Dist::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let cache = if query.contains_key("v") { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let kind = file.metadata.mimetype().to_owned();
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache.to_owned())], file.data).into_response()
}

/// The address of an asset with its version, for templates.
pub fn asset(path: &str) -> String {
    use std::sync::LazyLock;
    static VERSIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        let read = Dist::get("manifest.json").and_then(|f| serde_json::from_slice::<serde_json::Value>(&f.data).ok());
        let entries = read.and_then(|v| v.as_object().cloned()).unwrap_or_default();
        entries.into_iter().filter_map(|(k, v)| Some((k, v.get("v")?.as_str()?.to_owned()))).collect()
    });
    match VERSIONS.get(path) {
        Some(v) => format!("/assets/{path}?v={v}"),
        None => format!("/assets/{path}"),
    }
}

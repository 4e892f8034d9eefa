use axum::{
    extract::{Path, Query},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use std::collections::{BTreeMap, HashMap};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
struct Dist;

/// How a file may lie beside itself, packed once when it was built: the coding, and the end of its name.
const PACKED: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// `GET /assets/{*path}`: an embedded file; with its version in the address a browser keeps it for a year.
pub async fn embedded(
    Path(path): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let Some(file) = Dist::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let cache = if query.contains_key("v") { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let kind = file.metadata.mimetype().to_owned();
    let head = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::VARY, header::ACCEPT_ENCODING.to_string()),
    ];
    let takes = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut codings = PACKED.into_iter().filter(|(coding, _)| is_taken(takes, coding));
    match codings.find_map(|(coding, end)| Some((coding, Dist::get(&format!("{path}.{end}"))?))) {
        Some((coding, packed)) => (head, [(header::CONTENT_ENCODING, coding)], packed.data).into_response(),
        None => (head, file.data).into_response(),
    }
}

/// Whether a browser that says this takes files packed so.
fn is_taken(takes: &str, coding: &str) -> bool {
    let named = |part: &str| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        let refused = quality.trim().trim_start_matches("q=").parse().is_ok_and(|q: f32| q <= 0.0);
        name.trim().eq_ignore_ascii_case(coding) && !refused
    };
    takes.split(',').any(named)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_only_what_it_says_it_takes() {
        assert!(is_taken("gzip, deflate, br", "br") && is_taken("gzip;q=0.8, BR ; q=1", "br"));
        assert!(!is_taken("gzip, br;q=0", "br") && !is_taken("", "gzip") && !is_taken("brotli", "br"));
    }
}

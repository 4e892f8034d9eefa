use super::sessions::with_cookie;
use crate::{app::App, messages::Lang};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use std::collections::HashMap;

/// `GET /ngon-ngu?to=en&tiep=/…`: remembers the language for a year and goes back. It changes nothing but this
/// browser's cookie, so a link may do it.
pub async fn switch(State(app): State<App>, Query(query): Query<HashMap<String, String>>) -> Response {
    let value = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let lang = Lang::from_key(value("to"));
    let secure = if app.config.has_https() { "; Secure" } else { "" };
    let line = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", lang.key());
    with_cookie(Redirect::to(back(value("tiep"))).into_response(), &line)
}

/// A page of ours, or the home page.
fn back(next: &str) -> &str {
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if inside && next.bytes().all(|b| b.is_ascii_graphic()) && !next.starts_with("/ngon-ngu") { next } else { "/" }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_switch_comes_back_to_a_page_of_ours_only() {
        assert_eq!(super::back("/thu-tuc?q=a"), "/thu-tuc?q=a");
        assert_eq!(super::back("//evil.vn"), "/");
        assert_eq!(super::back("https://evil.vn"), "/");
    }
}

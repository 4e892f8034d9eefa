use crate::{app::App, messages::Lang};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{Uri, header, request::Parts},
};
use std::convert::Infallible;

/// Who reads a page, before any sign-in: the language, and where they are.
#[derive(Clone, Debug)]
pub struct Reader {
    pub lang: Lang,
    /// Path and query of the page, for coming back after a sign-in or a change of language: of a form that was sent, the page
    /// on which it stands, because many a form has an address that shows nothing.
    pub here: String,
    /// The page answers a form that was sent; what it shows is newer than anything a browser kept.
    pub is_answer: bool,
    /// For whom the citizen who reads acts; pages that ask for a citizen know.
    pub acting: Option<String>,
}

impl Reader {
    pub fn of(parts: &Parts) -> Self {
        let cookies = parts.headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let lang = cookies.split(';').filter_map(|c| c.trim().split_once('=')).find(|(name, _)| *name == "lang");
        let is_answer = !parts.method.is_safe();
        let here = page_of_form(parts).filter(|_| is_answer).unwrap_or_else(|| path_of(&parts.uri));
        Self { lang: lang.map_or(Lang::Vi, |(_, key)| Lang::from_key(key)), here, is_answer, acting: None }
    }
}

/// Only the path is taken, so that it is never another site; and of another site's form not even that.
fn page_of_form(parts: &Parts) -> Option<String> {
    if parts.headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return None;
    }
    let from = parts.headers.get(header::REFERER)?.to_str().ok()?.parse::<Uri>().ok()?;
    from.host()?;
    Some(path_of(&from))
}

/// Never `//elsewhere`, which a browser takes for another site.
fn path_of(uri: &Uri) -> String {
    let path = uri.path_and_query().map_or("/", |p| p.as_str());
    if path.starts_with("//") { "/".to_owned() } else { path.to_owned() }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}
impl OptionalFromRequestParts<App> for Reader {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Option<Self>, Infallible> {
        Ok(Some(Self::of(parts)))
    }
}

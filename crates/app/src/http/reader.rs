use crate::{app::App, messages::Lang};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{header, request::Parts},
};
use std::convert::Infallible;

/// Who reads a page, before any sign-in: the language, and where they are.
#[derive(Clone, Debug)]
pub struct Reader {
    pub lang: Lang,
    /// Path and query of this request, for coming back after a sign-in or a change of language.
    pub here: String,
    /// The page answers a form that was sent; what it shows is newer than anything a browser kept.
    pub is_answer: bool,
}

impl Reader {
    pub fn of(parts: &Parts) -> Self {
        let cookies = parts.headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let lang = cookies.split(';').filter_map(|c| c.trim().split_once('=')).find(|(name, _)| *name == "lang");
        let is_answer = !parts.method.is_safe();
        let here = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        Self { lang: lang.map_or(Lang::Vi, |(_, key)| Lang::from_key(key)), here, is_answer }
    }
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

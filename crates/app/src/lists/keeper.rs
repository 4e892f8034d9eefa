//! Who keeps the shared lists, and what their pages share.

use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Nav, PageError, Reader, Shell},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::accounts::Role;
use std::ops::Deref;

/// An officer of the Centre who keeps shared lists. Taking it as an argument closes a page to everybody else.
#[derive(Clone, Debug)]
pub struct Keeper(pub SignedIn);

impl Deref for Keeper {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl FromRequestParts<App> for Keeper {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let me = SignedIn::from_request_parts(parts, app).await?;
        if me.who.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl)) {
            return Ok(Self(me));
        }
        Err(PageError::new(app, &Reader::of(parts), AppError::RightMissing(Role::ProcedureControl.as_str())))
    }
}

impl Keeper {
    pub fn shell(&self, app: &App, title: &str) -> Shell {
        Shell::officer(app, &self.0, Nav::Lists, title).translated()
    }
    pub fn wrong(&self, app: &App, error: impl Into<AppError>) -> PageError {
        PageError::new(app, &self.reader, error)
    }
    /// The words of a good result, by the key in the address after a redirect.
    pub fn flash(&self, key: Option<&String>) -> Option<String> {
        let lang = self.reader.lang;
        let words = match key?.as_str() {
            "luu" => lang.t("Đã lưu thay đổi."),
            "bo" => lang.t("Đã bỏ khỏi danh mục."),
            "niem-yet" => lang.t("Đã ghi nhận niêm yết."),
            _ => return None,
        };
        Some(words.to_owned())
    }
}

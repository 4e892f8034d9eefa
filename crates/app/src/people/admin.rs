//! What the pages of administration share (ADM-01): who comes in at all, lists to choose from, results shown once.

use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Nav, PageError, Reader, Shell},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::accounts::Role;
use std::ops::Deref;

/// A choice of a list: value and words.
pub type Choice = (String, String);

/// An officer who keeps accounts. Taking it as an argument closes a page to everybody else.
#[derive(Clone, Debug)]
pub struct Administrator(pub SignedIn);

impl Deref for Administrator {
    type Target = SignedIn;
    fn deref(&self) -> &SignedIn {
        &self.0
    }
}

impl FromRequestParts<App> for Administrator {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let me = SignedIn::from_request_parts(parts, app).await?;
        if me.who.is_administrator() {
            return Ok(Self(me));
        }
        Err(PageError::new(app, &Reader::of(parts), AppError::RightMissing(Role::AgencyAdmin.as_str())))
    }
}

impl Administrator {
    pub fn is_top(&self) -> bool {
        self.who.is(Role::TopAdmin)
    }
    /// What only the top administrator may do.
    pub fn needs_top(&self) -> Result<(), AppError> {
        if self.is_top() { Ok(()) } else { Err(AppError::RightMissing(Role::TopAdmin.as_str())) }
    }
    pub fn shell(&self, app: &App, title: &str) -> Shell {
        Shell::officer(app, &self.0, Nav::Admin, title).translated()
    }
    pub fn wrong(&self, app: &App, error: AppError) -> PageError {
        PageError::new(app, &self.reader, error)
    }
    /// Agencies within reach.
    pub fn agencies(&self, app: &App) -> Vec<Choice> {
        let reference = app.reference();
        let reached = reference.agencies.iter().filter(|a| a.active && self.who.administers(a.id));
        reached.map(|a| (a.identifier.clone(), format!("{} · {}", a.identifier, a.name))).collect()
    }
    /// Roles that this administrator may give.
    pub fn roles(&self) -> Vec<Choice> {
        let mine = Role::ALL.iter().filter(|r| self.who.may_grant_all(&[**r]));
        mine.map(|r| (r.as_str().to_owned(), self.reader.lang.pick((r.vi(), r.en())).to_owned())).collect()
    }
}

/// The words of a good result, by the key in the address after a redirect.
pub fn flash(me: &SignedIn, key: Option<&String>) -> Option<String> {
    let lang = me.reader.lang;
    let words = match key?.as_str() {
        "them" => lang.t("Đã thêm."),
        "luu" => lang.t("Đã lưu thay đổi."),
        "nghi" => lang.t("Đã thu hồi tài khoản; mọi phiên đã kết thúc."),
        "lam" => lang.t("Tài khoản hoạt động trở lại."),
        "khoa" => lang.t("Đã thu hồi khóa. Phần mềm dùng khóa này bị từ chối từ bây giờ."),
        "phien" => lang.t("Đã kết thúc mọi phiên của tài khoản."),
        _ => return None,
    };
    Some(words.to_owned())
}

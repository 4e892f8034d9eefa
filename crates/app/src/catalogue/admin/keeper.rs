use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::publish::{keeps_catalogue, may_edit},
    error::AppError,
    http::{Nav, PageError, Reader, Shell},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use domain::{accounts::Role, catalogue::ProcedureVersion};
use std::ops::Deref;

/// An officer who keeps the catalogue, or the procedures of one agency. Taking it as an argument closes a page to others.
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
        if keeps_catalogue(&me.who) || me.who.is(Role::AgencyAdmin) {
            return Ok(Self(me));
        }
        Err(PageError::new(app, &Reader::of(parts), right_missing()))
    }
}

impl Keeper {
    /// Whether the whole catalogue is theirs.
    pub fn is_central(&self) -> bool {
        keeps_catalogue(&self.who)
    }
    /// What only those who keep the whole catalogue may do.
    pub fn needs_central(&self) -> Result<(), AppError> {
        if self.is_central() { Ok(()) } else { Err(right_missing()) }
    }
    pub fn may_edit(&self, app: &App, version: &ProcedureVersion) -> bool {
        may_edit(app, &self.who, version)
    }
    pub fn needs_edit(&self, app: &App, version: &ProcedureVersion) -> Result<(), AppError> {
        if self.may_edit(app, version) { Ok(()) } else { Err(right_missing()) }
    }
    pub fn shell(&self, app: &App, title: &str) -> Shell {
        Shell::officer(app, &self.0, Nav::Catalogue, title).translated()
    }
    pub fn wrong(&self, app: &App, error: AppError) -> PageError {
        PageError::new(app, &self.reader, error)
    }
}

fn right_missing() -> AppError {
    AppError::RightMissing(Role::ProcedureControl.as_str())
}

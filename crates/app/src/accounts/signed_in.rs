use super::store;
use crate::{
    app::App,
    error::AppError,
    http::{ApiError, PageError, Reader},
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use domain::accounts::{Role, Who};
use platform::sessions::{SessionCookie, SessionState};
use sha2::{Digest, Sha256};

/// An officer with an open session. Taking it as an argument is what closes a page to everybody else.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub who: Who,
    pub name: String,
    pub login: String,
    /// SHA-256 of the session token.
    pub session: String,
    pub reader: Reader,
}

/// The cookie that carries the session token.
pub fn cookie(app: &App) -> SessionCookie {
    SessionCookie::new("motcua", app.config.has_https())
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let reader = Reader::of(parts);
        find(parts, app, &reader).await.map_err(|e| PageError::new(app, &reader, e))
    }
}

async fn find(parts: &Parts, app: &App, reader: &Reader) -> Result<SignedIn, AppError> {
    let header = parts.headers.get(header::COOKIE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let token = cookie(app).find(header).ok_or(AppError::SignedOut)?;
    let digest = token.digest();
    let asked = digest.clone();
    let open = app.db.read(move |q| Ok::<_, AppError>(store::session(q, &asked)?)).await?.ok_or(AppError::SignedOut)?;
    let now = app.machine.now();
    if app.config.sign_in.session.state(open.opened_at, open.seen_at, now) != SessionState::Active {
        return Err(AppError::SignedOut);
    }
    // ADM-03: until the second factor is given, an administrator or leader has no session worth the name.
    if open.totp_enrolled && !open.second_factor && open.who.any(Role::needs_second_factor) {
        return Err(AppError::SignedOut);
    }
    Ok(SignedIn { who: open.who, name: open.name, login: open.login, session: digest, reader: reader.clone() })
}

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyScope {
    DossierRead,
    DossierWrite,
    CatalogueWrite,
    ReportRead,
    Admin,
}

impl KeyScope {
    pub const ALL: [Self; 5] =
        [Self::DossierRead, Self::DossierWrite, Self::CatalogueWrite, Self::ReportRead, Self::Admin];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DossierRead => "dossier:read",
            Self::DossierWrite => "dossier:write",
            Self::CatalogueWrite => "catalogue:write",
            Self::ReportRead => "report:read",
            Self::Admin => "admin",
        }
    }
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == key)
    }
}

/// A caller with an API key: the officer for whom it acts, and what the key allows.
#[derive(Clone, Debug)]
pub struct KeyHolder {
    pub who: Who,
    pub login: String,
    pub scopes: Vec<KeyScope>,
    /// The key's digest: the principal of its idempotency keys.
    pub principal: String,
}

impl KeyHolder {
    /// Refuses a call that the key does not cover. Writing includes reading.
    pub fn needs(&self, scope: KeyScope) -> Result<(), AppError> {
        let implied = scope == KeyScope::DossierRead && self.scopes.contains(&KeyScope::DossierWrite);
        if implied || self.scopes.contains(&scope) { Ok(()) } else { Err(AppError::RightMissing(scope.as_str())) }
    }
}

impl FromRequestParts<App> for KeyHolder {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let key = header.strip_prefix("Bearer ").map(str::trim).filter(|k| !k.is_empty()).ok_or(AppError::SignedOut)?;
        let digest = domain::hex(&Sha256::digest(key));
        let asked = digest.clone();
        let found = app.db.read(move |q| Ok::<_, AppError>(store::key(q, &asked)?)).await?;
        let (who, login, scopes) = found.ok_or(AppError::SignedOut)?;
        let scopes = scopes.split_whitespace().filter_map(KeyScope::from_key).collect();
        Ok(Self { who, login, scopes, principal: format!("key/{digest}") })
    }
}

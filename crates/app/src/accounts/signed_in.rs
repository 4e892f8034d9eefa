use super::{sessions, store};
use crate::{
    app::App,
    error::AppError,
    http::{ApiError, PageError, Reader},
};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use domain::accounts::{Role, Who};
use platform::sessions::{SessionCookie, SessionLimits, SessionState};
use sha2::{Digest, Sha256};

/// An officer with an open session. Taking it as an argument is what closes a page to everybody else.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub who: Who,
    /// As whom one may act at this moment: as oneself, and as those for whom one stands in (FLW-07).
    pub identities: Vec<Who>,
    pub name: String,
    pub login: String,
    /// SHA-256 of the session token.
    pub session: String,
    pub reader: Reader,
}

/// What a session still owes before it opens anything (ADM-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The code of the second factor.
    Code,
    /// A second factor, which the roles demand.
    Enrol,
    /// An own password in place of a one-time one.
    NewPassword,
    /// Nothing.
    Open,
}

impl Stage {
    fn of(open: &store::OpenSession) -> Self {
        let demanded = open.totp_enrolled || open.who.any(Role::needs_second_factor);
        match (demanded && !open.second_factor, open.totp_enrolled) {
            (true, true) => Self::Code,
            (true, false) => Self::Enrol,
            _ if open.one_time_password => Self::NewPassword,
            _ => Self::Open,
        }
    }
    /// The one page that a session in this stage reaches.
    pub const fn page(self) -> &'static str {
        match self {
            Self::Code => "/dang-nhap/ma-xac-thuc",
            Self::Enrol => "/dang-nhap/thiet-bi",
            Self::NewPassword => "/dang-nhap/mat-khau",
            Self::Open => "/can-bo",
        }
    }
}

/// An officer who gave the right password; what the session is worth is its stage.
#[derive(Clone, Debug)]
pub struct Entered {
    pub me: SignedIn,
    pub stage: Stage,
}

/// The cookie that carries the session token.
pub fn cookie(app: &App) -> SessionCookie {
    SessionCookie::new("motcua", app.config.has_https())
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let entered = <Entered as FromRequestParts<App>>::from_request_parts(parts, app).await?;
        if entered.stage == Stage::Open {
            return Ok(entered.me);
        }
        // The sign-in page knows which step is missing.
        Err(PageError::new(app, &entered.me.reader, AppError::SignedOut))
    }
}

impl FromRequestParts<App> for Entered {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let reader = Reader::of(parts);
        let found = find(parts, app, &reader).await.and_then(|e| e.ok_or(AppError::SignedOut));
        found.map_err(|e| PageError::new(app, &reader, e))
    }
}

impl OptionalFromRequestParts<App> for Entered {
    type Rejection = PageError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, PageError> {
        let reader = Reader::of(parts);
        find(parts, app, &reader).await.map_err(|e| PageError::new(app, &reader, e))
    }
}

/// The digest of the token that the request carries, whatever it is worth.
pub fn presented(app: &App, headers: &HeaderMap) -> Option<String> {
    let header = headers.get(header::COOKIE)?.to_str().ok()?;
    cookie(app).find(header).map(|token| token.digest())
}

async fn find(parts: &Parts, app: &App, reader: &Reader) -> Result<Option<Entered>, AppError> {
    let Some(digest) = presented(app, &parts.headers) else { return Ok(None) };
    let asked = digest.clone();
    let Some(open) = app.db.read(move |q| Ok::<_, AppError>(store::session(q, &asked)?)).await? else {
        return Ok(None);
    };
    let now = app.machine.now();
    if sessions::limits(app).state(open.opened_at, open.seen_at, now) != SessionState::Active {
        return Ok(None);
    }
    if SessionLimits::wants_touch(open.seen_at, now) {
        touch(app, digest.clone(), now).await;
    }
    let stage = Stage::of(&open);
    let reference = app.reference();
    let me = SignedIn {
        who: reference.lent(&open.who, app.now()),
        identities: reference.identities(&open.who, app.now()),
        name: open.name,
        login: open.login,
        session: digest,
        reader: reader.clone(),
    };
    Ok(Some(Entered { me, stage }))
}

/// A full disc must not keep anybody from reading: what fails here only shortens the session.
async fn touch(app: &App, digest: String, now: i64) {
    let written = app.db.unit(move |unit| Ok::<_, AppError>(store::touch_session(unit, &digest, now)?)).await;
    if let Err(why) = written {
        tracing::warn!(%why, "the use of a session was not noted");
    }
}

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyScope {
    DossierRead,
    DossierWrite,
    CatalogueWrite,
    ReportRead,
    Admin,
    /// Deliver, complete, withdraw and read what this account itself delivered from the national portal; nothing else.
    PortalSubmit,
}

impl KeyScope {
    pub const ALL: [Self; 6] = [
        Self::DossierRead,
        Self::DossierWrite,
        Self::CatalogueWrite,
        Self::ReportRead,
        Self::Admin,
        Self::PortalSubmit,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DossierRead => "dossier:read",
            Self::DossierWrite => "dossier:write",
            Self::CatalogueWrite => "catalogue:write",
            Self::ReportRead => "report:read",
            Self::Admin => "admin",
            Self::PortalSubmit => "portal:submit",
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
    /// The same for the few doors that the national portal uses too (LNK-01): there its own scope is enough, as long as the key
    /// acts as the portal's account, which the law lets reach nothing but its own.
    pub fn needs_or_portal(&self, scope: KeyScope) -> Result<(), AppError> {
        let portal = self.scopes.contains(&KeyScope::PortalSubmit) && self.who.roles == [Role::NationalPortal];
        if portal { Ok(()) } else { self.needs(scope) }
    }
}

impl FromRequestParts<App> for KeyHolder {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let key = header.strip_prefix("Bearer ").map(str::trim).filter(|k| !k.is_empty()).ok_or(AppError::SignedOut)?;
        let digest = domain::hex(&Sha256::digest(key));
        let version = app.reference().version;
        // Where other processes write too, a key taken away by one of them is refused on the very next request as well.
        let kept = if app.db.is_shared() { None } else { app.keys.get(&digest, version) };
        // What an absent officer's post lends holds from one moment to another, whatever was kept (STF-02).
        let lent = |known: Self| Self { who: app.reference().lent(&known.who, app.now()), ..known };
        if let Some(known) = kept {
            return Ok(lent(known));
        }
        let asked = digest.clone();
        let found = app.db.read(move |q| Ok::<_, AppError>(store::key(q, &asked)?)).await?;
        let (who, login, scopes) = found.ok_or(AppError::SignedOut)?;
        let scopes = scopes.split_whitespace().filter_map(KeyScope::from_key).collect();
        let holder = Self { who, login, scopes, principal: format!("key/{}", digest.get(..16).unwrap_or(&digest)) };
        app.keys.keep(digest, version, holder.clone());
        Ok(lent(holder))
    }
}

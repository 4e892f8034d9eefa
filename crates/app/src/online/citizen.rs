//! A citizen who proved a telephone or e-mail by a one-time code (ADM-03). It opens drafts and what was sent with them, nothing else.

use super::{contact::Contact, store};
use crate::{
    app::App,
    error::AppError,
    http::{PageError, Reader, encode},
};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use platform::sessions::{SessionCookie, SessionLimits, SessionState, SessionToken};

/// A citizen with an open session. Taking it as an argument is what closes a page to everybody else.
#[derive(Clone, Debug)]
pub struct Citizen {
    pub contact: Contact,
    /// By which their drafts and dossiers are found.
    pub key: String,
    /// SHA-256 of the session token.
    pub session: String,
    pub reader: Reader,
}

/// Long enough to look for a paper at home; the drafts stay anyway.
const LIMITS: SessionLimits = SessionLimits { idle_minutes: 60, absolute_hours: 12 };

/// Whether a session still opens anything.
pub fn is_live(opened_at: i64, seen_at: i64, now: i64) -> bool {
    LIMITS.state(opened_at, seen_at, now) == SessionState::Active
}

/// The cookie of citizens; officers have another.
pub fn cookie(app: &App) -> SessionCookie {
    SessionCookie::new("motcua_cd", app.config.has_https())
}

/// The digest of the token that a request carries, whatever it is worth.
pub fn presented(app: &App, headers: &HeaderMap) -> Option<String> {
    let header = headers.get(header::COOKIE)?.to_str().ok()?;
    cookie(app).find(header).map(|token| token.digest())
}

/// Opens a session in the unit that found the code right.
pub fn begin(
    unit: &mut platform::db::Unit,
    app: &App,
    contact: &Contact,
    token: &SessionToken,
) -> Result<(), AppError> {
    Ok(store::insert_session(unit, &token.digest(), &contact.key(app), contact.as_str(), app.machine.now())?)
}

/// The page goes to the sign-in and back, or the fault is shown.
pub struct Turned(Response);

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        self.0
    }
}

impl FromRequestParts<App> for Citizen {
    type Rejection = Turned;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let reader = Reader::of(parts);
        match find(parts, app, &reader).await {
            Ok(Some(citizen)) => Ok(citizen),
            Ok(None) => {
                // What was typed into a form is sent again from its page; a mere button leads to the list.
                let is_button = ["/bo", "/thoat"].iter().any(|end| parts.uri.path().ends_with(end));
                let back = if is_button { "/cong-dan".to_owned() } else { reader.here };
                Err(Turned(Redirect::to(&format!("/cong-dan/dang-nhap?tiep={}", encode(&back))).into_response()))
            }
            Err(e) => Err(Turned(PageError::new(app, &reader, e).into_response())),
        }
    }
}

impl OptionalFromRequestParts<App> for Citizen {
    type Rejection = Turned;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Turned> {
        let reader = Reader::of(parts);
        find(parts, app, &reader).await.map_err(|e| Turned(PageError::new(app, &reader, e).into_response()))
    }
}

async fn find(parts: &Parts, app: &App, reader: &Reader) -> Result<Option<Citizen>, AppError> {
    let Some(digest) = presented(app, &parts.headers) else { return Ok(None) };
    let asked = digest.clone();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::session(q, &asked)?)).await?;
    let Some(open) = found else { return Ok(None) };
    let now = app.machine.now();
    if !is_live(open.opened_at, open.seen_at, now) {
        return Ok(None);
    }
    if SessionLimits::wants_touch(open.seen_at, now) {
        let seen = digest.clone();
        let written = app.db.unit(move |unit| Ok::<_, AppError>(store::touch_session(unit, &seen, now)?)).await;
        if let Err(why) = written {
            tracing::warn!(%why, "the use of a citizen's session was not noted");
        }
    }
    let contact =
        Contact::parse("", &open.address).map_err(|_| AppError::Internal("citizen_sessions.address".into()))?;
    Ok(Some(Citizen { key: contact.key(app), contact, session: digest, reader: reader.clone() }))
}

//! A citizen who proved a telephone or e-mail by a one-time code, or who they are at the identity provider (ADM-03). It opens drafts and what was sent with them, nothing else.

use super::{account, contact::Contact, store};
use crate::{
    app::App,
    error::AppError,
    http::{PageError, Reader, encode},
    mandates::{self, Acting},
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
    /// By which drafts and dossiers are found: their own, or those of whom they act for.
    pub key: String,
    /// By which they themselves are known.
    pub own_key: String,
    /// For whom this session acts.
    pub acting: Option<Acting>,
    /// SHA-256 of the session token.
    pub session: String,
    /// As the identity provider calls them.
    pub name: Option<String>,
    pub reader: Reader,
}

/// By which a citizen's dossiers are found: what they proved, and the identity number where that is what they proved.
#[derive(Clone, Debug)]
pub struct Proof {
    pub key: String,
    pub identity: Option<String>,
}

impl Citizen {
    pub fn proof(&self) -> Proof {
        let identity = match &self.acting {
            Some(acting) => acting.opens(),
            None => self.own_number(),
        };
        Proof { key: self.key.clone(), identity }
    }
    /// The number that the provider vouched for, whoever they act for.
    pub fn own_number(&self) -> Option<String> {
        self.contact.identity().map(|n| n.as_str().to_owned())
    }
}

/// What is known of a session as it opens.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// As the identity provider calls the citizen.
    pub name: Option<String>,
    /// Browser and device in two words.
    pub device: String,
}

/// Browser and device in two words, for the list from which a citizen ends sessions; the whole name a browser gives itself would
/// tell more than that needs.
pub fn device(headers: &HeaderMap) -> String {
    let told = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| told.contains(mark)).map(|(_, name)| *name);
    // Chrome calls itself Safari too, Edge calls itself Chrome too: the particular ones first.
    let browser = first(&[
        ("Edg", "Edge"),
        ("coc_coc", "Cốc Cốc"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
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

/// Opens a session in the unit that found the proof right.
pub fn begin(
    unit: &mut platform::db::Unit,
    app: &App,
    contact: &Contact,
    token: &SessionToken,
    opening: &Opening,
) -> Result<(), AppError> {
    let (digest, key, address, now) = (token.digest(), contact.key(app), contact.to_stored(), app.machine.now());
    // What the data is for stands before every button that leads here.
    account::store::agree(unit, &key, now)?;
    Ok(store::insert_session(unit, &digest, &key, &address, opening, now)?)
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
        Contact::stored(&open.address).ok_or_else(|| AppError::Internal("citizen_sessions.address".into()))?;
    let own_key = contact.key(app);
    let acting = match (open.mandate, contact.identity()) {
        (Some(id), Some(number)) => mandates::acting(app, id, number.as_str()).await?,
        _ => None,
    };
    let key = acting.as_ref().map_or_else(|| own_key.clone(), |a| a.key(app));
    let reader = Reader { acting: acting.as_ref().map(|a| a.principal.name.clone()), ..reader.clone() };
    Ok(Some(Citizen { key, own_key, acting, contact, session: digest, name: open.name, reader }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_told_in_two_words() {
        let of = |agent: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, agent.parse().unwrap());
            device(&headers)
        };
        let android = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(of(android), "Chrome, Android");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile/15E Safari/604.1";
        assert_eq!(of(iphone), "Safari, iPhone");
        assert_eq!(of("curl/8"), "");
    }
}

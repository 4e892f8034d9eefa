//! `/cong-dan/xac-thuc` sends the browser to the provider, `/cong-dan/xac-thuc/ve` is where it comes back.

use super::provider::{self, Failure, Person, Secrets};
use crate::{
    app::App,
    error::AppError,
    http::{PageError, Peer, Reader, encode},
    online::{
        account,
        citizen::{self, Opening},
        contact::Contact,
        sign_in::page::{onward, with_cookies},
    },
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use platform::sessions::{SessionCookie, SessionToken};
use std::collections::BTreeMap;

/// Names an attempt in the browser that began it.
fn begun(app: &App) -> SessionCookie {
    SessionCookie::new("motcua_dn", app.config.has_https())
}

/// All that the attempt is bound to; the way on is part of the state, so that nobody bends it.
fn secrets(app: &App, token: &SessionToken, next: &str) -> Secrets {
    let of = |what: &str| {
        let parts: [&[u8]; 3] = [token.expose().as_bytes(), b"\n", next.as_bytes()];
        domain::hex(&app.secret.derive(what).mac(&parts))
    };
    let state = format!("{}.{}", of("openid-state"), domain::hex(next.as_bytes()));
    Secrets { state, nonce: of("openid-nonce"), verifier: of("openid-verifier") }
}

/// Where the provider sends people back to: the address under which they came, unless the configuration says one.
fn back_to(app: &App, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).map(|h| format!("http://{h}"));
    let base = app.config.public_url.clone().or(host).unwrap_or_else(|| app.public_url());
    format!("{}/cong-dan/xac-thuc/ve", base.trim_end_matches('/'))
}

/// `GET /cong-dan/xac-thuc`
pub async fn leave(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Peer(from): Peer,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    if super::label(&app).is_none() {
        return Err(PageError::new(&app, &reader, AppError::NotFound));
    }
    let admitted = app.guards.code_request.admit(&app, &from).await;
    let _held = admitted.map_err(|slow| PageError::new(&app, &reader, slow))?;
    // Each asks the provider what it can do; whoever gets in did not ask in vain.
    app.guards.code_request.count_here(&app, &from);
    let next = query.get("tiep").map_or("/cong-dan", |n| onward(n));
    let token = SessionToken::new(&app.random);
    match provider::address(&app, &back_to(&app, &headers), &secrets(&app, &token, next)).await {
        Ok(address) => Ok(with_cookies(&address, &[begun(&app).set(&token)])),
        Err(failure) => Ok(turned_back(&app, next, &failure)),
    }
}

/// `GET /cong-dan/xac-thuc/ve`
pub async fn back(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Peer(from): Peer,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    if super::label(&app).is_none() {
        return Err(PageError::new(&app, &reader, AppError::NotFound));
    }
    let state = query.get("state").map_or("", String::as_str);
    let next = state.split_once('.').and_then(|(_, next)| String::from_utf8(hex::decode(next).ok()?).ok());
    let next = onward(&next.unwrap_or_default()).to_owned();
    let cookies = headers.get(header::COOKIE).and_then(|c| c.to_str().ok()).unwrap_or_default();
    let expected = begun(&app).find(cookies).map(|token| secrets(&app, &token, &next));
    // Begun in another browser, or by another site: the code is not even looked at.
    let Some(secrets) = expected.filter(|s| s.state == state) else {
        return Ok(turned_back(&app, &next, &Failure::NotBelieved("state".into())));
    };
    let Some(code) = query.get("code").cloned() else { return Ok(again(&next, "tu-choi", &app)) };
    let found = provider::person(&app, &back_to(&app, &headers), &secrets, code).await;
    let entered = match found {
        Ok(person) => enter(&app, &headers, person, &next).await,
        Err(failure) => return Ok(turned_back(&app, &next, &failure)),
    };
    // A hall full of people shares one address.
    app.guards.code_request.take_back(&from);
    entered.map_err(|e| PageError::new(&app, &reader, e))
}

async fn enter(app: &App, headers: &HeaderMap, person: Person, next: &str) -> Result<Response, AppError> {
    let (app_, token) = (app.clone(), SessionToken::new(&app.random));
    let contact = Contact::Identity(person.number.clone());
    let opening = Opening { name: Some(person.name.clone()), device: citizen::device(headers) };
    let fresh = token.clone();
    app.db
        .unit(move |unit| {
            citizen::begin(unit, &app_, &contact, &fresh, &opening)?;
            let (phone, email) = (person.phone.as_ref().map_or("", |p| p.as_str()), person.email.as_deref());
            // What the citizen chose here before stays.
            let now = app_.machine.now();
            account::store::first(unit, &contact.key(&app_), phone, email.unwrap_or_default(), now)?;
            Ok::<_, AppError>(())
        })
        .await?;
    Ok(with_cookies(next, &[citizen::cookie(app).set(&token), begun(app).clear()]))
}

fn turned_back(app: &App, next: &str, failure: &Failure) -> Response {
    let why = match failure {
        Failure::Away(why) => {
            tracing::warn!(%why, "the identity provider does not answer");
            "khong-tra-loi"
        }
        Failure::NotBelieved(why) => {
            tracing::warn!(%why, "a sign-in at the identity provider was not believed");
            "khong-hop-le"
        }
        Failure::NoNumber => "khong-co-so",
    };
    again(next, why, app)
}

/// Back to the sign-in, which says why.
fn again(next: &str, why: &str, app: &App) -> Response {
    let to = format!("/cong-dan/dang-nhap?loi={why}&tiep={}", encode(next));
    let mut response = Redirect::to(&to).into_response();
    if let Ok(line) = begun(app).clear().parse() {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

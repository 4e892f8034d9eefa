//! A form that was sent when the session was over is kept on the server until its officer has signed in again, and then
//! stands in its page with all that was typed (ADM-03), scripts or none: sealed, for that officer, for one showing.

mod fill;
mod html;
mod sealed;
mod store;
mod typed;

use super::{SignedIn, signed_in::presented, store::session};
use crate::{
    app::App,
    error::AppError,
    http::{NeedsSignIn, Reader, encode},
    messages::Lang,
};
use askama::Template;
use axum::{
    body::Body,
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use fill::Filled;
use futures_util::{FutureExt, StreamExt};
use platform::db::Unit;
use sealed::Bound;
use sha2::{Digest, Sha256};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tower::ServiceExt;
use typed::Typed;

/// The parameter of an address that asks for what was typed.
const BACK: &str = "dang-do";
/// Two hours of the machine clock: a lunch break, and the way to whoever resets a password.
const LIFE_MS: i64 = 2 * 3_600_000;
/// Forms kept for one officer at a time.
const MOST: i64 = 10;
/// The largest page of ours, in bytes.
const LARGEST_PAGE: usize = 8 * 1024 * 1024;

#[derive(Template)]
#[template(path = "accounts/lapsed/notice.html")]
struct Notice {
    lang: Lang,
    /// What was typed stands in its form again.
    is_back: bool,
    files: bool,
    left: Vec<String>,
}

/// Keeps what the sign-in interrupts, and puts it back after it.
pub async fn keep_typed(State(app): State<App>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/can-bo") {
        return next.run(request).await;
    }
    if request.method() == Method::GET {
        return match parameter(request.uri().query().unwrap_or_default()) {
            Some(key) => give_back(&app, &key, request, next).await,
            None => next.run(request).await,
        };
    }
    if !Typed::is_in(request.headers()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let (lent, unread) = lend(body);
    let response = next.run(Request::from_parts(parts.clone(), lent)).await;
    let body = unread.lock().unwrap_or_else(PoisonError::into_inner).take();
    match body.filter(|_| response.extensions().get::<NeedsSignIn>().is_some()) {
        Some(body) => match keep(&app, &parts, body).await {
            Ok(Some(next)) => Redirect::to(&format!("/dang-nhap?tiep={}", encode(&next))).into_response(),
            Ok(None) => response,
            Err(why) => {
                tracing::warn!(%why, "a form that was sent without a session was not kept");
                response
            }
        },
        None => response,
    }
}

/// A body that is taken back when nobody began to read it: whoever refuses a request by its head has not.
fn lend(body: Body) -> (Body, Arc<Mutex<Option<Body>>>) {
    let unread = Arc::new(Mutex::new(Some(body)));
    let lent = Arc::clone(&unread);
    let read = async move { lent.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default() };
    (Body::from_stream(read.map(Body::into_data_stream).into_stream().flatten()), unread)
}

/// Keeps the texts for the officer whose session it was; gives the page on which they come back.
async fn keep(app: &App, parts: &Parts, body: Body) -> Result<Option<String>, AppError> {
    let Some(digest) = presented(app, &parts.headers) else { return Ok(None) };
    let Some(open) = app.db.read(move |q| Ok::<_, AppError>(session(q, &digest)?)).await? else { return Ok(None) };
    let Some(typed) = Typed::read(parts.uri.path(), &parts.headers, body).await else { return Ok(None) };
    let (officer, now) = (open.who.officer, app.machine.now());
    let key = domain::hex(&app.random.bytes::<16>());
    let text = serde_json::to_string(&typed).map_err(AppError::internal)?;
    let body = sealed::seal(&app.secret, &app.random, &Bound { officer, key: &key }, &text);
    let digest = digest_of(&key);
    app.db.unit(move |unit| Ok::<_, AppError>(store::insert(unit, &digest, officer, now, &body, MOST)?)).await?;
    Ok(Some(with_key(&Reader::of(parts).here, &key)))
}

fn digest_of(key: &str) -> String {
    domain::hex(&Sha256::digest(key))
}

/// Forgets what nobody came back for.
pub fn sweep(unit: &mut Unit, now: i64, most: i64) -> Result<u64, AppError> {
    Ok(store::sweep(unit, now - LIFE_MS, most)?)
}

/// The page that was asked for, with the form in it filled.
async fn give_back(app: &App, key: &str, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // Whoever is not signed in yet is sent there by the page itself, and comes back to this very address.
    let Ok(me) = SignedIn::from_request_parts(&mut parts, app).await else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let here = without_key(parts.uri.path_and_query().map_or("/", |p| p.as_str()));
    let Ok(uri) = here.parse() else { return next.run(Request::from_parts(parts, body)).await };
    parts.uri = uri;
    let page = next.run(Request::from_parts(parts.clone(), body)).await;
    if let Some(onward) = redirect_of(&page) {
        return Redirect::to(&with_key(&onward, key)).into_response();
    }
    let is_html = page.headers().get(header::CONTENT_TYPE).is_some_and(|k| k.as_bytes().starts_with(b"text/html"));
    let typed = if is_html { take(app, &me, key).await } else { None };
    match typed {
        Some(typed) => filled(app, &me, &parts, &here, &typed, page).await,
        None => page,
    }
}

async fn take(app: &App, me: &SignedIn, key: &str) -> Option<Typed> {
    let (officer, digest, since) = (me.who.officer, digest_of(key), app.machine.now() - LIFE_MS);
    let found = app.db.unit(move |unit| Ok::<_, AppError>(store::take(unit, &digest, officer, since)?)).await;
    let body = found.unwrap_or_else(|why| {
        tracing::warn!(%why, "what was typed could not be read");
        None
    })?;
    serde_json::from_str(&sealed::open(&app.secret, &Bound { officer, key }, &body)?).ok()
}

async fn filled(app: &App, me: &SignedIn, parts: &Parts, here: &str, typed: &Typed, page: Response) -> Response {
    let (mut head, body) = page.into_parts();
    let Some(text) = text_of(body).await else { return axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut notice = Notice { lang: me.reader.lang, is_back: true, files: typed.files, left: Vec::new() };
    let html = match fill::fill(&text, parts.uri.path(), typed) {
        Filled::Page { html, left } => {
            notice.left = left;
            html
        }
        Filled::Again { act, multipart } => {
            let answer = again(app, parts, here, typed, &act, multipart).await;
            match answer.map(Response::into_parts) {
                Some((answered, body)) => {
                    head = answered;
                    text_of(body).await.unwrap_or(text)
                }
                None => text,
            }
        }
        Filled::Nowhere => {
            let worth = typed.pairs.iter().filter(|(name, value)| Typed::is_worth_showing(name, value));
            notice.left = worth.map(|(_, value)| value.clone()).collect();
            notice.is_back = false;
            text
        }
    };
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(noted(&html, &notice)))
}

async fn text_of(body: Body) -> Option<String> {
    let bytes = axum::body::to_bytes(body, LARGEST_PAGE).await.ok()?;
    String::from_utf8(bytes.to_vec()).ok()
}

/// The form sent again by the act that only shows it. It goes through all routes, because a layer stands behind one.
async fn again(app: &App, parts: &Parts, here: &str, typed: &Typed, act: &str, multipart: bool) -> Option<Response> {
    let boundary = format!("mot-cua-{}", app.random.hex(32));
    let (kind, body) = typed.request(act, multipart, &boundary);
    let mut request = Request::builder().method(Method::POST).uri(&typed.path);
    for name in [header::COOKIE, header::ACCEPT_LANGUAGE, header::HOST] {
        if let Some(value) = parts.headers.get(&name) {
            request = request.header(name, value);
        }
    }
    // The page of the form is where its reader comes back to; of an address only the path counts.
    let request = request.header(header::REFERER, format!("http://localhost{here}"));
    let mut request = request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).ok()?;
    if let Some(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>() {
        request.extensions_mut().insert(*peer);
    }
    crate::routes::routes(app).oneshot(request).await.ok()
}

/// Says above the page's content what became of what was typed.
fn noted(page: &str, notice: &Notice) -> String {
    let main = html::tags(page).into_iter().find(|t| t.name == "main" && !t.closes).map(|t| t.end);
    let (before, after) = page.split_at(main.unwrap_or(page.len()));
    format!("{before}\n{}{after}", notice.render().unwrap_or_default())
}

fn redirect_of(page: &Response) -> Option<String> {
    let to = page.headers().get(header::LOCATION)?.to_str().ok()?;
    (page.status().is_redirection() && to.starts_with("/can-bo")).then(|| to.to_owned())
}

fn parameter(query: &str) -> Option<String> {
    let (_, key) = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == BACK)?;
    (key.len() <= 64 && key.bytes().all(|b| b.is_ascii_hexdigit())).then(|| key.to_owned())
}

fn with_key(here: &str, key: &str) -> String {
    let here = without_key(here);
    let mark = if here.contains('?') { '&' } else { '?' };
    format!("{here}{mark}{BACK}={key}")
}

fn without_key(here: &str) -> String {
    let Some((path, query)) = here.split_once('?') else { return here.to_owned() };
    let others: Vec<&str> = query.split('&').filter(|pair| pair.split('=').next() != Some(BACK)).collect();
    if others.is_empty() { path.to_owned() } else { format!("{path}?{}", others.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stands_beside_what_the_address_says_and_once_only() {
        assert_eq!(with_key("/can-bo", "a"), "/can-bo?dang-do=a");
        assert_eq!(with_key("/can-bo?loc=1&dang-do=old&x=2", "a"), "/can-bo?loc=1&x=2&dang-do=a");
        assert_eq!(without_key("/can-bo?dang-do=old"), "/can-bo");
        assert_eq!(parameter("loc=1&dang-do=0af"), Some("0af".into()));
        assert_eq!(parameter("dang-do=../x"), None);
    }
}

//! A form that was taken is named to the browser, which forgets what it kept of it (web/js/kept.js).

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};

use crate::app::App;

/// Longer than any page takes to come; the next page clears it at once.
const SECONDS: u32 = 600;

/// Answers the number that came along with a form (`motcua-sent`) when the form was taken: it led on to another page, and
/// not to the sign-in.
pub async fn taken(State(app): State<App>, request: Request, next: Next) -> Response {
    let number = (request.method() == Method::POST).then(|| number(&request)).flatten();
    let mut response = next.run(request).await;
    let Some(number) = number.filter(|_| leads_on(&response)) else { return response };
    let secure = if app.config.has_https() { "; Secure" } else { "" };
    let line = format!("motcua-taken-{number}=1; Path=/; Max-Age={SECONDS}; SameSite=Strict{secure}");
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

fn number(request: &Request) -> Option<String> {
    let cookies = request.headers().get(header::COOKIE)?.to_str().ok()?;
    let pairs = cookies.split(';').filter_map(|c| c.trim().split_once('='));
    let (_, number) = pairs.into_iter().find(|(name, _)| *name == "motcua-sent")?;
    let is_ours = number.len() == 16 && number.bytes().all(|b| b.is_ascii_hexdigit());
    is_ours.then(|| number.to_owned())
}

fn leads_on(response: &Response) -> bool {
    let to = response.headers().get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
    response.status() == StatusCode::SEE_OTHER && !to.starts_with("/dang-nhap")
}

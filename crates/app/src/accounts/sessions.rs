//! Opening and ending sessions (ADM-03).

use super::{Stage, audit, signed_in::cookie, store};
use crate::{app::App, error::AppError, http::encode};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::accounts::Who;
use platform::{
    db::Unit,
    sessions::{SessionLimits, SessionState, SessionToken},
};

/// How long a session of staff lives: the stricter of what the province's profile and the installation say.
pub fn limits(app: &App) -> SessionLimits {
    let own = app.config.sign_in.session;
    SessionLimits { idle_minutes: own.idle_minutes.min(app.profile.staff_sessions.idle_minutes), ..own }
}

/// Whether a session may still be used, without using it: a page that stays open does not keep its session alive.
pub async fn is_open(app: &App, digest: &str) -> Result<bool, AppError> {
    let digest = digest.to_owned();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::session(q, &digest)?)).await?;
    let now = app.machine.now();
    Ok(found.is_some_and(|s| limits(app).state(s.opened_at, s.seen_at, now) == SessionState::Active))
}

/// Puts a new session into the data base in place of an old one: a token never outlives a change of what it is worth,
/// and one planted before the sign-in is worth nothing.
pub fn begin(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    token: &SessionToken,
    second_factor: bool,
    replaces: Option<&str>,
) -> Result<(), AppError> {
    let now = app.machine.now();
    if let Some(old) = replaces {
        store::end_session(unit, old)?;
    }
    store::delete_expired(unit, who.officer, now - i64::from(limits(app).absolute_hours) * 3_600_000)?;
    Ok(store::insert_session(unit, &token.digest(), who.officer, now, second_factor)?)
}

/// Opens a session and notes it in the trace.
pub async fn open(
    app: &App,
    who: &Who,
    login: &str,
    second_factor: bool,
    replaces: Option<String>,
) -> Result<SessionToken, AppError> {
    let token = SessionToken::new(&app.random);
    let (app2, who, login, fresh) = (app.clone(), who.clone(), login.to_owned(), token.clone());
    app.db
        .unit(move |unit| {
            begin(unit, &app2, &who, &fresh, second_factor, replaces.as_deref())?;
            audit(unit, &app2, Some(&who), "sign_in", &login, "")
        })
        .await?;
    Ok(token)
}

/// Goes on to a page with the cookie of a new session.
pub fn onward(app: &App, token: &SessionToken, to: &str) -> Response {
    with_cookie(Redirect::to(to).into_response(), &cookie(app).set(token))
}

/// Goes on to a page without a session.
pub fn away(app: &App, to: &str) -> Response {
    with_cookie(Redirect::to(to).into_response(), &cookie(app).clear())
}

/// The page that a session in this stage goes to on its way to `next`.
pub fn step(stage: Stage, next: &str) -> String {
    if stage == Stage::Open { next.to_owned() } else { format!("{}?tiep={}", stage.page(), encode(next)) }
}

/// Adds `Set-Cookie`.
pub fn with_cookie(mut response: Response, line: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Where to go after the sign-in: a page of ours, never another site, never back into the sign-in.
pub fn local(next: &str) -> &str {
    let inside = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    let plain = next.len() <= 2_000 && next.bytes().all(|b| b.is_ascii_graphic());
    let loops = ["/dang-nhap", "/dang-xuat", "/ngon-ngu", "/chao-mung"].iter().any(|p| next.starts_with(p));
    if inside && plain && !loops { next } else { "/can-bo" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_03_after_the_sign_in_only_a_page_of_ours_is_opened() {
        assert_eq!(local("/can-bo/ho-so/1?q=a%20b"), "/can-bo/ho-so/1?q=a%20b");
        let strange =
            ["", "//evil.vn", "https://evil.vn", "/\\evil.vn", "/a b", "/đ", "/dang-nhap?tiep=/", "javascript:x"];
        for next in strange {
            assert_eq!(local(next), "/can-bo", "{next}");
        }
    }
}

//! Opaque session tokens, their cookie, and when a session ends. The rows live in the application's stores.

use crate::clock::Millis;
use crate::random::Random;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// What the browser holds: 256 random bits that mean nothing by themselves.
///
/// The data base keeps only [`Self::digest`]; a stolen copy of it opens no session. A new token is made at sign-in
/// and whenever rights change, so that a token planted before sign-in is worth nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// A fresh token.
    pub fn new(random: &Random) -> Self {
        Self(random.token())
    }
    /// Reads what a browser or an API client sent; `None` when it cannot be a token of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (text.len() == 64 && digits).then(|| Self(text.to_owned()))
    }
    /// The text that goes into the cookie; never into a log or a page.
    pub fn expose(&self) -> &str {
        &self.0
    }
    /// SHA-256 as 64 hexadecimal digits, the form for storage. No salt: the token has full entropy.
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(***)")
    }
}

/// The cookie that carries a token; officers and citizens have one each.
#[derive(Clone, Debug)]
pub struct SessionCookie {
    name: String,
    secure: bool,
}

impl SessionCookie {
    /// `secure` when the public address is https. Only then may the name carry `__Host-`,
    /// which binds the cookie to this very host; browsers drop such a cookie over plain http.
    pub fn new(name: &str, secure: bool) -> Self {
        let prefix = if secure { "__Host-" } else { "" };
        Self { name: format!("{prefix}{name}"), secure }
    }
    /// The name as the browser knows it.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// `Set-Cookie` for a new session. It has no lifetime of its own: it goes with the browser, and the server decides anyway.
    pub fn set(&self, token: &SessionToken) -> String {
        self.line(token.expose(), "")
    }
    /// `Set-Cookie` that takes the cookie away.
    pub fn clear(&self) -> String {
        self.line("", "; Max-Age=0")
    }
    /// Finds the token in a `Cookie` header. Two cookies of that name mean that somebody planted one: neither is believed.
    pub fn find(&self, header: &str) -> Option<SessionToken> {
        let mut found = header.split(';').filter_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == self.name).then_some(value)
        });
        let value = found.next()?;
        if found.next().is_some() {
            return None;
        }
        SessionToken::parse(value)
    }
    fn line(&self, value: &str, more: &str) -> String {
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}", self.name)
    }
}

/// How long a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SessionLimits {
    /// Minutes without a request after which the screen locks and asks for the password again.
    pub idle_minutes: u32,
    /// Hours after sign-in at which the session ends, however busy.
    pub absolute_hours: u32,
}

impl Default for SessionLimits {
    /// A quarter of an hour of silence; one long working day.
    fn default() -> Self {
        Self { idle_minutes: 15, absolute_hours: 12 }
    }
}

/// What a session is worth at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// Serve the request.
    Active,
    /// Silent for too long: ask for the password, keep what was typed.
    Idle,
    /// Over: sign in from the start.
    Expired,
}

/// Writing "seen" at every request would make every read a write.
const TOUCH_EVERY: Millis = 60_000;

impl SessionLimits {
    /// Decides by the machine clock. A clock that stepped back counts as no time passed.
    pub fn state(self, opened_at: Millis, seen_at: Millis, now: Millis) -> SessionState {
        if now - opened_at >= Millis::from(self.absolute_hours) * 3_600_000 {
            return SessionState::Expired;
        }
        if now - seen_at >= Millis::from(self.idle_minutes) * 60_000 {
            return SessionState::Idle;
        }
        SessionState::Active
    }
    /// Whether the row's `seen_at` is stale enough to be written again (once a minute).
    pub fn wants_touch(seen_at: Millis, now: Millis) -> bool {
        now - seen_at >= TOUCH_EVERY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> SessionToken {
        SessionToken::new(&Random::seeded(1))
    }

    #[test]
    fn the_data_base_never_sees_the_token_itself() {
        let token = token();
        assert_eq!(token.digest().len(), 64);
        assert_ne!(token.digest(), token.expose());
        assert_eq!(format!("{token:?}"), "SessionToken(***)");
    }

    #[test]
    fn a_cookie_over_https_is_bound_to_the_host_and_hidden_from_scripts() {
        let line = SessionCookie::new("officer", true).set(&token());
        assert!(line.starts_with("__Host-officer="));
        assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"));
        assert!(!line.contains("Domain"));
    }

    #[test]
    fn a_cookie_over_plain_http_carries_neither_prefix_nor_secure() {
        let cookie = SessionCookie::new("officer", false);
        assert!(cookie.set(&token()).starts_with("officer="));
        assert_eq!(cookie.clear(), "officer=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    #[test]
    fn the_token_is_found_among_other_cookies_but_not_when_it_is_doubled_or_malformed() {
        let cookie = SessionCookie::new("officer", false);
        let token = token();
        let one = format!("theme=dark; officer={}; x", token.expose());
        assert_eq!(cookie.find(&one), Some(token.clone()));
        let two = format!("officer={0}; officer={0}", token.expose());
        assert_eq!(cookie.find(&two), None);
        assert_eq!(cookie.find("officer=abc"), None);
        assert_eq!(cookie.find(&format!("officer={}", token.expose().to_uppercase())), None);
    }

    #[test]
    fn a_session_locks_after_a_quarter_of_an_hour_and_ends_after_the_day() {
        let limits = SessionLimits::default();
        let minute = 60_000;
        assert_eq!(limits.state(0, 0, 15 * minute - 1), SessionState::Active);
        assert_eq!(limits.state(0, 0, 15 * minute), SessionState::Idle);
        let evening = 12 * 60 * minute;
        assert_eq!(limits.state(0, evening - 1, evening - 1), SessionState::Active);
        assert_eq!(limits.state(0, evening - 1, evening), SessionState::Expired);
        assert_eq!(limits.state(0, 9 * minute, 2 * minute), SessionState::Active);
    }

    #[test]
    fn seen_is_written_once_a_minute() {
        assert!(!SessionLimits::wants_touch(0, 59_999));
        assert!(SessionLimits::wants_touch(0, 60_000));
    }
}

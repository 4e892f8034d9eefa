//! The ways out of the house: SMTP, an SMS gateway, Zalo. Each says how it failed without naming anybody.

mod email;
mod sms;
mod zalo;
mod zalo_token;

pub use email::email;
pub use sms::{awake, sms};
pub use zalo::{zalo, zalo_reply};

use platform::outbox::Failure;
use std::{sync::LazyLock, time::Duration};

/// Far below the outbox's lease, so that no message is taken twice while it is on its way.
const PATIENCE: Duration = Duration::from_secs(20);

/// One client for all gateways, the national portal's among them. It follows no redirect: a message belongs to the address in the configuration.
static CLIENT: LazyLock<Option<reqwest::Client>> = LazyLock::new(|| {
    let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
    client.build().ok()
});

/// The client; it fails only where the operating system gives no randomness.
pub fn client() -> Result<&'static reqwest::Client, Failure> {
    CLIENT.as_ref().ok_or_else(|| Failure::Again("the HTTP client cannot be set up".into()))
}

/// Why nothing came back. A message may have been taken all the same; the key keeps the next try from doubling it.
pub fn no_answer(e: &reqwest::Error) -> Failure {
    Failure::Again(if e.is_timeout() {
        "no answer in time; the gateway may have taken the message".into()
    } else if e.is_connect() {
        "the gateway cannot be reached".into()
    } else {
        "the line to the gateway broke off".into()
    })
}

/// What a status other than success means.
pub fn refused(answer: &reqwest::Response, now_ms: i64) -> Failure {
    let status = answer.status();
    let wait = answer.headers().get(reqwest::header::RETRY_AFTER);
    let wait = wait.and_then(|v| v.to_str().ok()?.trim().parse::<i64>().ok()).filter(|s| (0..=86_400).contains(s));
    match (status.as_u16(), wait) {
        (429 | 503, Some(seconds)) => Failure::NotBefore(now_ms + seconds * 1000, format!("HTTP {status}")),
        // A wrong key of ours is mended in the configuration, not by giving every message up.
        (401 | 403 | 404 | 408 | 425 | 429 | 500.., _) => Failure::Again(format!("HTTP {status}")),
        _ => Failure::Never(format!("HTTP {status}")),
    }
}

/// `0912345678` as gateways write it: `84912345678`.
fn international(phone: &str) -> String {
    phone.strip_prefix('0').map_or_else(|| phone.to_owned(), |rest| format!("84{rest}"))
}

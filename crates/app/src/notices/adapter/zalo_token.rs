//! Zalo's access tokens live for a day; each is fetched with a refresh token that is good once and brings the next one. The pair
//! is kept in the data base, sealed with the installation's secret, so that every process goes on from the same one.

use super::{client, no_answer, refused};
use crate::{app::App, error::AppError, settings};
use platform::{config::Zalo, outbox::Failure};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

const KEPT: &str = "zalo_tokens";
/// Fetched this long before the old one ends.
const MARGIN_MS: i64 = 10 * 60_000;

#[derive(Clone, Serialize, Deserialize)]
struct Tokens {
    access: String,
    refresh: String,
    until: i64,
}

#[derive(Deserialize)]
struct Fetched {
    access_token: String,
    refresh_token: String,
    /// Seconds, as a text or a number.
    expires_in: serde_json::Value,
}

/// One at a time: a refresh token that is used twice opens nothing any more.
static FETCHING: Mutex<()> = Mutex::const_new(());

/// The access token that holds now.
pub async fn current(app: &App, config: &Zalo) -> Result<String, Failure> {
    let _one = FETCHING.lock().await;
    let kept = kept(app).await?;
    if let Some(tokens) = kept.as_ref().filter(|t| t.until - MARGIN_MS > app.machine.now()) {
        return Ok(tokens.access.clone());
    }
    let refresh = kept.map_or_else(|| config.refresh_token.expose().to_owned(), |t| t.refresh);
    let fresh = fetch(app, config, &refresh).await?;
    let sealed = seal(app, &serde_json::to_vec(&fresh).unwrap_or_default());
    let save = move |unit: &mut platform::db::Unit| Ok::<_, AppError>(settings::set(unit, KEPT, &sealed)?);
    app.db.unit(save).await.map_err(|e| Failure::Again(e.to_string()))?;
    Ok(fresh.access)
}

/// The access token was refused: the next message fetches another.
pub async fn forget(app: &App) -> Result<(), Failure> {
    let Some(old) = kept(app).await? else { return Ok(()) };
    let sealed = seal(app, &serde_json::to_vec(&Tokens { until: 0, ..old }).unwrap_or_default());
    let save = move |unit: &mut platform::db::Unit| Ok::<_, AppError>(settings::set(unit, KEPT, &sealed)?);
    app.db.unit(save).await.map_err(|e| Failure::Again(e.to_string()))
}

async fn kept(app: &App) -> Result<Option<Tokens>, Failure> {
    let read = app.db.read(|q| Ok::<_, AppError>(settings::get(q, KEPT)?)).await;
    let sealed = read.map_err(|e| Failure::Again(e.to_string()))?;
    // A pair sealed with another secret is as good as none: the configuration's token starts again.
    Ok(sealed.and_then(|s| open(app, &s)).and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

async fn fetch(app: &App, config: &Zalo, refresh: &str) -> Result<Tokens, Failure> {
    let form = [("app_id", config.app_id.as_str()), ("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let request = client()?.post(&config.token_url).header("secret_key", config.secret.expose()).form(&form);
    let answer = request.send().await.map_err(|e| no_answer(&e))?;
    if !answer.status().is_success() {
        return Err(refused(&answer, app.machine.now()));
    }
    let wrong = |_| Failure::Again("Zalo gave no token; a new refresh token is needed in the configuration".into());
    let fetched: Fetched = answer.json().await.map_err(wrong)?;
    let seconds = fetched.expires_in.as_i64().or_else(|| fetched.expires_in.as_str()?.parse().ok()).unwrap_or(3_600);
    let until = app.machine.now() + seconds * 1000;
    Ok(Tokens { access: fetched.access_token, refresh: fetched.refresh_token, until })
}

const NONCE: usize = 16;
const TAG: usize = 32;

/// HMAC of a fresh nonce and a counter as the key stream, then HMAC over everything.
fn seal(app: &App, text: &[u8]) -> String {
    let nonce: [u8; NONCE] = app.random.bytes();
    let hidden = mask(app, &nonce, text);
    let tag = app.secret.derive("zalo-tag").mac(&[&nonce, &hidden]);
    domain::hex(&[nonce.as_slice(), &hidden, &tag].concat())
}

fn open(app: &App, sealed: &str) -> Option<Vec<u8>> {
    let bytes = hex::decode(sealed).ok().filter(|b| b.len() > NONCE + TAG)?;
    let (nonce, rest) = bytes.split_at(NONCE);
    let (hidden, tag) = rest.split_at(rest.len() - TAG);
    let good = app.secret.derive("zalo-tag").verifies(&[nonce, hidden], tag);
    good.then(|| mask(app, nonce, hidden))
}

fn mask(app: &App, nonce: &[u8], text: &[u8]) -> Vec<u8> {
    let key = app.secret.derive("zalo-seal");
    let blocks = text.chunks(32).zip(0_u32..);
    blocks.flat_map(|(block, n)| block.iter().zip(key.mac(&[nonce, &n.to_be_bytes()])).map(|(a, b)| a ^ b)).collect()
}

//! `POST /tin-den/zalo`: Zalo tells of an event of the official account. Only texts are answered; that somebody follows the account,
//! sends a picture or reads a message is heard and left alone.

use super::{Message, reply, taken};
use crate::{
    app::App,
    error::{AppError, FieldError},
    http::{ApiError, Peer},
    notices::is_open,
};
use axum::{body::Bytes, extract::State, http::HeaderMap, response::Response};
use domain::notices::Channel;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// An event, as far as it matters here.
#[derive(Deserialize)]
struct Event {
    app_id: String,
    #[serde(rename = "event_name")]
    name: String,
    timestamp: String,
    sender: Option<Sender>,
    message: Option<Text>,
}

#[derive(Deserialize)]
struct Sender {
    id: String,
}

#[derive(Deserialize)]
struct Text {
    msg_id: String,
    #[serde(default)]
    text: String,
}

/// The event of a text; a picture with words beside it bears another name.
const WRITTEN: &str = "user_send_text";
/// Characters of the numbers that Zalo gives to people and messages.
const LONGEST_ID: usize = 64;

pub async fn zalo(State(app): State<App>, from: Peer, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    let config = app.config.notices.zalo.as_ref().filter(|_| is_open(&app, Channel::Zalo));
    let (config, incoming) = config.and_then(|c| Some((c, c.incoming.as_ref()?))).ok_or(AppError::NotFound)?;
    app.guards.lookup.check_here(&app, &from.0)?;
    let event = serde_json::from_slice::<Event>(&body).map_err(|_| unreadable())?;
    let is_zalo = event.app_id == config.app_id
        && is_signed(&app, &headers, &[event.app_id.as_bytes(), &body, event.timestamp.as_bytes()], &incoming.secret);
    if !is_zalo {
        app.guards.lookup.failed(&app, &from.0).await;
        return Err(AppError::SignedOut.into());
    }
    let Some(message) = text_of(event) else { return Ok(taken(false)) };
    Ok(reply(&app, Channel::Zalo, message).await?)
}

fn unreadable() -> AppError {
    let (vi, en) = ("Nội dung không phải sự kiện của Zalo.", "The body is no event of Zalo.");
    AppError::Fields(vec![FieldError::new("body", "event.invalid", vi, en)])
}

/// Zalo proves itself by the SHA-256 of application, body as it came, time and secret. Compared by their digests, so that the time
/// it takes says nothing.
fn is_signed(app: &App, headers: &HeaderMap, parts: &[&[u8]], secret: &platform::config::Secret) -> bool {
    let given = headers.get("x-zevent-signature").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let given = given.strip_prefix("mac=").unwrap_or(given).to_ascii_lowercase();
    let mut right = Sha256::new();
    for part in parts {
        right.update(part);
    }
    right.update(secret.expose().as_bytes());
    let key = app.secret.derive("incoming-texts");
    key.verifies(&[given.as_bytes()], &key.mac(&[domain::hex(&right.finalize()).as_bytes()]))
}

fn text_of(event: Event) -> Option<Message> {
    let is_id = |id: &str| (1..=LONGEST_ID).contains(&id.len());
    let (sender, message) = (event.sender?, event.message?);
    let is_text = event.name == WRITTEN && is_id(&sender.id) && is_id(&message.msg_id);
    is_text.then_some(Message { from: sender.id, text: message.text, id: message.msg_id })
}

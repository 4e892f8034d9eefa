//! `POST /tin-den/sms`: the provider of the Centre's number hands a short message over, as JSON or as a form.

use super::{Message, reply};
use crate::{
    app::App,
    error::{AppError, FieldError},
    http::{ApiError, Form, Peer},
    notices::is_open,
};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::Response,
};
use domain::{notices::Channel, people::Phone};
use platform::config::Incoming;
use serde_json::Value;

pub async fn sms(State(app): State<App>, from: Peer, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    let incoming = app.config.notices.sms.as_ref().and_then(|s| s.incoming.as_ref());
    let incoming = incoming.filter(|_| is_open(&app, Channel::Sms)).ok_or(AppError::NotFound)?;
    app.guards.lookup.check_here(&app, &from.0)?;
    if !is_the_provider(&app, incoming, &headers) {
        app.guards.lookup.failed(&app, &from.0).await;
        return Err(AppError::SignedOut.into());
    }
    let message = read(incoming, &headers, &body)?;
    Ok(reply(&app, Channel::Sms, message).await?)
}

/// Compared by their digests, so that the time it takes says nothing.
fn is_the_provider(app: &App, incoming: &Incoming, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer ")).unwrap_or("");
    let key = app.secret.derive("incoming-texts");
    key.verifies(&[given.as_bytes()], &key.mac(&[incoming.secret.expose().as_bytes()]))
}

fn read(incoming: &Incoming, headers: &HeaderMap, body: &Bytes) -> Result<Message, AppError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let form = if kind.contains("json") { from_json(body) } else { from_form(body) };
    let field = |name: &str| {
        let missing = || FieldError::missing(name, "Thiếu trường này.", "This field is missing.");
        form.text(name).map(str::to_owned).ok_or_else(|| AppError::Fields(vec![missing()]))
    };
    let number = field(&incoming.from_field)?;
    // Gateways write numbers in international form, some without the sign.
    let number = if number.starts_with("84") { format!("+{number}") } else { number };
    let from = Phone::parse(&number).map_err(|e| {
        let (vi, en) = (e.to_string(), "A telephone number has 10 digits.");
        AppError::Fields(vec![FieldError::new(&incoming.from_field, "phone.invalid", vi, en)])
    })?;
    // A message without words is answered with how to ask.
    let text = form.value(&incoming.text_field).to_owned();
    let from = from.as_str().to_owned();
    Ok(Message { from, text, id: field(&incoming.id_field)?.chars().take(64).collect() })
}

fn from_form(body: &[u8]) -> Form {
    Form::from_pairs(serde_urlencoded::from_bytes::<Vec<(String, String)>>(body).unwrap_or_default())
}

/// The texts and numbers of an object; what is neither says nothing here.
fn from_json(body: &[u8]) -> Form {
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else { return Form::default() };
    Form::from_pairs(fields.into_iter().filter_map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        Value::Number(number) => Some((name, number.to_string())),
        _ => None,
    }))
}

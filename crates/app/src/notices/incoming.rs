//! `POST /tin-den/sms`: somebody wrote to the Centre's number, the provider hands the message over, and a code in it is answered
//! with what the tracking page says to anybody (TRK-01). Each message is answered once; the sender's number is neither kept nor
//! logged, for the answer goes out at once.

use super::{is_open, send_now};
use crate::{
    app::App,
    dossier::{store::Key, tracking::short},
    error::{AppError, FieldError},
    home::Foot,
    http::{ApiError, Form, Peer, once},
    messages::Lang,
};
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use domain::{
    notices::{Channel, code_in},
    people::Phone,
};
use platform::{
    config::Incoming,
    db::{Answer, Checked, Once, idempotency},
};
use serde_json::{Value, json};

/// What came in.
struct Message {
    from: Phone,
    text: String,
    /// The provider's own number of it.
    id: String,
}

pub async fn sms(State(app): State<App>, from: Peer, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    let incoming = app.config.notices.sms.as_ref().and_then(|s| s.incoming.as_ref());
    let incoming = incoming.filter(|_| is_open(&app, Channel::Sms)).ok_or(AppError::NotFound)?;
    app.guards.lookup.check_here(&app, &from.0)?;
    if !is_the_provider(&app, incoming, &headers) {
        app.guards.lookup.failed(&app, &from.0).await;
        return Err(AppError::SignedOut.into());
    }
    let message = read(incoming, &headers, &body)?;
    let sender = message.from.as_str().to_owned();
    // Whoever writes without end is not answered: each answer is paid for, and each may be a guess.
    if app.guards.texts.check_here(&app, &sender).is_err() {
        return Ok(taken(false));
    }
    let claim = once(&app, "sms", message.id, &message.text);
    if !claimed(&app, claim.clone()).await? {
        return Ok(taken(true));
    }
    app.guards.texts.failed(&app, &sender).await;
    let words = answer(&app, &message.text).await?;
    if send_now(&app, Channel::Sms, &sender, "", &words, &format!("sms-answer/{}", claim.key)).await.is_err() {
        // The provider comes again with the same message.
        app.db.unit(move |unit| Ok::<_, AppError>(idempotency::forget(unit, &claim)?)).await?;
        return Err(AppError::Busy("the answer did not go out".into()).into());
    }
    Ok(taken(true))
}

fn taken(is_answered: bool) -> Response {
    Json(json!({ "answered": is_answered })).into_response()
}

/// Compared by their digests, so that the time it takes says nothing.
fn is_the_provider(app: &App, incoming: &Incoming, headers: &HeaderMap) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer ")).unwrap_or("");
    let key = app.secret.derive("incoming-texts");
    key.verifies(&[given.as_bytes()], &key.mac(&[incoming.secret.expose().as_bytes()]))
}

/// True for the first who brings this message.
async fn claimed(app: &App, claim: Once) -> Result<bool, AppError> {
    let work = move |unit: &mut platform::db::Unit| {
        let is_fresh = matches!(idempotency::check(unit, &claim)?, Checked::Fresh);
        if is_fresh {
            idempotency::store(unit, &claim, &Answer { status: 200, body: String::new() })?;
        }
        Ok::<_, AppError>(is_fresh)
    };
    app.db.unit(work).await
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

/// What is written back.
async fn answer(app: &App, text: &str) -> Result<String, AppError> {
    let phone = Foot::of(app).phone.unwrap_or_default();
    let lang = Lang::Vi;
    let Some(code) = code_in(text) else {
        return Ok(lang.f1("Xin nhắn mã hồ sơ in trên giấy hẹn, ví dụ H49.24-261117-0008. Tổng đài {}.", phone));
    };
    let (app_, key) = (app.clone(), Key::Code(code.as_str().to_owned()));
    let found = app.db.read(move |q| short(q, &app_, &key, lang)).await?;
    Ok(match found {
        None => lang.f2("Chưa tìm thấy hồ sơ {}. Xin xem lại mã trên giấy hẹn hoặc gọi {}.", code, phone),
        Some(s) => {
            let due = s.due.map(|due| lang.f1(" Hẹn trả {}.", due)).unwrap_or_default();
            format!("{}: {}.{due} {}/tra-cuu/{}", s.code, s.headline, app.public_url(), s.code)
        }
    })
}

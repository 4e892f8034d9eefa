//! Somebody wrote to the Centre by SMS or Zalo, whoever carries the messages hands them over, and a code in one is answered with what
//! the tracking page says to anybody (TRK-01). Each message is answered once; the sender is neither kept nor logged, for the answer
//! goes out at once.

mod sms;
mod zalo;

pub use sms::sms;
pub use zalo::zalo;

use super::send_now;
use crate::{
    app::App,
    dossier::{store::Key, tracking::short},
    error::AppError,
    home::Foot,
    http::once,
    messages::Lang,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::notices::{Channel, code_in};
use platform::db::{Answer, Checked, Once, idempotency};
use serde_json::json;

/// What came in.
struct Message {
    /// The sender as the channel writes to them.
    from: String,
    text: String,
    /// The carrier's own number of it.
    id: String,
}

/// Answers a message whose carrier has been proved.
async fn reply(app: &App, channel: Channel, message: Message) -> Result<Response, AppError> {
    let sender = format!("{}/{}", channel.key(), message.from);
    // Whoever writes without end is not answered: each answer is paid for, and each may be a guess.
    if app.guards.texts.check_here(app, &sender).is_err() {
        return Ok(taken(false));
    }
    let claim = once(app, channel.key(), message.id, &message.text);
    if !claimed(app, claim.clone()).await? {
        return Ok(taken(true));
    }
    app.guards.texts.failed(app, &sender).await;
    let words = answer(app, &message.text).await?;
    let key = format!("{}-answer/{}", channel.key(), claim.key);
    if send_now(app, channel, &message.from, "", &words, &key).await.is_err() {
        // The carrier comes again with the same message.
        app.db.unit(move |unit| Ok::<_, AppError>(idempotency::forget(unit, &claim)?)).await?;
        return Err(AppError::Busy("the answer did not go out".into()));
    }
    Ok(taken(true))
}

fn taken(is_answered: bool) -> Response {
    Json(json!({ "answered": is_answered })).into_response()
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

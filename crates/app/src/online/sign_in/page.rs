//! `/cong-dan/dang-nhap`: a telephone number or e-mail, to which a one-time code is sent (ADM-03).

use crate::{
    accounts::sessions::local,
    app::App,
    error::AppError,
    home::Foot,
    http::{Form, PageError, Peer, Reader, Shell, Typed, encode, html},
    notices,
    online::{self, Citizen, citizen, codes, contact::Contact},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::notices::Channel;
use platform::sessions::{SessionCookie, SessionToken};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "online/sign_in/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    by_sms: bool,
    by_email: bool,
}

/// The cookie that names the code which was asked for from this browser.
pub fn asked(app: &App) -> SessionCookie {
    SessionCookie::new("motcua_ma", app.config.has_https())
}

/// A page of ours to which the sign-in leads.
pub fn onward(next: &str) -> &str {
    match local(next) {
        "/can-bo" => "/cong-dan",
        inside => inside,
    }
}

/// A redirect with cookies.
pub fn with_cookies(to: &str, cookies: &[String]) -> Response {
    let mut response = Redirect::to(to).into_response();
    for line in cookies {
        if let Ok(value) = HeaderValue::from_str(line) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

pub async fn show(
    State(app): State<App>,
    reader: Reader,
    me: Option<Citizen>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    if !online::is_on(&app) {
        return Err(PageError::new(&app, &reader, AppError::NotFound));
    }
    let next = asked.get("tiep").map_or("/cong-dan", |n| onward(n));
    if me.is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    Ok(page(&app, &reader, Form::default().with("tiep", next)))
}

fn page(app: &App, reader: &Reader, form: Form) -> Response {
    let shell = Shell::public(app, reader, reader.lang.t("Vào bằng mã xác nhận"));
    let open = |channel| app.is_demo || notices::is_open(app, channel);
    html(&Page { shell, foot: Foot::of(app), form, by_sms: open(Channel::Sms), by_email: open(Channel::Email) })
}

pub async fn send(
    State(app): State<App>,
    reader: Reader,
    Peer(from): Peer,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    let admitted = app.guards.code_request.admit(&app, &from).await;
    let _held = admitted.map_err(|slow| PageError::new(&app, &reader, slow))?;
    // Each code costs a message; whoever gets in by it did not ask in vain.
    app.guards.code_request.count_here(&app, &from);
    ask(&app, &reader, form).await.map_err(|e| PageError::new(&app, &reader, e))
}

async fn ask(app: &App, reader: &Reader, mut form: Form) -> Result<Response, AppError> {
    if !online::is_on(app) {
        return Err(AppError::NotFound);
    }
    let contact = match Contact::parse("lien_he", form.value("lien_he")) {
        Ok(contact) => contact,
        Err(wrong) => {
            form.wrong(wrong);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, reader, form)).into_response());
        }
    };
    let next = onward(form.value("tiep")).to_owned();
    if notices::is_open(app, contact.channel()) {
        let token = codes::issue(app, &contact).await?;
        return Ok(with_cookies(&format!("/cong-dan/ma?tiep={}", encode(&next)), &[asked(app).set(&token)]));
    }
    if app.is_demo {
        // A demo lets anybody in as anybody, as the welcome page does for officers; it sends nothing outside.
        return enter(app, &contact, &next).await;
    }
    let (vi, en) = (
        "Nơi này chưa gửi được mã theo cách đó. Xin nhập cách liên hệ khác.",
        "No code can be sent that way here. Enter the other kind of contact.",
    );
    form.wrong(crate::error::FieldError::new("lien_he", "channel.closed", vi, en));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, reader, form)).into_response())
}

async fn enter(app: &App, contact: &Contact, next: &str) -> Result<Response, AppError> {
    let token = SessionToken::new(&app.random);
    let (app_, contact, fresh) = (app.clone(), contact.clone(), token.clone());
    app.db.unit(move |unit| citizen::begin(unit, &app_, &contact, &fresh)).await?;
    Ok(with_cookies(next, &[citizen::cookie(app).set(&token)]))
}

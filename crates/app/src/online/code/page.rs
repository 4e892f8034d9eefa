//! `/cong-dan/ma`: the six digits that were sent.

use crate::{
    app::App,
    error::{AppError, FieldError},
    home::Foot,
    http::{Form, PageError, Peer, Reader, Shell, Typed, html},
    online::{
        citizen,
        codes::{self, Proved},
        contact::Contact,
        sign_in::page::{asked, onward, with_cookies},
        store,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use platform::sessions::SessionToken;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "online/code/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    masked: String,
}

fn token(app: &App, headers: &HeaderMap) -> Option<SessionToken> {
    asked(app).find(headers.get(header::COOKIE)?.to_str().ok()?)
}

/// The page for the code that this browser asked for; without one it has to be asked for first.
async fn page(app: &App, reader: &Reader, token: Option<&SessionToken>, form: Form) -> Result<Response, AppError> {
    let Some(digest) = token.map(SessionToken::digest) else { return Ok(again(&form)) };
    let now = app.machine.now();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::code_address(q, &digest, now)?)).await?;
    let Some(contact) = found.and_then(|a| Contact::parse("", &a).ok()) else { return Ok(again(&form)) };
    let shell = Shell::public(app, reader, reader.lang.t("Nhập mã xác nhận"));
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(&Page { shell, foot: Foot::of(app), form, masked: contact.masked() })).into_response())
}

fn again(form: &Form) -> Response {
    let next = crate::http::encode(onward(form.value("tiep")));
    Redirect::to(&format!("/cong-dan/dang-nhap?tiep={next}")).into_response()
}

pub async fn show(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let form = Form::default().with("tiep", query.get("tiep").map_or("/cong-dan", |n| onward(n)));
    page(&app, &reader, token(&app, &headers).as_ref(), form).await.map_err(|e| PageError::new(&app, &reader, e))
}

pub async fn send(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Peer(from): Peer,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    let device = citizen::device(&headers);
    let proved = prove(&app, &reader, token(&app, &headers), form, device).await;
    let right = proved.as_ref().is_ok_and(|r| r.headers().contains_key(header::SET_COOKIE));
    if right {
        // Whoever gets in did not ask in vain: a hall full of people shares one address.
        app.guards.code_request.take_back(&from);
    }
    proved.map_err(|e| PageError::new(&app, &reader, e))
}

async fn prove(
    app: &App,
    reader: &Reader,
    token: Option<SessionToken>,
    mut form: Form,
    device: String,
) -> Result<Response, AppError> {
    let Some(token) = token else { return Ok(again(&form)) };
    let typed = form.required("ma", "Xin nhập 6 chữ số đã gửi.", "Enter the six digits that were sent.");
    if !form.is_good() {
        return page(app, reader, Some(&token), form).await;
    }
    match codes::prove(app, &token, &typed, device).await? {
        Proved::Right(session) => {
            let cookies = [citizen::cookie(app).set(&session), asked(app).clear()];
            Ok(with_cookies(onward(form.value("tiep")), &cookies))
        }
        Proved::Wrong(left) if left > 0 => {
            let (vi, en) = (
                format!("Mã chưa đúng. Xin xem lại tin mới nhất; còn {left} lần nhập."),
                format!("Not the code. Look at the latest message; {left} tries are left."),
            );
            form.wrong(FieldError::new("ma", "code.wrong", vi, en));
            page(app, reader, Some(&token), form).await
        }
        Proved::Wrong(_) | Proved::Over => Ok(again(&form)),
    }
}

//! `/dang-nhap`: login and password; `/dang-xuat`.

use crate::{
    accounts::{Entered, passwords, sessions, signed_in::presented, store},
    app::App,
    error::{AppError, FieldError},
    http::{Form, PageError, Peer, Reader, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use platform::password::{LONGEST_PASSWORD, Verdict};
use std::{collections::HashMap, net::IpAddr};

#[derive(Template)]
#[template(path = "accounts/sign_in/page.html")]
struct Page {
    shell: Shell,
    form: Form,
}

fn page(app: &App, reader: &Reader, form: Form) -> Response {
    html(&Page { shell: Shell::public(app, reader, "Đăng nhập").translated(), form })
}

/// Whoever has the password behind them is sent to the step that is missing.
pub async fn show(
    State(app): State<App>,
    reader: Reader,
    entered: Option<Entered>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let next = sessions::local(query.get("tiep").map(String::as_str).unwrap_or_default());
    match entered {
        Some(entered) => Redirect::to(&sessions::step(entered.stage, next)).into_response(),
        None => page(&app, &reader, Form::default().with("tiep", next)),
    }
}

pub async fn send(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Peer(from): Peer,
    Typed(mut form): Typed,
) -> Result<Response, PageError> {
    let login = form.required("login", "Xin nhập tên đăng nhập.", "Enter your login.").to_lowercase();
    let password = form.value("password").to_owned();
    if password.is_empty() {
        form.wrong(FieldError::missing("password", "Xin nhập mật khẩu.", "Enter your password."));
    }
    if !form.is_good() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &reader, form)).into_response());
    }
    match enter(&app, &login, password, from).await {
        Ok(account) => {
            let opened = sessions::open(&app, &account.who, &account.login, false, presented(&app, &headers)).await;
            let token = opened.map_err(|e| PageError::new(&app, &reader, e))?;
            // The sign-in page finds out what else the session owes.
            let next = format!("/dang-nhap?tiep={}", crate::http::encode(sessions::local(form.value("tiep"))));
            Ok(sessions::onward(&app, &token, &next))
        }
        Err(AppError::Fields(wrong)) => {
            for e in wrong {
                form.wrong(e);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &reader, form)).into_response())
        }
        Err(AppError::TooMany { retry_after }) => Ok(slowed(&app, &reader, form, retry_after)),
        Err(e) => Err(PageError::new(&app, &reader, e)),
    }
}

/// The account behind login and password. Guessing is slowed by login and by address, and an unknown login takes as
/// long as a known one.
async fn enter(app: &App, login: &str, password: String, address: IpAddr) -> Result<store::Account, AppError> {
    let login: String = login.chars().take(64).collect();
    let _address = app.guards.address.admit(app, &address).await?;
    let _login = app.guards.login.admit(app, &login).await?;
    let entered = proved(app, &login, password).await;
    match &entered {
        Ok(_) => app.guards.login.succeeded(app, &login).await,
        Err(AppError::Fields(_)) => {
            app.guards.login.failed(app, &login).await;
            app.guards.address.failed(app, &address).await;
        }
        // A fault of ours tells nothing about the password.
        Err(_) => {}
    }
    entered
}

async fn proved(app: &App, login: &str, password: String) -> Result<store::Account, AppError> {
    if password.chars().count() > LONGEST_PASSWORD {
        return Err(wrong());
    }
    let asked = login.to_owned();
    let account = app.db.read(move |q| Ok::<_, AppError>(store::account_by_login(q, &asked)?)).await?;
    let stored = account.as_ref().and_then(|a| a.password_hash.clone());
    let verdict = app.hasher.verify(password.clone(), stored).await.map_err(AppError::internal)?;
    let Some(account) = account.filter(|_| verdict != Verdict::Wrong) else { return Err(wrong()) };
    if verdict == Verdict::RightButOldCost {
        let (officer, hash) = (account.who.officer, passwords::hash(app, password).await?);
        app.db.unit(move |unit| Ok::<_, AppError>(store::renew_hash(unit, officer, &hash)?)).await?;
    }
    Ok(account)
}

/// The same words for a wrong login and a wrong password: they do not tell which logins exist.
fn wrong() -> AppError {
    AppError::field(
        "password",
        "sign_in.wrong",
        "Tên đăng nhập hoặc mật khẩu không đúng. Xin kiểm tra bộ gõ tiếng Việt và phím Caps Lock.",
        "The login or the password is wrong. Check the keyboard's language and Caps Lock.",
    )
}

/// The form again, with how long to wait.
fn slowed(app: &App, reader: &Reader, mut form: Form, seconds: u32) -> Response {
    let (vi, en) = wait_words(seconds);
    form.wrong(FieldError::new("password", "too_many", vi, en));
    let mut response = (StatusCode::TOO_MANY_REQUESTS, page(app, reader, form)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// How long to wait, as people say it.
pub fn wait_words(seconds: u32) -> (String, String) {
    let (vi, en) = if seconds < 120 {
        (format!("{seconds} giây"), format!("{seconds} seconds"))
    } else {
        let minutes = seconds.div_ceil(60);
        (format!("{minutes} phút"), format!("{minutes} minutes"))
    };
    (
        format!("Đã thử sai nhiều lần. Xin đợi {vi} rồi thử lại."),
        format!("Too many wrong tries. Wait {en}, then try again."),
    )
}

/// `POST /dang-xuat`: the session is over at once, here and in the data base.
pub async fn leave(State(app): State<App>, reader: Reader, headers: HeaderMap) -> Result<Response, PageError> {
    if let Some(digest) = presented(&app, &headers) {
        let ended = app.db.unit(move |unit| Ok::<_, AppError>(store::end_session(unit, &digest)?)).await;
        ended.map_err(|e| PageError::new(&app, &reader, e))?;
    }
    Ok(sessions::away(&app, "/dang-nhap"))
}

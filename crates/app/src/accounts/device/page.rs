//! `/dang-nhap/thiet-bi`: a second factor for the account, and its recovery codes (ADM-03).

use crate::http::qr;
use crate::{
    accounts::{Entered, SignedIn, Stage, account::page::is_password, audit, seal, sessions, store},
    app::App,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use platform::{
    sessions::SessionToken,
    totp::{RecoveryCode, TotpSecret},
};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "accounts/device/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    /// The roles demand it; otherwise the officer came from the account page.
    demanded: bool,
    login: String,
    base32: String,
    drawing: qr::Drawing,
    /// Shown once, after the first code was right.
    codes: Vec<String>,
}

fn page(
    app: &App,
    entered: &Entered,
    form: Form,
    secret: &TotpSecret,
    codes: Vec<String>,
) -> Result<Response, AppError> {
    let me = &entered.me;
    let issuer = format!("Một Cửa {}", app.profile.province.place);
    let drawing = qr::draw(&secret.url(&issuer, &me.login))?;
    let shell = Shell::public(app, &me.reader, "Xác thực hai bước").translated();
    let demanded = entered.stage == Stage::Enrol;
    Ok(html(&Page { shell, form, demanded, login: me.login.clone(), base32: secret.base32(), drawing, codes }))
}

pub async fn show(
    State(app): State<App>,
    entered: Entered,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let next = sessions::local(query.get("tiep").map(String::as_str).unwrap_or_default());
    if matches!(entered.stage, Stage::Code | Stage::NewPassword) {
        return Ok(Redirect::to(&sessions::step(entered.stage, next)).into_response());
    }
    let secret = TotpSecret::new(&app.random);
    let sealed = seal::seal(&app.secret, &app.random, entered.me.who.officer, &secret);
    let form = Form::default().with("tiep", next).with("secret", sealed);
    page(&app, &entered, form, &secret, Vec::new()).map_err(|e| PageError::new(&app, &entered.me.reader, e))
}

pub async fn send(State(app): State<App>, entered: Entered, Typed(form): Typed) -> Result<Response, PageError> {
    let reader = entered.me.reader.clone();
    enrol(&app, entered, form).await.map_err(|e| PageError::new(&app, &reader, e))
}

async fn enrol(app: &App, entered: Entered, mut form: Form) -> Result<Response, AppError> {
    if matches!(entered.stage, Stage::Code | Stage::NewPassword) {
        return Ok(Redirect::to(entered.stage.page()).into_response());
    }
    let me = &entered.me;
    // The secret travels sealed in the form; one that was touched or made for another account starts afresh.
    let Some(secret) = seal::open(&app.secret, me.who.officer, form.value("secret")) else {
        return Ok(Redirect::to(Stage::Enrol.page()).into_response());
    };
    let typed = form.required("code", "Xin nhập mã 6 chữ số.", "Enter the six-digit code.");
    let step = secret.verify(&typed, None, app.machine.now());
    if form.is_good() && step.is_none() {
        form.wrong(FieldError::new(
            "code",
            "second_factor.wrong",
            "Mã không khớp. Xin kiểm tra giờ trên điện thoại rồi nhập mã mới nhất.",
            "The code does not fit. Check the telephone's clock, then enter the newest code.",
        ));
    }
    if entered.stage == Stage::Open {
        is_password(app, me, "password", form.value("password")).await.or_else(|e| form.absorb(e))?;
    }
    match step.filter(|_| form.is_good()) {
        Some(step) => {
            let codes = RecoveryCode::set(&app.random);
            let token = save(app, me, &secret, step, &codes).await?;
            let printed = codes.iter().map(ToString::to_string).collect();
            let shown = page(app, &entered, form, &secret, printed)?;
            Ok(sessions::with_cookie(shown, &super::super::signed_in::cookie(app).set(&token)))
        }
        None => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, &entered, form, &secret, Vec::new())?).into_response()),
    }
}

/// The other sessions end: whoever opened them may not have the telephone.
async fn save(
    app: &App,
    me: &SignedIn,
    secret: &TotpSecret,
    step: i64,
    codes: &[RecoveryCode],
) -> Result<SessionToken, AppError> {
    let token = SessionToken::new(&app.random);
    let sealed = seal::seal(&app.secret, &app.random, me.who.officer, secret);
    let digests: Vec<String> = codes.iter().map(RecoveryCode::digest).collect();
    let (app2, me, fresh) = (app.clone(), me.clone(), token.clone());
    app.db
        .unit(move |unit| {
            store::set_totp(unit, me.who.officer, &sealed, step, &digests)?;
            store::delete_sessions(unit, me.who.officer, None)?;
            sessions::begin(unit, &app2, &me.who, &fresh, true, None)?;
            audit(unit, &app2, Some(&me.who), "second_factor.enrol", &me.login, "")
        })
        .await?;
    Ok(token)
}

//! `/dang-nhap/ma-xac-thuc`: the code of the second factor, or a recovery code (ADM-03).

use crate::{
    accounts::{
        Entered, SignedIn, Stage, audit, seal, sessions,
        sign_in::page::wait_words,
        store::{self, Account},
    },
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
use platform::{sessions::SessionToken, totp::RecoveryCode};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "accounts/code/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    name: String,
}

fn page(app: &App, me: &SignedIn, form: Form) -> Response {
    html(&Page { shell: Shell::public(app, &me.reader, "Mã xác thực").translated(), form, name: me.name.clone() })
}

pub async fn show(
    State(app): State<App>,
    Entered { me, stage }: Entered,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let next = sessions::local(query.get("tiep").map(String::as_str).unwrap_or_default());
    if stage != Stage::Code {
        return Redirect::to(&sessions::step(stage, next)).into_response();
    }
    page(&app, &me, Form::default().with("tiep", next))
}

pub async fn send(
    State(app): State<App>,
    Entered { me, stage }: Entered,
    Typed(mut form): Typed,
) -> Result<Response, PageError> {
    let next = sessions::local(form.value("tiep")).to_owned();
    if stage != Stage::Code {
        return Ok(Redirect::to(&sessions::step(stage, &next)).into_response());
    }
    let typed = form.required("code", "Xin nhập mã 6 chữ số.", "Enter the six-digit code.");
    if !form.is_good() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, form)).into_response());
    }
    match prove(&app, &me, &typed).await {
        // The sign-in page finds out whether a one-time password is still to be replaced.
        Ok(token) => Ok(sessions::onward(&app, &token, &format!("/dang-nhap?tiep={}", crate::http::encode(&next)))),
        Err(AppError::TooMany { retry_after }) => {
            let (vi, en) = wait_words(retry_after);
            form.wrong(FieldError::new("code", "too_many", vi, en));
            let waiting = [(axum::http::header::RETRY_AFTER, retry_after.to_string())];
            Ok((StatusCode::TOO_MANY_REQUESTS, waiting, page(&app, &me, form.with("code", ""))).into_response())
        }
        Err(e) => {
            form.absorb(e).map_err(|e| PageError::new(&app, &me.reader, e))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, form.with("code", ""))).into_response())
        }
    }
}

/// A new session in place of the half one, worth everything.
async fn prove(app: &App, me: &SignedIn, typed: &str) -> Result<SessionToken, AppError> {
    let guard = format!("{}/code", me.login);
    let _held = app.guards.login.admit(app, &guard).await?;
    let proved = exchange(app, me, typed).await;
    match &proved {
        Ok(_) => app.guards.login.succeeded(app, &guard).await,
        Err(AppError::Fields(_)) => app.guards.login.failed(app, &guard).await,
        // A fault of ours tells nothing about the code.
        Err(_) => {}
    }
    proved
}

async fn exchange(app: &App, me: &SignedIn, typed: &str) -> Result<SessionToken, AppError> {
    let login = me.login.clone();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::account_by_login(q, &login)?)).await?;
    let account = found.ok_or(AppError::SignedOut)?;
    let proof = proof(app, &account, typed).ok_or_else(wrong)?;
    let token = SessionToken::new(&app.random);
    let (app2, fresh, old) = (app.clone(), token.clone(), me.session.clone());
    app.db
        .unit(move |unit| {
            let officer = account.who.officer;
            let spent = match &proof {
                Proof::Step(step) => store::spend_step(unit, officer, *step)?,
                Proof::Recovery { before, after } => {
                    audit(unit, &app2, Some(&account.who), "second_factor.recovery", &account.login, "")?;
                    store::spend_recovery(unit, officer, before, after)?
                }
            };
            if !spent {
                return Err(wrong());
            }
            sessions::begin(unit, &app2, &account.who, &fresh, true, Some(&old))
        })
        .await?;
    Ok(token)
}

enum Proof {
    Step(i64),
    Recovery { before: Vec<String>, after: Vec<String> },
}

fn proof(app: &App, account: &Account, typed: &str) -> Option<Proof> {
    let sealed = account.totp_secret.as_deref()?;
    let secret = seal::open(&app.secret, account.who.officer, sealed);
    if secret.is_none() {
        tracing::error!(login = %account.login, "the second factor cannot be opened with this installation's secret");
    }
    if let Some(step) = secret.and_then(|s| s.verify(typed, account.totp_step, app.machine.now())) {
        return Some(Proof::Step(step));
    }
    let digest = RecoveryCode::parse(typed).digest();
    let before = account.recovery_codes.clone();
    let after: Vec<String> = before.iter().filter(|c| **c != digest).cloned().collect();
    (after.len() < before.len()).then_some(Proof::Recovery { before, after })
}

fn wrong() -> AppError {
    AppError::field(
        "code",
        "second_factor.wrong",
        "Mã không đúng hoặc đã dùng rồi. Xin đợi ứng dụng hiện mã mới, hoặc nhập một mã dự phòng.",
        "The code is wrong or was used already. Wait for the next one, or enter a recovery code.",
    )
}

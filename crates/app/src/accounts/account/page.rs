//! `/can-bo/tai-khoan`: who I am, my password, my second factor, my sessions.

use crate::{
    accounts::{
        SignedIn, audit, passwords, sessions,
        store::{self, Account, SessionRow},
    },
    app::App,
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::time::Instant;
use platform::{password::Verdict, sessions::SessionToken};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "accounts/account/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    me: SignedIn,
    roles: Vec<&'static str>,
    agency: String,
    unit: String,
    post: Option<String>,
    has_password: bool,
    enrolled: bool,
    codes_left: usize,
    sessions: Vec<Line>,
}

/// One session of mine.
struct Line {
    digest: String,
    opened: Instant,
    seen: Instant,
    is_this: bool,
}

impl Line {
    fn of(row: SessionRow, me: &SignedIn) -> Self {
        Self {
            is_this: row.digest == me.session,
            opened: Instant::from_millis(row.opened_at),
            seen: Instant::from_millis(row.seen_at),
            digest: row.digest,
        }
    }
}

async fn page(app: &App, me: &SignedIn, form: Form, flash: Option<String>) -> Result<Response, AppError> {
    let (login, officer) = (me.login.clone(), me.who.officer);
    let (account, rows) = app
        .db
        .read(move |q| Ok::<_, AppError>((store::account_by_login(q, &login)?, store::sessions_of(q, officer)?)))
        .await?;
    let account = account.ok_or(AppError::SignedOut)?;
    let reference = app.reference();
    let lang = me.reader.lang;
    Ok(html(&Page {
        shell: Shell::officer(app, me, Nav::Account, "Tài khoản của tôi").translated().with_flash(flash),
        form,
        roles: me.who.roles.iter().map(|r| lang.pick((r.vi(), r.en()))).collect(),
        agency: reference.agency_name(me.who.agency).to_owned(),
        unit: reference.unit(me.who.unit).map(|u| u.name.clone()).unwrap_or_default(),
        post: me.who.centre.and_then(|c| reference.centre(c)).map(|c| c.name.clone()),
        has_password: account.password_hash.is_some(),
        enrolled: account.totp_secret.is_some(),
        codes_left: account.recovery_codes.len(),
        sessions: rows.into_iter().map(|row| Line::of(row, me)).collect(),
        me: me.clone(),
    }))
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = me.reader.lang;
    let flash = match query.get("xong").map(String::as_str) {
        Some("mat-khau") => Some(lang.t("Đã đổi mật khẩu; các phiên khác đã kết thúc.").to_owned()),
        Some("phien") => Some(lang.t("Đã kết thúc phiên.").to_owned()),
        _ => None,
    };
    page(&app, &me, Form::default(), flash).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    let done = match form.value("act") {
        "password" => password(&app, &me, form).await,
        "end" => end(&app, &me, Some(form.value("session").to_owned())).await,
        "end-others" => end(&app, &me, None).await,
        _ => Err(AppError::NotFound),
    };
    done.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn password(app: &App, me: &SignedIn, mut form: Form) -> Result<Response, AppError> {
    is_password(app, me, "current", form.value("current")).await.or_else(|e| form.absorb(e))?;
    match if form.is_good() { change_password(app, me, &mut form).await? } else { None } {
        Some(token) => Ok(sessions::onward(app, &token, "/can-bo/tai-khoan?xong=mat-khau")),
        None => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, form, None).await?).into_response()),
    }
}

/// Whether this is the officer's present password; the same slowing as at the sign-in, for somebody else may sit at an
/// open screen. An account of the demo has none.
pub async fn is_password(app: &App, me: &SignedIn, field: &str, typed: &str) -> Result<(), AppError> {
    let login = me.login.clone();
    let found = app.db.read(move |q| Ok::<_, AppError>(store::account_by_login(q, &login)?)).await?;
    let Account { password_hash: Some(hash), .. } = found.ok_or(AppError::SignedOut)? else { return Ok(()) };
    let _held = app.guards.login.admit(app, &me.login).await?;
    let verdict = app.hasher.verify(typed.chars().take(300).collect(), Some(hash)).await.map_err(AppError::internal)?;
    if verdict == Verdict::Wrong {
        app.guards.login.failed(app, &me.login).await;
        let (vi, en) = ("Mật khẩu hiện tại không đúng.", "The present password is wrong.");
        return Err(AppError::field(field, "sign_in.wrong", vi, en));
    }
    app.guards.login.succeeded(app, &me.login).await;
    Ok(())
}

/// Sets the password typed twice; every other session ends and this one gets a new token. `None` when the form is wrong.
pub async fn change_password(app: &App, me: &SignedIn, form: &mut Form) -> Result<Option<SessionToken>, AppError> {
    let new = form.value("new").to_owned();
    passwords::check(app, "new", &me.login, &new).or_else(|e| form.absorb(e))?;
    if form.value("again") != new {
        let (vi, en) = ("Hai lần nhập không giống nhau.", "The two are not the same.");
        form.wrong(FieldError::new("again", "differs", vi, en));
    }
    if !form.is_good() {
        return Ok(None);
    }
    let hash = passwords::hash(app, new).await?;
    let token = SessionToken::new(&app.random);
    let (app2, me, fresh) = (app.clone(), me.clone(), token.clone());
    app.db
        .unit(move |unit| {
            // A change of the password does not take the second factor away that this session gave.
            let second = store::session(unit, &me.session)?.is_some_and(|s| s.second_factor);
            store::set_password_hash(unit, me.who.officer, &hash, false)?;
            store::delete_sessions(unit, me.who.officer, None)?;
            sessions::begin(unit, &app2, &me.who, &fresh, second, None)?;
            audit(unit, &app2, Some(&me.who), "officer.password", &me.login, "own")
        })
        .await?;
    Ok(Some(token))
}

/// Ends one session of mine, or all others.
async fn end(app: &App, me: &SignedIn, one: Option<String>) -> Result<Response, AppError> {
    let is_this = one.as_deref() == Some(me.session.as_str());
    let (app2, me) = (app.clone(), me.clone());
    app.db
        .unit(move |unit| {
            match &one {
                Some(digest) => drop(store::delete_session(unit, digest, me.who.officer)?),
                None => drop(store::delete_sessions(unit, me.who.officer, Some(&me.session))?),
            }
            audit(unit, &app2, Some(&me.who), "sessions.end", &me.login, if one.is_some() { "one" } else { "others" })
        })
        .await?;
    if is_this {
        Ok(sessions::away(app, "/dang-nhap"))
    } else {
        Ok(Redirect::to("/can-bo/tai-khoan?xong=phien").into_response())
    }
}

//! `/dang-nhap/mat-khau`: an own password in place of a one-time one.

use crate::{
    accounts::{Entered, SignedIn, Stage, account::page::change_password, sessions},
    app::App,
    http::{Form, PageError, Shell, Typed, encode, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "accounts/own_password/page.html")]
struct Page {
    shell: Shell,
    form: Form,
}

fn page(app: &App, me: &SignedIn, form: Form) -> Response {
    html(&Page { shell: Shell::public(app, &me.reader, "Đặt mật khẩu của riêng mình").translated(), form })
}

pub async fn show(
    State(app): State<App>,
    Entered { me, stage }: Entered,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    let next = sessions::local(query.get("tiep").map(String::as_str).unwrap_or_default());
    if stage != Stage::NewPassword {
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
    if stage != Stage::NewPassword {
        return Ok(Redirect::to(&sessions::step(stage, &next)).into_response());
    }
    match change_password(&app, &me, &mut form).await {
        Ok(Some(token)) => Ok(sessions::onward(&app, &token, &format!("/dang-nhap?tiep={}", encode(&next)))),
        Ok(None) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, form)).into_response()),
        Err(e) => Err(PageError::new(&app, &me.reader, e)),
    }
}

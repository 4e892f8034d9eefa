//! `/can-bo/du-lieu-ca-nhan/moi`: an officer writes down what somebody asks at a counter, with the identity card before them.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::intake_fields,
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    personal_data::{ask, store::Asked},
    vault::typed_number,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Role,
    people::{IdentityNumber, Phone},
    personal_data::{Kind, Way},
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "personal_data/enter/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    kinds: &'static [Kind],
    /// May open the list.
    answers: bool,
}

fn may_enter(me: &SignedIn) -> Result<(), AppError> {
    if me.who.enters_data_requests() { Ok(()) } else { Err(AppError::RightMissing(Role::IntakeOfficer.as_str())) }
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    may_enter(&me).map_err(|e| PageError::new(&app, &me.reader, e))?;
    let entered = query.get("so").filter(|id| id.bytes().all(|b| b.is_ascii_digit()));
    let flash = entered.map(|id| me.reader.lang.f1("Đã ghi yêu cầu số {}. Xin trao số này cho người yêu cầu.", id));
    let form = Form::default().with("once", hidden_key(&app)).with("viec", Kind::Correction.key());
    Ok(page(&app, &me, form, flash))
}

fn page(app: &App, me: &SignedIn, form: Form, flash: Option<String>) -> Response {
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = me.reader.lang.t("Nhập yêu cầu nhận tại quầy");
    let shell = Shell::officer(app, me, Nav::Requests, title).with_flash(flash);
    let answers = me.who.answers_data_requests();
    (status, html(&Page { shell, form, kinds: Kind::ALL, answers })).into_response()
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    enter(&app, &me, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn enter(app: &App, me: &SignedIn, mut form: Form) -> Result<Response, AppError> {
    may_enter(me)?;
    let number = typed_number(&mut form, "so");
    let (vi, en) = ("Xin ghi họ tên như trên thẻ căn cước.", "Write the name as the identity card has it.");
    let name = intake_fields::line(&form.required("ten", vi, en));
    let phone = form.parse("dien_thoai", Phone::parse, |e| {
        (e.to_string(), "A telephone number has 10 digits, for example 0912 345 678.".to_owned())
    });
    let email = email(&mut form);
    let typed = ask::typed(&mut form);
    let (Some(number), Some(typed)) = (number.filter(|_| form.is_good()), typed) else {
        return Ok(page(app, me, form, None));
    };
    let asked = Asked {
        person: IdentityNumber::as_str(&number).to_owned(),
        name,
        kind: typed.kind,
        way: Way::Counter,
        about: typed.about,
        wanted: typed.wanted,
        dossier: typed.dossier,
        phone: phone.map(|p| p.as_str().to_owned()).unwrap_or_default(),
        email,
        by: me.who.officer,
    };
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("data request {asked:?}"));
    let id = ask::ask(app, once, asked).await?;
    Ok(Redirect::to(&format!("/can-bo/du-lieu-ca-nhan/moi?so={id}")).into_response())
}

fn email(form: &mut Form) -> String {
    let Some(text) = form.text("thu").map(str::to_lowercase) else { return String::new() };
    if text.len() <= 254 && text.parse::<lettre::Address>().is_ok() {
        return text;
    }
    let (vi, en) = ("Thư điện tử chưa đúng, ví dụ ten@vidu.vn.", "Not an e-mail address, for example name@example.vn.");
    form.wrong(FieldError::new("thu", "email.invalid", vi, en));
    String::new()
}

//! `/cong-dan/tai-khoan`: identity data, ways to be told, devices with a way to leave each and all.

use super::store::{self, Account};
use crate::{
    app::App,
    error::{AppError, FieldError},
    home::Foot,
    http::{Form, PageError, Shell, Typed, html},
    notices,
    online::{Citizen, citizen, contact::Contact, sign_in::page::with_cookies},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    notices::{Channel, in_order},
    time::Instant,
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "online/account/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    /// Name of the fact and the fact.
    facts: Vec<(&'static str, String)>,
    /// The number is proved: mandates and requests about data are open.
    by_identity: bool,
    /// When what data is used for was agreed to.
    agreed_at: Option<Instant>,
    channels: Vec<Channel>,
    devices: Vec<Device>,
}

struct Device {
    /// Names the session without opening it.
    handle: String,
    name: String,
    opened_at: Instant,
    seen_at: Instant,
    is_this: bool,
}

/// More than anybody has open at once.
const MOST_DEVICES: i64 = 50;
/// Hexadecimal digits of the digest that name a session on its owner's page.
const HANDLE: usize = 16;

pub async fn show(
    State(app): State<App>,
    me: Citizen,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let shown = async {
        let account = super::of(&app, &me).await?;
        let channels = account.channels.split(' ').map(|c| ("kenh".to_owned(), c.to_owned()));
        let form = Form::from_pairs(channels).with("dien_thoai", account.phone).with("thu", account.email);
        let saved = query.contains_key("da-luu");
        page(&app, &me, form, saved).await
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &Citizen, form: Form, saved: bool) -> Result<Response, AppError> {
    let lang = me.reader.lang;
    let contact = me.own_key.clone();
    let read = move |q: &mut platform::db::Reader| {
        Ok::<_, AppError>((store::sessions(q, &contact, MOST_DEVICES)?, store::agreed_at(q, &contact)?))
    };
    let (open, agreed_at) = app.db.read(read).await?;
    let now = app.machine.now();
    let device = |s: store::Open| Device {
        is_this: s.digest == me.session,
        handle: s.digest.chars().take(HANDLE).collect(),
        name: Some(s.device).filter(|d| !d.is_empty()).unwrap_or_else(|| lang.t("Thiết bị không rõ").to_owned()),
        opened_at: Instant::from_millis(s.opened_at),
        seen_at: Instant::from_millis(s.seen_at),
    };
    let live = open.into_iter().filter(|s| citizen::is_live(s.opened_at, s.seen_at, now));
    let told = in_order(&app.profile.contact.notices).into_iter();
    let flash = saved.then(|| lang.t("Đã lưu.").to_owned());
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&Page {
        shell: Shell::public(app, &me.reader, lang.t("Tài khoản và thiết bị")).with_flash(flash),
        foot: Foot::of(app),
        facts: facts(me),
        by_identity: me.own_number().is_some(),
        agreed_at: agreed_at.map(Instant::from_millis),
        channels: told.filter(|c| *c != Channel::Page && (app.is_demo() || notices::is_open(app, *c))).collect(),
        devices: live.map(device).collect(),
        form,
    });
    Ok((status, shown).into_response())
}

fn facts(me: &Citizen) -> Vec<(&'static str, String)> {
    let lang = me.reader.lang;
    let name = me.name.clone().filter(|n| !n.is_empty());
    let what = match me.contact {
        Contact::Phone(_) => lang.t("Điện thoại đã xác nhận"),
        Contact::Email(_) => lang.t("Thư điện tử đã xác nhận"),
        Contact::Identity(_) => lang.t("Số định danh cá nhân"),
    };
    let name = name.map(|n| (lang.t("Họ và tên"), n));
    name.into_iter().chain([(what, me.contact.masked())]).collect()
}

/// `POST /cong-dan/tai-khoan`
pub async fn save(State(app): State<App>, me: Citizen, Typed(form): Typed) -> Result<Response, PageError> {
    keep(&app, &me, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn keep(app: &App, me: &Citizen, mut form: Form) -> Result<Response, AppError> {
    let phone = read(&mut form, "dien_thoai", false);
    let email = read(&mut form, "thu", true);
    if !form.is_good() {
        return page(app, me, form, false).await;
    }
    let chosen = form.all("kenh").iter().filter_map(|c| Channel::from_key(c)).map(Channel::key);
    let account = Account { phone, email, channels: chosen.collect::<Vec<_>>().join(" ") };
    let (contact, now) = (me.key.clone(), app.machine.now());
    app.db.unit(move |unit| Ok::<_, AppError>(store::put(unit, &contact, &account, now)?)).await?;
    Ok(Redirect::to("/cong-dan/tai-khoan?da-luu").into_response())
}

/// A telephone or an address as it is written to; empty is fine.
fn read(form: &mut Form, field: &str, is_email: bool) -> String {
    let Some(text) = form.text(field).map(str::to_owned) else { return String::new() };
    match Contact::parse(field, &text) {
        Ok(contact) if matches!(contact, Contact::Email(_)) == is_email => return contact.as_str().to_owned(),
        Ok(_) if is_email => {
            let (vi, en) =
                ("Thư điện tử chưa đúng, ví dụ ten@vidu.vn.", "Not an e-mail address, for example name@example.vn.");
            form.wrong(FieldError::new(field, "email.invalid", vi, en));
        }
        Ok(_) => {
            let vi = "Số điện thoại gồm 10 chữ số, ví dụ 0912 345 678.";
            let en = "A telephone number has 10 digits, for example 0912 345 678.";
            form.wrong(FieldError::new(field, "phone.invalid", vi, en));
        }
        Err(wrong) => form.wrong(wrong),
    }
    String::new()
}

/// `POST /cong-dan/tai-khoan/thiet-bi/{session}/thoat`: one device; this one leads out.
pub async fn end(State(app): State<App>, me: Citizen, Path(handle): Path<String>) -> Result<Response, PageError> {
    let contact = me.own_key.clone();
    let ended = async {
        let key = contact.clone();
        let read = move |q: &mut platform::db::Reader| Ok::<_, AppError>(store::sessions(q, &key, MOST_DEVICES)?);
        let open = app.db.read(read).await?;
        let named = open.into_iter().find(|s| handle.len() == HANDLE && s.digest.starts_with(&handle));
        // Ended meanwhile, or somebody else's: either way it is not on the list.
        let Some(named) = named else { return Ok(Redirect::to("/cong-dan/tai-khoan").into_response()) };
        let is_this = named.digest == me.session;
        app.db.unit(move |unit| Ok::<_, AppError>(store::end(unit, &contact, &named.digest)?)).await?;
        Ok::<_, AppError>(if is_this { out(&app) } else { Redirect::to("/cong-dan/tai-khoan?da-luu").into_response() })
    };
    ended.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

/// `POST /cong-dan/tai-khoan/thoat-het`: all devices, this one too.
pub async fn end_all(State(app): State<App>, me: Citizen) -> Result<Response, PageError> {
    let contact = me.own_key.clone();
    let ended = app.db.unit(move |unit| Ok::<_, AppError>(store::end_all(unit, &contact)?)).await;
    ended.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(out(&app))
}

fn out(app: &App) -> Response {
    with_cookies("/", &[citizen::cookie(app).clear()])
}

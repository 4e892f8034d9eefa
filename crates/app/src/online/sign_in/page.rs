//! `/cong-dan/dang-nhap`: a telephone number or e-mail, to which a one-time code is sent (ADM-03).

use crate::{
    accounts::sessions::local,
    app::App,
    error::AppError,
    home::Foot,
    http::{Form, PageError, Peer, Reader, Shell, Typed, encode, html},
    notices,
    online::{
        self, Citizen,
        citizen::{self, Opening},
        codes,
        contact::Contact,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
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
    /// A code can be had.
    by_code: bool,
    /// What the identity provider is called.
    provider: Option<String>,
    /// Why the way over the provider led back here.
    turned_back: Option<&'static str>,
}

impl Page {
    fn next(&self) -> String {
        encode(self.form.value("tiep"))
    }
}

/// What is told of a way that led back.
fn why(key: &str, lang: crate::messages::Lang) -> Option<&'static str> {
    match key {
        "tu-choi" => Some(
            lang.t("Ông/bà chưa đồng ý ở trang định danh nên chưa vào được. Xin thử lại, hoặc vào bằng mã xác nhận."),
        ),
        "khong-tra-loi" => {
            Some(lang.t("Trang định danh chưa trả lời. Xin thử lại sau ít phút, hoặc vào bằng mã xác nhận."))
        }
        "khong-hop-le" => {
            Some(lang.t(
                "Lần đăng nhập này đã quá hạn hoặc bắt đầu từ trình duyệt khác. Xin bấm đăng nhập lại từ trang này.",
            ))
        }
        "khong-co-so" => Some(
            lang.t("Trang định danh không cho biết số định danh cá nhân. Xin vào bằng mã xác nhận, hoặc đến quầy."),
        ),
        _ => None,
    }
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
    if !online::has_accounts(&app) {
        return Err(PageError::new(&app, &reader, AppError::NotFound));
    }
    let next = asked.get("tiep").map_or("/cong-dan", |n| onward(n));
    if me.is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    let told = asked.get("loi").and_then(|key| why(key, reader.lang));
    Ok(page(&app, &reader, Form::default().with("tiep", next), told))
}

fn page(app: &App, reader: &Reader, form: Form, turned_back: Option<&'static str>) -> Response {
    let provider = online::identity::label(app).map(str::to_owned);
    let lang = reader.lang;
    let title = if provider.is_some() { lang.t("Đăng nhập") } else { lang.t("Vào bằng mã xác nhận") };
    let shell = Shell::public(app, reader, title);
    let open = |channel| app.is_demo() || notices::is_open(app, channel);
    let (by_sms, by_email) = (open(Channel::Sms), open(Channel::Email));
    let by_code = online::is_on(app);
    html(&Page { shell, foot: Foot::of(app), form, by_sms, by_email, by_code, provider, turned_back })
}

pub async fn send(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Peer(from): Peer,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    let admitted = app.guards.code_request.admit(&app, &from).await;
    let _held = admitted.map_err(|slow| PageError::new(&app, &reader, slow))?;
    // Each code costs a message; whoever gets in by it did not ask in vain.
    app.guards.code_request.count_here(&app, &from);
    ask(&app, &reader, form, citizen::device(&headers)).await.map_err(|e| PageError::new(&app, &reader, e))
}

async fn ask(app: &App, reader: &Reader, mut form: Form, device: String) -> Result<Response, AppError> {
    if !online::is_on(app) {
        return Err(AppError::NotFound);
    }
    let contact = match Contact::parse("lien_he", form.value("lien_he")) {
        Ok(contact) => contact,
        Err(wrong) => {
            form.wrong(wrong);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, reader, form, None)).into_response());
        }
    };
    let next = onward(form.value("tiep")).to_owned();
    if notices::is_open(app, contact.channel()) {
        let token = codes::issue(app, &contact).await?;
        return Ok(with_cookies(&format!("/cong-dan/ma?tiep={}", encode(&next)), &[asked(app).set(&token)]));
    }
    if app.is_demo() {
        // A demo lets anybody in as anybody, as the welcome page does for officers; it sends nothing outside.
        return enter(app, &contact, &next, device).await;
    }
    let (vi, en) = (
        "Nơi này chưa gửi được mã theo cách đó. Xin nhập cách liên hệ khác.",
        "No code can be sent that way here. Enter the other kind of contact.",
    );
    form.wrong(crate::error::FieldError::new("lien_he", "channel.closed", vi, en));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, reader, form, None)).into_response())
}

async fn enter(app: &App, contact: &Contact, next: &str, device: String) -> Result<Response, AppError> {
    let token = SessionToken::new(&app.random);
    let (app_, contact, fresh) = (app.clone(), contact.clone(), token.clone());
    let opening = Opening { name: None, device };
    app.db.unit(move |unit| citizen::begin(unit, &app_, &contact, &fresh, &opening)).await?;
    Ok(with_cookies(next, &[citizen::cookie(app).set(&token)]))
}

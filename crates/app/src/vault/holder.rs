//! Whose store it is: only who proved an identity number at the provider has one. A code sent to a telephone proves a telephone.

use crate::{
    app::App,
    home::Foot,
    http::{Shell, encode, html},
    online::Citizen,
};
use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};

/// A citizen with a proved identity number. Taking it as an argument is what closes a store to everybody else.
#[derive(Clone, Debug)]
pub struct Holder {
    pub me: Citizen,
    pub number: String,
}

#[derive(Template)]
#[template(path = "vault/unproven.html")]
struct Unproven {
    shell: Shell,
    foot: Foot,
    /// They came for their data, not for their papers.
    is_of_data: bool,
    /// What the provider is called, and the way there and back; absent where the province has none.
    provider: Option<(String, String)>,
}

/// The sign-in, or the page that says what else must be proved.
pub struct Turned(Response);

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        self.0
    }
}

impl FromRequestParts<App> for Holder {
    type Rejection = Turned;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let citizen = <Citizen as FromRequestParts<App>>::from_request_parts(parts, app).await;
        let me = citizen.map_err(|turned| Turned(turned.into_response()))?;
        match me.proof().identity {
            Some(number) => Ok(Self { me, number }),
            None => Err(Turned(unproven(app, &me))),
        }
    }
}

fn unproven(app: &App, me: &Citizen) -> Response {
    let is_of_data = me.reader.here.starts_with("/cong-dan/du-lieu");
    let (back, title) = match is_of_data {
        true => ("/cong-dan/du-lieu", me.reader.lang.t("Dữ liệu cá nhân của ông/bà")),
        false => ("/cong-dan/kho", me.reader.lang.t("Kho giấy tờ điện tử")),
    };
    let way = |_: &String| (app.config.identity.label.clone(), format!("/cong-dan/xac-thuc?tiep={}", encode(back)));
    let page = Unproven {
        shell: Shell::public(app, &me.reader, title),
        foot: Foot::of(app),
        is_of_data,
        provider: app.config.identity.issuer.as_ref().map(way),
    };
    (StatusCode::FORBIDDEN, html(&page)).into_response()
}

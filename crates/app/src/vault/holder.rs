//! Whose store it is: only who proved an identity number at the provider has one. A code sent to a telephone proves a telephone.

use super::looks;
use crate::{
    app::App,
    error::AppError,
    home::Foot,
    http::{PageError, Shell, encode, html},
    online::Citizen,
};
use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    accounts::Who,
    id::Id,
    vault::{Look, Purpose},
};

/// A citizen with a proved identity number. Taking it as an argument is what closes a store to everybody else.
#[derive(Clone, Debug)]
pub struct Holder {
    pub me: Citizen,
    pub number: String,
}

impl Holder {
    /// Whoever opens the store of an organisation by a mandate is told to it, before anything is shown (STO-02).
    async fn tell_owner(&self, app: &App) -> Result<(), AppError> {
        let Some(acting) = &self.me.acting else { return Ok(()) };
        let who = Who::citizen(Id::new(0));
        // Supervisors read the line as well: the number of the mandate leads its giver to the name.
        let purpose = Purpose::of_work(&acting.authorisation());
        looks::note(app, &who, &self.number, &[None], Look::OnBehalf, purpose.as_str()).await
    }
}

/// A citizen whose own number is proved, for whomever the session acts.
#[derive(Clone, Debug)]
pub struct Proved {
    pub citizen: Citizen,
    /// Their own.
    pub number: String,
}

impl FromRequestParts<App> for Proved {
    type Rejection = Turned;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Turned> {
        let citizen = <Citizen as FromRequestParts<App>>::from_request_parts(parts, app).await;
        let citizen = citizen.map_err(|turned| Turned(turned.into_response()))?;
        match citizen.own_number() {
            Some(number) => Ok(Self { citizen, number }),
            None => Err(Turned(unproven(app, &citizen))),
        }
    }
}

#[derive(Template)]
#[template(path = "vault/unproven.html")]
struct Unproven {
    shell: Shell,
    foot: Foot,
    /// They came for their data, not for their papers.
    is_of_data: bool,
    /// They act as a person's proxy, who opens no store.
    is_proxy: bool,
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
            Some(number) => {
                let holder = Self { me, number };
                holder
                    .tell_owner(app)
                    .await
                    .map_err(|e| Turned(PageError::new(app, &holder.me.reader, e).into_response()))?;
                Ok(holder)
            }
            None => Err(Turned(unproven(app, &me))),
        }
    }
}

fn unproven(app: &App, me: &Citizen) -> Response {
    let is_of_data = ["/cong-dan/du-lieu", "/cong-dan/uy-quyen"].iter().any(|at| me.reader.here.starts_with(at));
    let is_proxy = me.acting.is_some();
    let (back, title) = match is_of_data {
        true if me.reader.here.starts_with("/cong-dan/uy-quyen") => {
            ("/cong-dan/uy-quyen", me.reader.lang.t("Làm thay và ủy quyền"))
        }
        true => ("/cong-dan/du-lieu", me.reader.lang.t("Dữ liệu cá nhân của ông/bà")),
        false => ("/cong-dan/kho", me.reader.lang.t("Kho giấy tờ điện tử")),
    };
    let way = |_: &String| (app.config.identity.label.clone(), format!("/cong-dan/xac-thuc?tiep={}", encode(back)));
    let page = Unproven {
        shell: Shell::public(app, &me.reader, title),
        foot: Foot::of(app),
        is_of_data,
        is_proxy,
        provider: app.config.identity.issuer.as_ref().map(way),
    };
    (StatusCode::FORBIDDEN, html(&page)).into_response()
}

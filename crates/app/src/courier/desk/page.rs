//! `/can-bo/giao-nhan`: what is on its way here, what waits to leave and for where, and the minutes of today (FLW-09).

use super::view::{View, next};
use crate::{
    accounts::SignedIn,
    app::App,
    courier::{
        give::{Giving, give},
        is_on,
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    courier::{Place, place_of},
    profile::Carrier,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "courier/desk/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    view: View,
    /// Times of the daily runs; none where paper moves as needed.
    runs: Vec<String>,
    /// Who carries paper in this province, in words.
    carried_by: &'static str,
}

/// Which heap is open.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    den: String,
    loai: String,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let form = Form::default().with("once", hidden_key(&app)).with("run", next(&app));
    let form = form.with("to", asked.den).with("what", asked.loai);
    page(&app, &me, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(mut form): Typed) -> Result<Response, PageError> {
    let sent = async {
        here(&app, &me)?;
        let giving = Giving::read(&mut form, &app.profile.courier.runs);
        let giving = giving.ok_or_else(|| AppError::Fields(Vec::new()))?;
        let key = form.key(&app);
        let once = once(&app, format!("officer/{}", me.who.officer), key, &format!("courier {giving:?}"));
        give(&app, &me.who, once, giving).await
    };
    match sent.await {
        Ok(run) => Ok(Redirect::to(&format!("/can-bo/giao-nhan/{run}")).into_response()),
        Err(wrong) => {
            let again = async {
                form.absorb(wrong)?;
                page(&app, &me, form).await
            };
            let again = again.await.map_err(|e| PageError::new(&app, &me.reader, e))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

/// Where this officer hands paper over; nowhere in provinces without minutes.
fn here(app: &App, me: &SignedIn) -> Result<Place, AppError> {
    if !is_on(app) {
        return Err(AppError::NotFound);
    }
    place_of(&me.who).ok_or(AppError::RightMissing("giao nhận giấy tờ"))
}

async fn page(app: &App, me: &SignedIn, form: Form) -> Result<Response, AppError> {
    let view = View::load(app, me, here(app, me)?, &form).await?;
    let shell = Shell::officer(app, me, Nav::Courier, me.reader.lang.t("Giao nhận giấy tờ"));
    let runs = app.profile.courier.runs.iter().map(|t| t.strftime("%H:%M").to_string()).collect();
    let carried_by = match app.profile.courier.carried_by {
        Carrier::PostCourier => "Nhân viên bưu chính công ích vận chuyển",
        Carrier::AgencyDutyOfficer => "Công chức trực của cơ quan đến nhận",
        Carrier::Officers => "Cán bộ hai bên tự chuyển",
    };
    Ok(html(&Page { shell, form, view, runs, carried_by }))
}

impl Page {
    /// A box is ticked, or was when the form came back.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand fields over by reference")]
    fn picked(&self, id: &i64) -> bool {
        self.form.is_good() || self.form.is("hs", &id.to_string())
    }
    fn papers(&self, w: &super::view::Waiting) -> String {
        self.form.text(&format!("so.{}", w.line.id)).map_or_else(|| w.papers.to_string(), str::to_owned)
    }
    #[expect(
        clippy::unused_self,
        clippy::trivially_copy_pass_by_ref,
        reason = "the template reaches it through the page"
    )]
    fn note_field(&self, id: &i64) -> String {
        format!("ghi.{id}")
    }
}

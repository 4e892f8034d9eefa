//! `/can-bo/giao-nhan/truc`: an agency names who receives paper on a day (DN 12.2c, VL).

use super::store;
use crate::{
    accounts::{SignedIn, audit},
    app::App,
    dossier::intake_fields,
    error::AppError,
    http::{Form, PageError, Typed},
    interlink::input,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::accounts::{Role, Who};

/// Whether somebody names the officer of the day in the own agency.
pub fn names(who: &Who) -> bool {
    who.any(|r| matches!(r, Role::UnitHead | Role::AgencyLeader | Role::Clerk | Role::AgencyAdmin))
}

/// `GET`: naming has no page of its own.
pub async fn back(_: SignedIn) -> Redirect {
    Redirect::to("/can-bo/giao-nhan")
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    named(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))?;
    Ok(Redirect::to("/can-bo/giao-nhan").into_response())
}

async fn named(app: &App, me: &SignedIn, form: &Form) -> Result<(), AppError> {
    if !super::is_on(app) || !app.profile.courier.duty_officer_named {
        return Err(AppError::NotFound);
    }
    if !names(&me.who) {
        return Err(AppError::RightMissing("cử người trực nhận giấy tờ"));
    }
    let officer = input::officer_named(app, "duty", form.value("duty"))?;
    let colleague = app.reference().officer(officer).is_some_and(|o| o.active && o.who.agency == me.who.agency);
    if !colleague {
        let (vi, en) = ("Người trực nhận phải là cán bộ của cơ quan.", "The officer of the day works in the agency.");
        return Err(AppError::field("duty", "unknown", vi, en));
    }
    let day = form.text("day").and_then(intake_fields::day).unwrap_or_else(|| app.now().day());
    let (app_, who) = (app.clone(), me.who.clone());
    app.db
        .unit(move |unit| {
            store::name_duty(unit, who.agency, day, officer, who.officer, app_.now())?;
            audit(unit, &app_, Some(&who), "duty.put", &officer.to_string(), &day.to_string())
        })
        .await
}

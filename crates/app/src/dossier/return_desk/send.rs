//! What is done with several results at once: asking people to come, and giving parcels to the post.

use super::{page::desk_of, store};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::bulk::{self, Pick, picks},
    error::AppError,
    http::{Form, PageError, Typed},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::dossier::{Command, Handover, Refusal, ResultBy};

/// `POST /can-bo/tra-ket-qua/lien-he`: these were asked to come, early or again (CLK-09, RES-03).
pub async fn contact(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    contacted(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn contacted(app: &App, me: &SignedIn, form: &Form) -> Result<Response, AppError> {
    let centre = desk_of(me).ok_or(Refusal::OnlyTheCentreTakesIn)?;
    let how = match form.value("cach") {
        known @ ("sms" | "email") => known.to_owned(),
        _ => "phone".to_owned(),
    };
    let (picked, officer, at, app_) = (picks(form), me.who.officer, app.now().millis(), app.clone());
    let noted = app
        .db
        .unit(move |u| {
            let mut noted = 0;
            for pick in &picked {
                noted += store::contact(u, app_.ids.next()?, pick.id.raw(), centre, officer, at, &how)?;
            }
            Ok::<_, AppError>(noted)
        })
        .await?;
    Ok(Redirect::to(&format!("/can-bo/tra-ket-qua?loc=da-nhac&nhac={noted}")).into_response())
}

/// `POST /can-bo/tra-ket-qua/gui`: the ticked ones went to the post, each with its tracking number (RES-02).
pub async fn post(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    posted(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn posted(app: &App, me: &SignedIn, form: &Form) -> Result<Response, AppError> {
    desk_of(me).ok_or(Refusal::OnlyTheCentreTakesIn)?;
    let send = |pick: &Pick| {
        let tracking = form.text(&format!("so.{}", pick.id)).map(|t| t.chars().take(50).collect());
        let handover = Handover {
            to: "applicant".into(),
            identity: None,
            authorisation: None,
            how: ResultBy::Post,
            tracking,
            without_slip: None,
            // What must be compared first is not sent away in a batch.
            originals_compared: false,
            signature: None,
        };
        (*pick, Command::HandOver(handover))
    };
    let orders: Vec<_> = picks(form).iter().map(send).collect();
    if orders.is_empty() {
        return Ok(Redirect::to(bulk::Kind::Post.list()).into_response());
    }
    let told = bulk::run(app, me, orders, &form.key(app)).await;
    bulk::report(app, me, bulk::Kind::Post, told).await
}

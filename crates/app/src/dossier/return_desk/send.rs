//! What is done with several results at once: asking people to come, and giving parcels to the post.

use super::{
    manifest::make::{Which, make},
    page::{again, desk_of},
    store,
};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::principal,
        bulk::{self, Pick, picks},
    },
    error::{AppError, FieldError, answered},
    http::{Form, PageError, Typed, once},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::dossier::{Command, Handover, Refusal, ResultBy};
use platform::db::Answer;

/// Letters of the post's number of a parcel.
const LONGEST_TRACKING: usize = 50;

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
    let picked = picks(form);
    if picked.is_empty() {
        return again(app, me, nothing_ticked(form)).await;
    }
    let (officer, at, app_) = (me.who.officer, app.now().millis(), app.clone());
    let once = once(app, principal(me), form.key(app), &format!("contact {how} {picked:?}"));
    let done = app
        .db
        .unit_once::<AppError>(once, move |u| {
            // What lies ready no more was given out meanwhile: named, not dropped.
            let (mut noted, mut left_out) = (0, Vec::new());
            for pick in &picked {
                match store::contact(u, app_.ids.next()?, pick.id.raw(), centre, officer, at, &how)? {
                    0 => left_out.push(pick.id.to_string()),
                    some => noted += some,
                }
            }
            Ok(Answer { status: 303, body: told(noted, &left_out) })
        })
        .await?;
    let answer = answered(done)?;
    Ok(Redirect::to(&answer.body).into_response())
}

fn told(noted: u64, left_out: &[String]) -> String {
    let rest = if left_out.is_empty() { String::new() } else { format!("&bo={}", left_out.join(",")) };
    format!("/can-bo/tra-ket-qua?loc=da-nhac&nhac={noted}{rest}")
}

fn nothing_ticked(form: &Form) -> Form {
    let mut form = form.clone();
    let (vi, en) =
        ("Chưa chọn hồ sơ nào. Xin đánh dấu hồ sơ rồi bấm lại.", "Nothing is ticked. Tick dossiers, then press again.");
    form.wrong(FieldError::missing("hs", vi, en));
    form
}

/// `POST /can-bo/tra-ket-qua/gui`: the ticked ones went to the post, each with its tracking number (RES-02).
pub async fn post(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    posted(&app, &me, &form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn posted(app: &App, me: &SignedIn, form: &Form) -> Result<Response, AppError> {
    let centre = desk_of(me).ok_or(Refusal::OnlyTheCentreTakesIn)?;
    let send = |pick: &Pick| {
        let tracking = form.text(&format!("so.{}", pick.id)).map(str::to_owned);
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
    let picked = picks(form);
    if picked.is_empty() {
        return again(app, me, nothing_ticked(form)).await;
    }
    // Nothing is given away before each has its number: half a batch is what nobody finds again.
    let bare = |pick: &&Pick| form.text(&format!("so.{}", pick.id)).is_none();
    let mut wrong = form.clone();
    for pick in picked.iter().filter(bare) {
        let (vi, en) =
            ("Xin ghi số hiệu bưu gửi, hoặc bỏ chọn hồ sơ này.", "Give the tracking number, or untick this dossier.");
        wrong.wrong(FieldError::missing(format!("so.{}", pick.id), vi, en));
    }
    for pick in &picked {
        wrong.at_most(&format!("so.{}", pick.id), LONGEST_TRACKING);
    }
    if !wrong.is_good() {
        return again(app, me, wrong).await;
    }
    let orders: Vec<_> = picked.iter().map(send).collect();
    let key = form.key(app);
    let told = bulk::run(app, me, orders, &key).await;
    let posted = told.iter().filter(|(_, refused)| refused.is_none()).map(|(id, _)| id.raw()).collect();
    // A list that could not be made now is made later: what is on none stands on the page of the lists.
    let list = make(app, me, centre, Which::These(posted), format!("{key}-bang-ke")).await?;
    bulk::report(app, me, bulk::Kind::Post, told, &list.map(|id| format!("bk={id}")).unwrap_or_default()).await
}

//! `/can-bo/tra-ket-qua/bang-ke`: what this desk gave to the post today, to be signed by both sides (RES-02).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::inbox::{self, lines, midnight},
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{extract::State, response::Response};
use domain::dossier::{Event, ResultBy};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "dossier/return_desk/manifest/page.html")]
struct Page {
    shell: Shell,
    centre: String,
    day: String,
    officer: String,
    parcels: Vec<Parcel>,
}

/// One parcel.
struct Parcel {
    tracking: String,
    code: String,
    request: String,
    to: String,
}

/// More than one desk hands over in a day.
const MOST: i64 = 500;

pub async fn show(State(app): State<App>, me: SignedIn) -> Result<Response, PageError> {
    page(&app, &me).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn) -> Result<Response, AppError> {
    let (officer, since) = (me.who.officer, midnight(app.now()));
    let (rows, events) = app
        .db
        .read(move |q| {
            let rows = inbox::store::done_since(q, officer, since, (i64::MAX, i64::MAX), MOST)?;
            let ids = rows.iter().map(|w| w.id.raw()).collect();
            Ok::<_, AppError>((rows, inbox::store::events_of_all(q, ids)?))
        })
        .await?;
    let mut sent: HashMap<i64, String> = HashMap::new();
    for (id, line) in events.iter().filter(|(_, line)| line.officer == officer && line.at.millis() >= since) {
        if let Ok(Event::HandedOver { how: ResultBy::Post, tracking, .. }) = serde_json::from_str(&line.body) {
            sent.insert(*id, tracking.unwrap_or_default());
        }
    }
    let rows = rows.into_iter().filter(|w| sent.contains_key(&w.id.raw())).collect();
    let parcel = |l: inbox::Line| Parcel {
        tracking: sent.remove(&l.id).unwrap_or_default(),
        code: l.code,
        request: l.request,
        to: l.applicant,
    };
    let parcels = lines(app, me, rows).await?.into_iter().map(parcel).collect();
    let shell = Shell::officer(app, me, Nav::Return, me.reader.lang.t("Bảng kê bưu gửi trả kết quả"));
    let reference = app.reference();
    let centre = me.who.centre.and_then(|c| reference.centre(c)).map(|c| c.name.clone()).unwrap_or_default();
    let day = shell.day(app.now().day());
    Ok(html(&Page { shell, centre, day, officer: me.name.clone(), parcels }))
}

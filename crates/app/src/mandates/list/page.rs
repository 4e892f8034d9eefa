//! `/can-bo/uy-quyen`: representatives who wait until an officer has seen their papers, first come first served.

use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Nav, PageError, Shell, html},
    mandates::store::{self, Kept},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::accounts::Role;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "mandates/list/page.html")]
struct Page {
    shell: Shell,
    rows: Vec<Kept>,
    next: Option<i64>,
}

const MOST: usize = 50;

pub fn may_confirm(me: &SignedIn) -> Result<(), AppError> {
    if me.who.confirms_mandates() { Ok(()) } else { Err(AppError::RightMissing(Role::IntakeOfficer.as_str())) }
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let shown = async {
        may_confirm(&me)?;
        let after = query.get("sau").and_then(|t| t.parse().ok()).unwrap_or(i64::MIN);
        let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
        let mut rows = app.db.read(move |q| Ok::<_, AppError>(store::waiting(q, after, most)?)).await?;
        let next = (rows.len() > MOST).then(|| rows[MOST - 1].id.raw());
        rows.truncate(MOST);
        let shell = Shell::officer(&app, &me, Nav::Mandates, me.reader.lang.t("Đối chiếu người đại diện"));
        Ok::<_, AppError>(html(&Page { shell, rows, next }))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

//! `/can-bo/chua-xu-ly`: the dossiers of the own agency on which nobody has acted since the last working day began
//! (FLW-13; seed 000, Điều 12.2b: progress is updated within each working day).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        clock::working_days_ago,
        inbox::{self, Line, lines},
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::accounts::Role;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/untouched/page.html")]
struct Page {
    shell: Shell,
    count: i64,
    since: String,
    lines: Vec<Line>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

/// Beyond this the count says only that there are more.
const MANY: i64 = 10_000;
const MOST: usize = 50;

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked) -> Result<Response, AppError> {
    if !me.identities.iter().any(|who| who.any(heads)) {
        return Err(AppError::RightMissing("unit_head"));
    }
    let since = working_days_ago(app.now(), &app.reference().calendar, 1);
    let (agency, after) = (me.who.agency, inbox::after(&asked.sau));
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let (mut rows, count) = app
        .db
        .read(move |q| {
            let rows = inbox::store::untouched(q, agency, since.millis(), after, most)?;
            Ok::<_, AppError>((rows, inbox::store::count_untouched(q, agency, since.millis(), MANY)?))
        })
        .await?;
    let next = (rows.len() > MOST).then(|| rows[MOST - 1].after).map(|(at, id)| format!("?sau={at}-{id}"));
    rows.truncate(MOST);
    let shell = Shell::officer(app, me, Nav::Untouched, me.reader.lang.t("Hồ sơ chưa được xử lý"));
    let since = shell.when(since);
    Ok(html(&Page { lines: lines(app, me, rows).await?, shell, count, since, next }))
}

/// To whom the list is shown.
pub fn heads(role: Role) -> bool {
    matches!(role, Role::UnitHead | Role::AgencyLeader)
}

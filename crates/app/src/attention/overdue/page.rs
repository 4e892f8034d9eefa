//! `/cong-khai/qua-han`: dossiers overdue without a reason that the law knows, for everybody (CLK-08, DN 13.3b). Nothing
//! personal: code, procedure, agency, date, cause.

use crate::{
    app::App,
    attention::store,
    error::AppError,
    home::Foot,
    http::{PageError, Reader, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{dossier::Dossier, time::Instant};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "attention/overdue/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    code: String,
    request: String,
    agency: String,
    due: Option<Instant>,
    /// A cause was recorded. Its words may name people, so they stay in the office.
    explained: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

const MOST: usize = 50;

pub async fn show(State(app): State<App>, reader: Reader, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &reader, &asked).await.map_err(|e| PageError::new(&app, &reader, e))
}

async fn page(app: &App, reader: &Reader, asked: &Asked) -> Result<Response, AppError> {
    // Only where the regulation says that they are published.
    if !app.profile.overdue.published {
        return Err(AppError::NotFound);
    }
    let after = asked.sau.split_once('-').and_then(|(due, id)| Some((due.parse().ok()?, id.parse().ok()?)));
    let after: (i64, i64) = after.unwrap_or((i64::MIN, 0));
    let (now, most) = (app.now(), i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1);
    let mut rows = app.db.read(move |q| store::overdue(q, now, after, most).map_err(AppError::from)).await?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let next = rows.last().filter(|_| more).map(|(due, id, _)| format!("?sau={due}-{id}"));
    let unjustified = rows.into_iter().map(|(.., d)| d).filter(|d| !d.overdue_cause().is_some_and(|o| o.justified));
    let lines = unjustified.map(|d| line(app, &d)).collect();
    let shell = Shell::public(app, reader, reader.lang.t("Hồ sơ quá hạn không có lý do"));
    Ok(html(&Page { shell, foot: Foot::of(app), lines, next }))
}

fn line(app: &App, d: &Dossier) -> Line {
    let reference = app.reference();
    let name = reference.procedure(&d.intake.procedure_code).map(|p| p.name.clone());
    Line {
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        request: name.unwrap_or_else(|| d.intake.procedure_code.clone()),
        agency: reference.agency_name(d.intake.agency).to_owned(),
        due: d.due_at,
        explained: d.overdue_cause().is_some(),
    }
}

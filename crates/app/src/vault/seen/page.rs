//! `/cong-dan/kho/ai-da-xem`: who looked into the citizen's store or asked a register about them, and what for (STO-02).

use crate::{
    app::App,
    error::AppError,
    home::Foot,
    http::{PageError, Shell, html},
    vault::{
        holder::Holder,
        looks,
        store::looks::{self as store, Line},
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::{accounts::Who, time::Instant, vault::Look};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "vault/seen/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    looks: Vec<Seen>,
    older: Option<i64>,
    kept_days: u32,
}

/// A look as the person reads it: which agency, never which officer.
pub struct Seen {
    pub who: String,
    pub way: &'static str,
    pub paper: Option<String>,
    pub purpose: String,
    pub at: Instant,
    pub times: u32,
}

const PAGE: usize = 50;

/// The looks at this person, newest first.
pub async fn of(app: &App, holder: &Holder, before: i64, most: i64) -> Result<Vec<(i64, Seen)>, AppError> {
    let subject = looks::subject(app, &holder.number);
    let lines = app.db.read(move |q| Ok::<_, AppError>(store::at_person(q, &subject, before, most)?)).await?;
    let (reference, lang) = (app.reference(), holder.me.reader.lang);
    let seen = |line: Line| {
        let who = match line.way {
            Some(Look::Shared) => lang.t("Người có liên kết").to_owned(),
            Some(Look::OnBehalf) => lang.t("Người được giao làm thay").to_owned(),
            _ if line.officer == Who::CITIZEN => lang.t("Chính ông/bà").to_owned(),
            _ => reference.agency_name(line.agency).to_owned(),
        };
        let way = line.way.map_or("", |way| lang.pick(way.words()));
        (line.id, Seen { who, way, paper: line.paper, purpose: line.purpose, at: line.last_at, times: line.times })
    };
    Ok(lines.into_iter().map(seen).collect())
}

pub async fn show(
    State(app): State<App>,
    holder: Holder,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1;
    let mut lines = of(&app, &holder, before, most).await.map_err(|e| PageError::new(&app, &holder.me.reader, e))?;
    let older = (lines.len() > PAGE).then(|| lines[PAGE - 1].0);
    lines.truncate(PAGE);
    Ok(html(&Page {
        shell: Shell::public(&app, &holder.me.reader, holder.me.reader.lang.t("Ai đã xem")),
        foot: Foot::of(&app),
        looks: lines.into_iter().map(|(_, seen)| seen).collect(),
        older,
        kept_days: app.config.privacy.keep_reads_days,
    }))
}

//! `/can-bo/nhat-ky-kho`: which officer looked into stores or asked the registers, and what for; for those who supervise (ADM-02).

use crate::{
    accounts::SignedIn,
    app::App,
    error::AppError,
    http::{Nav, PageError, Shell, html},
    reference::Reference,
    vault::store::looks::{self as store, Line},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use domain::accounts::{Role, Who};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Template)]
#[template(path = "vault/looked/page.html")]
struct Page {
    shell: Shell,
    reference: Arc<Reference>,
    lines: Vec<Line>,
    older: Option<i64>,
}

const MOST: usize = 50;

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    list(&app, &me, &query).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn list(app: &App, me: &SignedIn, query: &BTreeMap<String, String>) -> Result<Response, AppError> {
    let of = me.who.reads_looks_of().ok_or(AppError::RightMissing(Role::Supervisor.as_str()))?;
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let most = i64::try_from(MOST).unwrap_or(i64::MAX - 1) + 1;
    let mut lines = app.db.read(move |q| Ok::<_, AppError>(store::by_officers(q, of, before, most)?)).await?;
    let older = (lines.len() > MOST).then(|| lines[MOST - 1].id);
    lines.truncate(MOST);
    let shell = Shell::officer(app, me, Nav::Reads, me.reader.lang.t("Nhật ký xem kho và tra cứu"));
    Ok(html(&Page { shell, reference: app.reference(), lines, older }))
}

impl Page {
    fn way(&self, line: &Line) -> &'static str {
        line.way.map_or("", |way| self.shell.lang.pick(way.words()))
    }
    fn officer(&self, line: &Line) -> &str {
        match line.way {
            Some(domain::vault::Look::Shared) => self.shell.lang.t("Người có liên kết"),
            _ if line.officer == Who::CITIZEN => self.shell.lang.t("Người dân tự tra cứu"),
            _ => self.reference.officer_name(line.officer),
        }
    }
    fn agency(&self, line: &Line) -> &str {
        self.reference.agency_name(line.agency)
    }
}

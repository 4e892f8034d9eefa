//! `/can-bo/doanh-nghiep/{source}`: one enterprise as the register believes it, and every dossier that says so. That it was opened is
//! written down first, as of a person's store: a household's number is its owner's.

use crate::{
    accounts::SignedIn,
    app::App,
    enterprises::{
        list::page::may_read,
        store::{self, Source},
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
    reference::Reference,
    vault,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    accounts::Who,
    dossier::Dossier,
    id::Id,
    vault::{Look, Purpose},
};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "enterprises/one/page.html")]
struct Page {
    shell: Shell,
    reference: Arc<Reference>,
    /// What is believed.
    now: Source,
    /// From where, the latest first.
    sources: Vec<Source>,
}

/// Dossiers of one enterprise on the page; the latest.
const MOST: i64 = 200;

/// What was said of the enterprise that this dossier told of, once it is written down who looked. The first is what is believed.
pub async fn load(app: &App, who: &Who, source: &str) -> Result<(Source, Vec<Source>), AppError> {
    let id: Id<Dossier> = source.parse().map_err(|_| AppError::NotFound)?;
    let sources = app.db.read(move |q| Ok::<_, AppError>(store::of_same(q, id, MOST)?)).await?;
    let now = sources.first().cloned().ok_or(AppError::NotFound)?;
    let purpose = Purpose::of_work("Xem cơ sở dữ liệu doanh nghiệp, hộ kinh doanh");
    vault::note(app, who, &now.number, &[None], Look::Register, purpose.as_str()).await?;
    Ok((now, sources))
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(source): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        may_read(&me)?;
        let (now, sources) = load(&app, &me.who, &source).await?;
        let shell = Shell::officer(&app, &me, Nav::Enterprises, &now.name);
        Ok::<_, AppError>(html(&Page { shell, reference: app.reference(), now, sources }))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

impl Page {
    fn procedure(&self, source: &Source) -> String {
        self.reference.procedure(&source.procedure).map_or_else(|| source.procedure.clone(), |p| p.name.clone())
    }
    /// What this dossier says otherwise than the register believes.
    fn differs(&self, source: &Source) -> Vec<String> {
        let all = [(&source.name, &self.now.name), (&source.address, &self.now.address)];
        let other = all.into_iter().filter(|(then, now)| then != now && !then.is_empty());
        other.map(|(then, _)| then.clone()).collect()
    }
}

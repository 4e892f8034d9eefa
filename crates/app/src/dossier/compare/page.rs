//! `GET /can-bo/ho-so/{key}/so-sanh`: two files of a dossier side by side, such as the old certificate and the new form.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        files,
        store::{self, FileRow},
        subject::Subject,
    },
    error::AppError,
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "dossier/compare/page.html")]
struct Page {
    shell: Shell,
    subject: Subject,
    files: Vec<Shown>,
    /// What is shown left and right, as places in `files`.
    sides: Vec<Side>,
}

/// A file with the paper it belongs to.
struct Shown {
    file: FileRow,
    paper: String,
}

/// One of the two places.
struct Side {
    name: &'static str,
    label: &'static str,
    at: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    trai: String,
    phai: String,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    page(&app, &me, &key, &asked).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, key: &str, asked: &Asked) -> Result<Response, AppError> {
    let subject = Subject::load(app, me, key).await?;
    let id = subject.id;
    let found = app.db.read(move |q| Ok::<_, AppError>(store::files(q, id)?)).await?;
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Xem tệp cạnh nhau"));
    let papers = subject.papers();
    let paper_of = |place: &str| {
        let paper = papers.iter().find(|p| p.id == place).map(|p| p.name.clone());
        let other = if place == "result" { shell.lang.t("Kết quả") } else { shell.lang.t("Tệp khác") };
        paper.unwrap_or_else(|| other.to_owned())
    };
    let found = found.into_iter().filter(|(place, _)| place != files::SIGNATURE);
    let files: Vec<Shown> = found.map(|(place, file)| Shown { paper: paper_of(&place), file }).collect();
    let place_of = |hash: &str, other: usize| {
        let asked = files.iter().position(|f| f.file.sha256 == hash);
        asked.unwrap_or_else(|| other.min(files.len().saturating_sub(1)))
    };
    let sides = vec![
        Side { name: "trai", label: "Bên trái", at: place_of(&asked.trai, 0) },
        Side { name: "phai", label: "Bên phải", at: place_of(&asked.phai, 1) },
    ];
    Ok(html(&Page { shell, subject, files, sides }))
}

impl Page {
    fn shown(&self, side: &Side) -> Option<&Shown> {
        self.files.get(side.at)
    }
    fn address(&self, shown: &Shown) -> String {
        format!("{}/tep/{}", self.subject.path(), shown.file.sha256)
    }
}

impl Shown {
    /// A browser shows it in its place.
    fn is_picture(&self) -> bool {
        matches!(self.file.kind.as_str(), "jpg" | "jpeg" | "png" | "webp")
    }
    fn is_pdf(&self) -> bool {
        self.file.kind == "pdf"
    }
}

//! `/kho/{link}`: one paper for whoever has the link that its owner gave, until it ends. Each opening is written down for the owner.

use crate::{
    app::App,
    dossier::{files::hand_over, store::FileRow},
    error::AppError,
    home::Foot,
    http::{PageError, Reader, Shell, html},
    vault::{
        looks, seals,
        store::{self, Paper, shares},
        words::{self, File},
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{accounts::Who, id::Id, time::Instant, vault::Look};

#[derive(Template)]
#[template(path = "vault/shared/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    link: String,
    facts: Vec<(&'static str, String)>,
    standing: (&'static str, String),
    files: Vec<File>,
    seal: Option<seals::Said>,
    note: String,
    until: Instant,
}

impl Page {
    /// Under which its files are found.
    fn address(&self) -> String {
        format!("/kho/{}", self.link)
    }
}

/// The last part of a link's address: its id, proved by our secret, so that nobody guesses one.
pub fn address(app: &App, id: i64) -> String {
    let mac = app.secret.derive("vault-share").mac(&[id.to_string().as_bytes()]);
    format!("{id}-{}", domain::hex(&mac))
}

struct Opened {
    paper: Paper,
    files: Vec<FileRow>,
    note: String,
    until: i64,
}

async fn open(app: &App, link: &str) -> Result<Opened, AppError> {
    let (id, mac) = link.split_once('-').ok_or(AppError::NotFound)?;
    let mac = hex::decode(mac).map_err(|_| AppError::NotFound)?;
    if !app.secret.derive("vault-share").verifies(&[id.as_bytes()], &mac) {
        return Err(AppError::NotFound);
    }
    let (id, now): (i64, i64) = (id.parse().map_err(|_| AppError::NotFound)?, app.machine.now());
    let read = move |q: &mut platform::db::Reader| {
        let (paper, note, until) = shares::opened(q, id, now)?.ok_or(AppError::NotFound)?;
        let files = store::files(q, vec![paper.raw()])?.into_iter().map(|(_, f)| f).collect();
        let paper = store::by_id(q, paper)?.ok_or(AppError::NotFound)?;
        Ok::<_, AppError>(Opened { paper, files, note, until })
    };
    let opened = app.db.read(read).await?;
    let who = Who::citizen(Id::new(0));
    looks::note(app, &who, &opened.paper.owner, &[Some(opened.paper.id)], Look::Shared, &opened.note).await?;
    Ok(opened)
}

pub async fn show(State(app): State<App>, reader: Reader, Path(link): Path<String>) -> Result<Response, PageError> {
    let opened = open(&app, &link).await.map_err(|e| PageError::new(&app, &reader, e))?;
    let lang = reader.lang;
    Ok(html(&Page {
        shell: Shell::public(&app, &reader, &opened.paper.described.name),
        foot: Foot::of(&app),
        facts: words::facts(&app, &opened.paper, lang),
        standing: words::standing(&opened.paper, app.now().day(), lang),
        files: opened.files.iter().map(|f| File::of(f, lang)).collect(),
        seal: seals::said(&app, &opened.paper, &opened.files, lang),
        note: opened.note,
        until: Instant::from_millis(opened.until),
        link,
    }))
}

/// `GET /kho/{link}/tep/{sha256}`
pub async fn file(
    State(app): State<App>,
    reader: Reader,
    Path((link, sha256)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let opened = async {
        let opened = open(&app, &link).await?;
        let file = opened.files.into_iter().find(|f| f.sha256 == sha256).ok_or(AppError::NotFound)?;
        hand_over(&app, &file).await
    };
    opened.await.map_err(|e| PageError::new(&app, &reader, e))
}

//! `/cong-dan/kho/{paper}`: one paper with all that is known of it, its files, the consent to use it again, and its links.

use crate::{
    app::App,
    dossier::store::FileRow,
    error::AppError,
    home::Foot,
    http::{Form, PageError, Shell, hidden_key, html},
    vault::{
        holder::Holder,
        seals, shared,
        store::{self, Paper, shares},
        words::{self, File},
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::{id::Id, time::Instant, vault::VaultPaper};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "vault/paper/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    id: Id<VaultPaper>,
    facts: Vec<(&'static str, String)>,
    standing: (&'static str, String),
    files: Vec<File>,
    consented: bool,
    is_own: bool,
    seal: Option<seals::Said>,
    links: Vec<Link>,
    days: [u16; 3],
}

impl Page {
    /// Under which its files are found.
    fn address(&self) -> String {
        format!("/cong-dan/kho/{}", self.id)
    }
}

/// A link that is still open.
struct Link {
    id: i64,
    note: String,
    until: Instant,
    address: String,
}

/// Days for which a link may be given.
pub const DAYS: [u16; 3] = [1, 7, 30];
/// Open links to one paper; more than anybody gives.
const MOST_LINKS: i64 = 50;

/// The holder's paper with its files; that of another is not there.
pub async fn find(app: &App, holder: &Holder, id: &str) -> Result<(Paper, Vec<FileRow>), AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let owner = holder.number.clone();
    app.db
        .read(move |q| {
            let paper = store::of_owner(q, &owner, id)?.ok_or(AppError::NotFound)?;
            let files = store::files(q, vec![id.raw()])?.into_iter().map(|(_, f)| f).collect();
            Ok((paper, files))
        })
        .await
}

pub async fn show(
    State(app): State<App>,
    holder: Holder,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let saved = query.contains_key("da-luu");
    page(&app, &holder, &id, Form::default(), saved).await.map_err(|e| PageError::new(&app, &holder.me.reader, e))
}

pub async fn page(app: &App, holder: &Holder, id: &str, form: Form, saved: bool) -> Result<Response, AppError> {
    let (paper, files) = find(app, holder, id).await?;
    let (id, now) = (paper.id, app.machine.now());
    let open = app.db.read(move |q| Ok::<_, AppError>(shares::open(q, id, now, MOST_LINKS)?)).await?;
    let lang = holder.me.reader.lang;
    let link = |s: shares::Share| Link {
        id: s.id,
        note: s.note,
        until: Instant::from_millis(s.until),
        address: format!("{}/kho/{}", app.public_url(), shared::page::address(app, s.id)),
    };
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let base = Form::default().with("once", hidden_key(app)).with("ngay", "7");
    let flash = saved.then(|| lang.t("Đã lưu.").to_owned());
    let shown = html(&Page {
        shell: Shell::public(app, &holder.me.reader, &paper.described.name).with_flash(flash),
        foot: Foot::of(app),
        facts: words::facts(app, &paper, lang),
        standing: words::standing(&paper, app.now().day(), lang),
        files: files.iter().map(|f| File::of(f, lang)).collect(),
        consented: paper.consented,
        seal: seals::said(app, &paper, &files, lang),
        is_own: paper.source.dossier.is_none(),
        links: open.into_iter().map(link).collect(),
        days: DAYS,
        form: form.over(base),
        id,
    });
    Ok((status, shown).into_response())
}

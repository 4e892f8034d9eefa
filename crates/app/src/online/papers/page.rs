//! `/ban-nhap/{id}/giay-to`: a file for each paper. What has come lies on the server and is listed by name, pages and size, so that
//! nobody wonders whether it arrived; what was sent with an earlier dossier is offered and not asked for again (INT-14).

use crate::{
    app::App,
    dossier::{
        files::{self, size_text},
        store::FileRow,
    },
    error::AppError,
    http::{Form, PageError, Shell, html},
    online::{
        self, Citizen,
        draft::{Draft, Found, Frame, Step},
        photos,
        question::sent_already,
        store,
        upload::{self, Unfinished},
    },
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::catalogue::Component;

#[derive(Template)]
#[template(path = "online/papers/page.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    max_bytes: u64,
    most: String,
}

/// A paper with what lies here for it.
struct Row {
    paper: Component,
    files: Vec<Lying>,
    /// Sent with an earlier dossier, for the same paper.
    before: Vec<Lying>,
    /// Whose sending broke off.
    unfinished: Vec<Unfinished>,
    /// The name of its file field.
    field: String,
    /// The e-form stands for it.
    by_form: bool,
}

struct Lying {
    sha256: String,
    name: String,
    pages: Option<i64>,
    size: String,
}

impl From<&FileRow> for Lying {
    fn from(f: &FileRow) -> Self {
        Self { sha256: f.sha256.clone(), name: f.name.clone(), pages: f.pages, size: size_text(f.size) }
    }
}

/// Files of one draft: more than any honest dossier has.
const MOST_FILES: usize = 100;
/// Looked at when offering what was sent before.
const MOST_BEFORE: i64 = 200;

pub async fn show(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let Found::Open(draft) = Draft::load(&app, &me, &id).await? else { return Ok(sent_already()) };
        page(&app, &me, &draft, Form::default()).await
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Result<Response, AppError> {
    let contact = me.key.clone();
    let before = app.db.read(move |q| Ok::<_, AppError>(store::sent_before(q, &contact, MOST_BEFORE)?)).await?;
    let mut unfinished = upload::unfinished(app, &me.key, draft.id).await?;
    let row = |paper: &Component| {
        let here = draft.files_for(&paper.id);
        let fresh = |f: &&FileRow| !here.iter().any(|h| h.sha256 == f.sha256);
        let earlier = before.iter().filter(|(place, _)| *place == paper.id).map(|(_, f)| f).filter(fresh);
        Row {
            field: format!("tep.{}", paper.id),
            by_form: draft.is_by_form(app, paper),
            before: earlier.take(3).map(Lying::from).collect(),
            files: here.iter().map(|f| Lying::from(*f)).collect(),
            unfinished: unfinished.extract_if(.., |u| u.place == paper.id).collect(),
            paper: paper.clone(),
        }
    };
    let lang = me.reader.lang;
    let max_bytes = app.config.uploads.max_bytes;
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = html(&Page {
        shell: Shell::public(app, &me.reader, lang.t("Giấy tờ kèm theo")),
        frame: Frame::of(app, draft, Step::Papers, lang),
        rows: draft.papers().into_iter().map(row).collect(),
        max_bytes,
        most: size_text(i64::try_from(max_bytes).unwrap_or(i64::MAX)),
        form,
    });
    Ok((status, page).into_response())
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    save(&app, &me, &id, parts).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn save(app: &App, me: &Citizen, id: &str, parts: Multipart) -> Result<Response, AppError> {
    let Found::Open(draft) = Draft::load(app, me, id).await? else { return Ok(sent_already()) };
    let sent = files::read(app, &online::sender(app, None), parts).await?;
    let (mut change, mut form, who) = (Change::default(), sent.form.clone(), online::sender(app, None));
    for paper in draft.papers() {
        let came = photos::came(app, me, draft.id, &paper.id, &sent).await?;
        let apart = form.is("rieng", &paper.id);
        let (files, wrong) = photos::gather(app, &who, &format!("tep.{}", paper.id), came, apart).await;
        photos::note(&mut form, wrong)?;
        change.add.extend(files.into_iter().map(|f| (paper.id.clone(), f)));
        change.again.extend(picked(&sent.form, "lai", &paper.id));
        change.take_off.extend(picked(&sent.form, "bo", &paper.id));
    }
    change.add.truncate(MOST_FILES.saturating_sub(draft.files.len()));
    write(app, me, &draft, change).await?;
    let Found::Open(draft) = Draft::load(app, me, id).await? else { return Ok(sent_already()) };
    if !form.is_good() {
        return page(app, me, &draft, form).await;
    }
    // Whoever asks to go on goes on: what is missing is said on the last page, where it keeps the dossier from being sent.
    let to = if form.value("act") == "next" { draft.next(app, Step::Papers) } else { Step::Papers };
    Ok(Redirect::to(&draft.href(to)).into_response())
}

/// `{paper}:{sha256}` of the ticked boxes of this paper.
fn picked(form: &Form, name: &str, paper: &str) -> Vec<(String, String)> {
    let of = |value: &String| {
        let (place, sha256) = value.rsplit_once(':')?;
        (place == paper).then(|| (place.to_owned(), sha256.to_owned()))
    };
    form.all(name).iter().filter_map(of).take(MOST_FILES).collect()
}

/// What a form changes about the files of a draft: paper and file, or paper and hash.
#[derive(Default)]
struct Change {
    add: Vec<(String, FileRow)>,
    again: Vec<(String, String)>,
    take_off: Vec<(String, String)>,
}

async fn write(app: &App, me: &Citizen, draft: &Draft, change: Change) -> Result<(), AppError> {
    let (id, contact) = (draft.id, me.key.clone());
    app.db
        .unit(move |unit| {
            for (place, file) in &change.add {
                store::put_file(unit, id, place, file)?;
            }
            // Only what this contact itself sent before: a hash that somebody types is not among it.
            let before =
                if change.again.is_empty() { Vec::new() } else { store::sent_before(unit, &contact, MOST_BEFORE)? };
            for (place, sha256) in &change.again {
                if let Some((_, file)) = before.iter().find(|(p, f)| p == place && f.sha256 == *sha256) {
                    store::put_file(unit, id, place, file)?;
                }
            }
            for (place, sha256) in &change.take_off {
                store::drop_file(unit, id, place, sha256)?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

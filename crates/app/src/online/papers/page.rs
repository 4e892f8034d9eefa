//! `/ban-nhap/{id}/giay-to`: a file for each paper. What has come lies on the server and is listed by name, pages and size, so that
//! nobody wonders whether it arrived; what was sent with an earlier dossier is offered and not asked for again (INT-14).

use crate::{
    app::App,
    dossier::{
        files::{self, limit_text, size_text},
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
    vault::{self, Offers},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{catalogue::Component, time::day_text};
use jiff::civil::Date;
use platform::db::Query;

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
    /// Lies in the citizen's store and is still good, with what is said of it.
    stored: Vec<(Lying, String)>,
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
    let (me_, wanted, day) = (me.clone(), owned(draft), app.now().day());
    let again = app.db.read(move |q| Again::read(q, &me_, &wanted, day)).await?;
    let mut unfinished = upload::unfinished(app, &me.key, draft.id).await?;
    let row = |paper: &Component| {
        let here = draft.files_for(&paper.id);
        let fresh = |f: &&FileRow| !here.iter().any(|h| h.sha256 == f.sha256);
        let stored: Vec<_> = again.stored.good.iter().filter(|o| o.component == paper.id && fresh(&&o.file)).collect();
        let earlier = again.before.iter().filter(|(place, _)| *place == paper.id).map(|(_, f)| f).filter(fresh);
        let earlier = earlier.filter(|f| stored.iter().all(|o| o.file.sha256 != f.sha256));
        Row {
            field: format!("tep.{}", paper.id),
            by_form: draft.is_by_form(app, paper),
            before: earlier.take(3).map(Lying::from).collect(),
            stored: stored.iter().take(3).map(|o| (Lying::from(&o.file), about(o, me))).collect(),
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
        most: limit_text(max_bytes),
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
        for file in files {
            if draft.files.len() + change.add.len() < MOST_FILES {
                change.add.push((paper.id.clone(), file));
            } else {
                form.wrong(files::one_too_many(&format!("tep.{}", paper.id), &file.name, MOST_FILES));
            }
        }
        change.again.extend(picked(&sent.form, "lai", &paper.id));
        change.take_off.extend(picked(&sent.form, "bo", &paper.id));
    }
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

/// The papers of the draft, as they go into a unit.
fn owned(draft: &Draft) -> Vec<Component> {
    draft.papers().into_iter().cloned().collect()
}

/// What need not be sent again: what this contact sent before, and what lies in the store of who proved their number.
struct Again {
    before: Vec<(String, FileRow)>,
    stored: Offers,
}

impl Again {
    fn read(q: &mut impl Query, me: &Citizen, wanted: &[Component], day: Date) -> Result<Self, AppError> {
        let stored = match me.proof().identity {
            Some(number) => vault::offers(q, &number, wanted, day)?,
            None => Offers::default(),
        };
        let mut before = store::sent_before(q, &me.key, MOST_BEFORE)?;
        // A paper that has ended, or that its owner keeps back, comes from nowhere.
        before.retain(|(_, file)| !stored.unfit.contains(&file.sha256));
        Ok(Self { before, stored })
    }
    fn find(&self, paper: &str, sha256: &str) -> Option<&FileRow> {
        let stored = self.stored.good.iter().map(|o| (&o.component, &o.file));
        let mut all = stored.chain(self.before.iter().map(|(place, file)| (place, file)));
        all.find(|(place, file)| *place == paper && file.sha256 == sha256).map(|(_, file)| file)
    }
}

/// From which dossier a stored paper came, and until when it is good.
fn about(offer: &vault::Offer, me: &Citizen) -> String {
    let lang = me.reader.lang;
    let until = offer.until.map(|day| lang.f1("Còn hiệu lực đến {}", day_text(day)));
    offer.code.clone().into_iter().chain(until).collect::<Vec<_>>().join(" · ")
}

/// What a form changes about the files of a draft: paper and file, or paper and hash.
#[derive(Default)]
struct Change {
    add: Vec<(String, FileRow)>,
    again: Vec<(String, String)>,
    take_off: Vec<(String, String)>,
}

async fn write(app: &App, me: &Citizen, draft: &Draft, change: Change) -> Result<(), AppError> {
    let (id, me, wanted, day) = (draft.id, me.clone(), owned(draft), app.now().day());
    app.db
        .unit(move |unit| {
            for (place, file) in &change.add {
                store::put_file(unit, id, place, file)?;
            }
            // Only what this contact itself sent before or has in its store: a hash that somebody types is not among it.
            if !change.again.is_empty() {
                let again = Again::read(unit, &me, &wanted, day)?;
                for (place, sha256) in &change.again {
                    if let Some(file) = again.find(place, sha256) {
                        store::put_file(unit, id, place, file)?;
                    }
                }
            }
            for (place, sha256) in &change.take_off {
                store::drop_file(unit, id, place, sha256)?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

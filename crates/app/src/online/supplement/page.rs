//! `/bo-sung/{code}`: what was asked for, all of it on one page, each with its reason; a file for each, sent once (INT-04, INT-07).

use crate::{
    app::App,
    dossier::{
        self, Order, Target,
        files::{self, size_text},
        store::{FileRow, Kept, Key},
    },
    error::{AppError, FieldError, answered},
    home::Foot,
    http::{Form, PageError, Shell, encode, hidden_key, html, once},
    mandates,
    online::{self, Citizen, photos, store},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    dossier::{Command, Dossier, ItemAnswer, OpenRequest, ReceivedComponent, RequestItem},
    time::{Instant, day_text},
};
use platform::db::Answer;

#[derive(Template)]
#[template(path = "online/supplement/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    code: String,
    until: String,
    reason: Option<String>,
    items: Vec<Item>,
    max_bytes: u64,
}

/// One thing that was asked for.
struct Item {
    /// The name of its file field.
    field: String,
    /// The name of the field of its answer; absent where a paper is asked for (INT-05).
    answer: Option<String>,
    paper: String,
    problem: &'static str,
    note: String,
    /// Files that came with an earlier try: paper and hash, name, size.
    files: Vec<(String, String, String)>,
}

impl Item {
    /// Where its files lie until they are sent.
    fn place(&self) -> &str {
        self.field.trim_start_matches("tep.")
    }
}

/// The citizen's own dossier that waits for something.
struct Waiting {
    kept: Kept,
    request: OpenRequest,
    files: Vec<(String, FileRow)>,
}

async fn find(app: &App, me: &Citizen, code: &str) -> Result<Waiting, AppError> {
    let (proof, code) = (me.proof(), code.to_owned());
    app.db
        .read(move |q| {
            let kept = online::own(q, &proof, &code)?;
            // Waiting for nothing is the same as not there.
            let request = kept.state.request.clone().ok_or(AppError::NotFound)?;
            let files = store::draft_files(q, kept.id.raw())?;
            Ok(Waiting { kept, request, files })
        })
        .await
}

pub async fn show(State(app): State<App>, me: Citizen, Path(code): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let waiting = find(&app, &me, &code).await?;
        let form = Form::default().with("once", hidden_key(&app));
        page(&app, &me, &waiting, form).await
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &Citizen, w: &Waiting, form: Form) -> Result<Response, AppError> {
    let d = &w.kept.state;
    let (app_, intake) = (app.clone(), d.intake.clone());
    let governing = app.db.read(move |q| app_.versions.of(q, &intake)).await?;
    let variant = governing.procedure.variant(d.intake.variant.as_deref().unwrap_or_default());
    let lang = me.reader.lang;
    let items = (1..).zip(&w.request.items).map(|(n, i)| {
        let (id, at) = (i.component.as_deref().unwrap_or_default(), place(n, i));
        let lying = w.files.iter().filter(|(place, _)| *place == at);
        Item {
            paper: variant.and_then(|v| v.component(id)).map_or_else(String::new, |c| c.name.clone()),
            field: format!("tep.{at}"),
            answer: i.component.is_none().then(|| answer_field(n)),
            problem: lang.pick(i.problem.words()),
            note: i.note.clone(),
            files: lying
                .map(|(place, f)| (format!("{place}:{}", f.sha256), f.name.clone(), size_text(f.size)))
                .collect(),
        }
    });
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&Page {
        shell: Shell::public(app, &me.reader, lang.t("Bổ sung hồ sơ")),
        foot: Foot::of(app),
        code: d.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        until: until(d).map(|u| day_text(u.day())).unwrap_or_default(),
        reason: w.request.reason.clone(),
        items: items.collect(),
        max_bytes: app.config.uploads.max_bytes,
        form,
    });
    Ok((status, shown).into_response())
}

/// Where the files of a line lie until they are sent: under its paper, or under its place where it names none.
fn place(n: u32, item: &RequestItem) -> String {
    item.component.clone().unwrap_or_else(|| dossier::answers::draft_place(n))
}

fn answer_field(n: u32) -> String {
    format!("tra-loi.{n}")
}

fn until(d: &Dossier) -> Option<Instant> {
    use domain::dossier::Status;
    match d.status {
        Status::GuidanceRequested { until, .. } | Status::AwaitingSupplement { until, .. } => Some(until),
        _ => None,
    }
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(code): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    take(&app, &me, &code, parts).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn take(app: &App, me: &Citizen, code: &str, parts: Multipart) -> Result<Response, AppError> {
    let to = format!("/tra-cuu/{}", encode(code));
    let waiting = match find(app, me, code).await {
        Ok(waiting) => waiting,
        // A second click: what was asked for is here, and the dossier's page says so.
        Err(AppError::NotFound) => return Ok(Redirect::to(&to).into_response()),
        Err(e) => return Err(e),
    };
    let who = online::sender(app, Some(waiting.kept.state.intake.centre));
    let sent = files::read(app, &who, parts).await?;
    let mut form = sent.form.clone();
    keep(app, me, &waiting, &sent, &mut form).await?;
    let waiting = find(app, me, code).await?;
    let answers = answers(&waiting, &mut form);
    if form.is_good() && form.value("act") != "upload" {
        match supplement(app, me, &waiting, answers, form.key(app)).await {
            Ok(()) => return Ok(Redirect::to(&to).into_response()),
            Err(e) => form.absorb(e)?,
        }
    }
    let once = form.key(app);
    page(app, me, &waiting, form.with("once", once)).await
}

/// What was said to the lines that name no paper; one without words and without a file is told beside its field (INT-05).
fn answers(w: &Waiting, form: &mut Form) -> Vec<ItemAnswer> {
    let mut answers = Vec::new();
    for (item, asked) in w.request.in_words() {
        let (field, at) = (answer_field(item), place(item, asked));
        let files = w.files.iter().filter(|(place, _)| *place == at).map(|(_, f)| f.sha256.clone()).collect();
        let answer = ItemAnswer { item, text: form.value(&field).to_owned(), files };
        if !answer.says_something() && form.value("act") != "upload" {
            let (vi, en) = (
                "Xin trả lời nội dung này, hoặc gửi một tệp trả lời.",
                "Answer this point, or send a file that answers it.",
            );
            form.wrong(FieldError::missing(field, vi, en));
        }
        answers.push(answer);
    }
    answers
}

/// What came stays, also when something else is still missing; what was ticked is taken off.
async fn keep(app: &App, me: &Citizen, w: &Waiting, sent: &files::Sent, form: &mut Form) -> Result<(), AppError> {
    let id = w.kept.id.raw();
    let asked: Vec<String> = (1..).zip(&w.request.items).map(|(n, i)| place(n, i)).collect();
    let mut came = Vec::new();
    let who = online::sender(app, Some(w.kept.state.intake.centre));
    for paper in &asked {
        let all = photos::came(app, me, id, paper, sent).await?;
        let (files, wrong) = photos::gather(app, &who, &format!("tep.{paper}"), all, form.is("rieng", paper)).await;
        photos::note(form, wrong)?;
        came.extend(files.into_iter().map(|f| (paper.clone(), f)));
    }
    let off: Vec<(String, String)> = sent
        .form
        .all("bo")
        .iter()
        .filter_map(|v| v.rsplit_once(':'))
        .map(|(place, sha256)| (place.to_owned(), sha256.to_owned()))
        .collect();
    app.db
        .unit(move |unit| {
            for (place, file) in &came {
                store::put_file(unit, id, place, file)?;
            }
            for (place, sha256) in &off {
                store::drop_file(unit, id, place, sha256)?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

async fn supplement(
    app: &App,
    me: &Citizen,
    w: &Waiting,
    answers: Vec<ItemAnswer>,
    key: String,
) -> Result<(), AppError> {
    let who = online::sender(app, Some(w.kept.state.intake.centre));
    let mut components: Vec<ReceivedComponent> = Vec::new();
    let is_paper = |place: &str| w.request.items.iter().any(|i| i.component.as_deref() == Some(place));
    for (place, file) in w.files.iter().filter(|(place, _)| is_paper(place)) {
        match components.iter_mut().find(|c| c.id == *place) {
            Some(c) => c.files.push(file.sha256.clone()),
            None => {
                let files = vec![file.sha256.clone()];
                components.push(ReceivedComponent { id: place.clone(), files, ..ReceivedComponent::default() });
            }
        }
    }
    let (id, version) = (w.kept.id, w.kept.state.version);
    let command = Command::Supplement { components, answers, received_at: None };
    let order = Order { target: Target::Known { key: Key::Id(id), version }, command };
    let once = once(app, format!("citizen/{}", me.key), key, &format!("supplement {order:?}"));
    let (app_, files, acting) = (app.clone(), w.files.clone(), me.acting.clone());
    let outcome = app
        .db
        .unit_once(once, move |unit| {
            online::vouch_for(unit, &app_, &who, files.iter().map(|(_, file)| file))?;
            dossier::apply(unit, &app_, &who, &order)?;
            store::drop_files(unit, id.raw())?;
            mandates::note(unit, &app_, acting.as_ref(), id, mandates::What::Supplement)?;
            Ok::<_, AppError>(Answer { status: 303, body: String::new() })
        })
        .await?;
    answered(outcome).map(drop)
}

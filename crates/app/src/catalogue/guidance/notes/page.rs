//! `/can-bo/thu-tuc/{procedure}`: a procedure for officers: its processes in force, and what was agreed on unclear points.

use crate::catalogue::guidance::{
    keep,
    store::{self, Note},
};
use crate::{
    accounts::{SignedIn, audit},
    app::App,
    catalogue::process::{Drawing, Position, process_words},
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    settings,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{accounts::Role, id::Id};
use platform::db::{Answer, DbError, Outcome, Unit};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "catalogue/guidance/notes/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    code: String,
    name: String,
    pictures: Vec<Picture>,
    notes: Vec<Shown>,
    agencies: Vec<(String, String)>,
    keeps: bool,
    draws: bool,
    takes_in: bool,
}

struct Picture {
    name: String,
    scope: String,
    svg: String,
}

/// A note as it is read.
struct Shown {
    id: String,
    version: i64,
    question: String,
    answer: String,
    about: String,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let answer = async {
        let form =
            Form::default().with("once", hidden_key(&app)).with("agreed_on", domain::time::day_text(app.now().day()));
        let editing = query.get("sua").and_then(|id| id.parse().ok());
        let form = editing.and_then(|id| note(&app, &code, id)).map_or(form.clone(), |n| filled(&app, form, &n));
        let flash = query.get("xong").map(|_| me.reader.lang.t("Đã lưu thay đổi.").to_owned());
        page(&app, &me, &code, form, flash).await
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

fn note(app: &App, code: &str, id: Id<Note>) -> Option<Note> {
    app.reference().guidance_of(code).iter().find(|n| n.id == id).cloned()
}

fn filled(app: &App, form: Form, n: &Note) -> Form {
    let agency = n.agency.and_then(|a| app.reference().agency(a).map(|a| a.identifier.clone()));
    form.with("note", n.id.to_string())
        .with("version", n.version.to_string())
        .with("question", n.question.as_str())
        .with("answer", n.answer.as_str())
        .with("agency", agency.unwrap_or_default())
        .with("agreed_on", domain::time::day_text(n.agreed_on))
}

async fn page(app: &App, me: &SignedIn, code: &str, form: Form, flash: Option<String>) -> Result<Response, AppError> {
    let reference = app.reference();
    let listed = reference.procedure(code).cloned().ok_or(AppError::NotFound)?;
    let published = reference.processes_of(code).to_vec();
    let (app_, lang) = (app.clone(), me.reader.lang);
    let pictures = app
        .db
        .read(move |q| {
            let reference = app_.reference();
            let governing = app_.versions.get(q, listed.version)?;
            let procedure = Some(&governing.procedure);
            let draw = |n: usize, process: &domain::catalogue::Process, name: &str| {
                let title = lang.f1("Sơ đồ quy trình {}", name);
                Drawing::of(format!("p{n}"), process, &Position::Plain, procedure, &reference, lang, title).svg()
            };
            let mut pictures = Vec::new();
            for (n, p) in published.iter().enumerate() {
                let Some(process) = crate::catalogue::process::store::body(q, p.process)? else { continue };
                let scope = process_words::scope(&p.scope, procedure, &reference, lang);
                pictures.push(Picture { svg: draw(n + 1, &process, &p.name), name: p.name.clone(), scope });
            }
            let name = lang.t("Quy trình mặc định").to_owned();
            let scope = lang.t("Hồ sơ không thuộc quy trình riêng nào").to_owned();
            pictures.push(Picture { svg: draw(0, &governing.process, &name), name, scope });
            Ok::<_, AppError>(pictures)
        })
        .await?;
    let shell = Shell::officer(app, me, Nav::None, &listed.name).with_flash(flash);
    let notes = reference.guidance_of(code).iter().map(|n| shown(n, app, &shell)).collect();
    let active = reference.agencies.iter().filter(|a| a.active);
    let agencies = active.map(|a| (a.identifier.clone(), a.name.clone())).collect();
    Ok(html(&Page {
        code: code.to_owned(),
        name: listed.name,
        pictures,
        notes,
        agencies,
        keeps: me.who.keeps_guidance(),
        draws: me.who.draws_processes(),
        takes_in: me.who.any(Role::takes_in),
        shell,
        form,
    }))
}

fn shown(n: &Note, app: &App, shell: &Shell) -> Shown {
    let reference = app.reference();
    let with = n.agency.map_or_else(
        || shell.lang.t("Trung tâm thống nhất").to_owned(),
        |a| shell.lang.f1("thống nhất với {}", reference.agency_name(a)),
    );
    Shown {
        id: n.id.to_string(),
        version: n.version,
        question: n.question.clone(),
        answer: n.answer.clone(),
        about: format!("{} · {with} · {}", shell.day(n.agreed_on), reference.officer_name(n.officer)),
    }
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &code, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, code: &str, mut form: Form) -> Result<Response, AppError> {
    app.reference().procedure(code).ok_or(AppError::NotFound)?;
    if !me.who.keeps_guidance() {
        return Err(AppError::RightMissing(Role::ProcedureControl.as_str()));
    }
    let status = match act(app, me, code, &mut form).await {
        Ok(true) => return Ok(Redirect::to(&format!("/can-bo/thu-tuc/{code}?xong=luu")).into_response()),
        Ok(false) => StatusCode::UNPROCESSABLE_ENTITY,
        Err(AppError::Stale { .. }) => {
            app.refresh().await?;
            let (vi, en) = (
                "Người khác vừa sửa mục này. Xin xem nội dung mới bên dưới rồi lưu lại nếu vẫn cần.",
                "Somebody else has just changed this note. Read it below, then save again if still needed.",
            );
            form.wrong(FieldError::new("question", "stale", vi, en));
            let now = form.text("note").and_then(|id| id.parse().ok()).and_then(|id| note(app, code, id));
            form = form.with("version", now.map_or(0, |n| n.version).to_string()).with("once", hidden_key(app));
            StatusCode::PRECONDITION_FAILED
        }
        Err(e) => {
            form.absorb(e)?;
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok((status, page(app, me, code, form, None).await?).into_response())
}

async fn act(app: &App, me: &SignedIn, code: &str, form: &mut Form) -> Result<bool, AppError> {
    let known = form.text("note").and_then(|id| id.parse().ok()).and_then(|id| note(app, code, id));
    let version: i64 = form.value("version").parse().unwrap_or(0);
    if form.value("act") == "withdraw" {
        let note = known.ok_or(AppError::NotFound)?;
        let now = app.now();
        write(app, me, form, move |unit, app, who| {
            store::withdraw(unit, note.id, version, now).map_err(stale)?;
            audit(unit, app, Some(who), "guidance.withdraw", &note.code, &note.question)?;
            Ok(settings::bump_reference(unit)?)
        })
        .await?;
        return Ok(true);
    }
    let Some(typed) = typed(app, me, code, form, known.as_ref().map(|n| n.id))? else { return Ok(false) };
    let is_new = known.is_none();
    write(app, me, form, move |unit, app, who| {
        if is_new {
            return keep(unit, app, who, &typed);
        }
        store::update(unit, &Note { version, ..typed.clone() }).map_err(stale)?;
        audit(unit, app, Some(who), "guidance.change", &typed.code, &typed.question)?;
        Ok(settings::bump_reference(unit)?)
    })
    .await?;
    Ok(true)
}

fn stale(e: DbError) -> AppError {
    match e {
        DbError::Stale => AppError::Stale { current: 0, changed: Vec::new() },
        other => other.into(),
    }
}

fn typed(
    app: &App,
    me: &SignedIn,
    code: &str,
    form: &mut Form,
    id: Option<Id<Note>>,
) -> Result<Option<Note>, AppError> {
    let question = form.required("question", "Xin ghi điểm chưa rõ.", "State what was unclear.");
    let answer = form.required("answer", "Xin ghi nội dung đã thống nhất.", "State what was agreed.");
    form.required("agreed_on", "Xin ghi ngày thống nhất.", "Enter the day of the agreement.");
    let day = form.parse("agreed_on", crate::catalogue::process::day, |()| {
        ("Ngày không đúng, ví dụ 06/10/2025.".into(), "Not a day such as 06/10/2025.".into())
    });
    if day.is_some_and(|d| d > app.now().day()) {
        let (vi, en) = ("Ngày thống nhất không được sau hôm nay.", "The agreement cannot be later than today.");
        form.wrong(FieldError::new("agreed_on", "later", vi, en));
    }
    let agency = form.text("agency").map(str::to_owned);
    let found = agency.as_deref().and_then(|a| app.reference().agency_by_identifier(a).map(|a| a.id));
    if agency.is_some() && found.is_none() {
        form.wrong(FieldError::new("agency", "unknown", "Không có cơ quan này.", "There is no such agency."));
    }
    let Some(agreed_on) = day.filter(|_| form.is_good()) else { return Ok(None) };
    Ok(Some(Note {
        id: id.map_or_else(|| app.id(), Ok)?,
        code: code.to_owned(),
        question,
        answer,
        agency: found,
        agreed_on,
        officer: me.who.officer,
        at: app.now(),
        version: 1,
    }))
}

/// One change in one unit, once; then everybody reads the new text.
async fn write(
    app: &App,
    me: &SignedIn,
    form: &Form,
    change: impl Fn(&mut Unit, &App, &domain::accounts::Who) -> Result<(), AppError> + Send + 'static,
) -> Result<(), AppError> {
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("guidance {form:?}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |unit| {
        change(unit, &app_, &who)?;
        Ok(Answer { status: 303, body: String::new() })
    });
    match done.await? {
        Outcome::Fresh(_) | Outcome::Replay(_) => app.refresh().await,
        Outcome::Mismatch => Err(AppError::KeyMismatch),
    }
}

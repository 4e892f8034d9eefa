//! `/can-bo/quan-tri/quy-trinh`: what still has to reach the Centre, every process, and a new one to draw.

use crate::{
    accounts::{SignedIn, audit},
    app::App,
    catalogue::process::{
        checked,
        edit::{self, admitted},
        store::{self, Design},
        succession, words,
    },
    error::{AppError, FieldError, answered},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{catalogue::process::ProcessScope, id::Id, time::Instant};
use platform::db::{Answer, Reader};
use serde::Deserialize;
use std::collections::HashSet;

const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "catalogue/process/list/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    unsent: Vec<Row>,
    rows: Vec<Row>,
    older: Option<String>,
    /// Names every agency's processes, not only the own.
    keeps_all: bool,
    /// How many wait to be carried over to an heir.
    inherited: i64,
}

/// A design as a list shows it.
struct Row {
    href: String,
    code: String,
    number: i64,
    procedure: String,
    name: String,
    scope: String,
    /// Chip: colour, icon, words.
    state: (&'static str, &'static str, &'static str),
    changed: String,
    due: Option<String>,
    is_overdue: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Only those of this procedure.
    #[serde(rename = "thu-tuc")]
    procedure: String,
    truoc: Option<i64>,
    xong: Option<String>,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let form = Form::default().with("procedure", asked.procedure.trim()).with("once", hidden_key(&app));
    page(&app, &me, &asked, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, asked: &Asked, form: Form) -> Result<Response, AppError> {
    admitted(me)?;
    let (who, code, before) = (me.who.clone(), asked.procedure.trim().to_owned(), asked.truoc.unwrap_or(i64::MAX));
    let app_ = app.clone();
    let (unsent, mut found, outrun) = app
        .db
        .read(move |q| {
            let found = match (code.is_empty(), who.publishes_processes()) {
                (false, _) => store::of_code(q, &code)?,
                (true, true) => store::newest(q, before, MOST + 1)?,
                (true, false) => store::newest_of_agency(q, who.agency, before, MOST + 1)?,
            };
            let mine = |designs: Vec<Design>| {
                designs.into_iter().filter(|d| who.draws_process_of(d.scope.agency)).collect::<Vec<_>>()
            };
            let unsent = if who.publishes_processes() {
                store::unsent(q, MOST)?
            } else {
                store::unsent_of(q, who.agency, MOST)?
            };
            let (unsent, found) = (mine(unsent), mine(found));
            let outrun = outrun(q, &app_, &found)?;
            Ok::<_, AppError>((unsent, found, outrun))
        })
        .await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let older = (asked.procedure.is_empty() && found.len() > most).then(|| found[most - 1].id.to_string());
    found.truncate(most);
    let lang = me.reader.lang;
    let flash = asked.xong.as_deref().filter(|x| *x == "bo").map(|_| lang.t("Đã bỏ bản nháp.").to_owned());
    let shell = Shell::officer(app, me, Nav::Processes, lang.t("Quy trình giải quyết")).with_flash(flash);
    let now = app.now();
    let rows = |designs: Vec<Design>| {
        let shown = designs.iter().map(|d| {
            let row = row(app, d, now, &shell);
            if outrun.contains(&d.id) { Row { state: OUTRUN, ..row } } else { row }
        });
        shown.collect::<Vec<_>>()
    };
    let (unsent, rows) = (rows(unsent), rows(found));
    let keeps_all = me.who.publishes_processes();
    let inherited = if keeps_all { succession::waiting(app).await? } else { 0 };
    Ok(html(&Page { shell, form, unsent, rows, older, keeps_all, inherited }))
}

fn row(app: &App, d: &Design, now: Instant, shell: &Shell) -> Row {
    let reference = app.reference();
    let due = d.decision.as_ref().filter(|_| d.owes_sending()).map(|decision| decision.send_due);
    Row {
        href: format!("/can-bo/quan-tri/quy-trinh/{}", d.id),
        code: d.code.clone(),
        number: d.number,
        procedure: reference.procedure(&d.code).map(|p| p.name.clone()).unwrap_or_default(),
        name: d.name.clone(),
        scope: words::scope(&d.scope, None, &reference, shell.lang),
        state: state(d),
        changed: shell.when(d.changed_at),
        due: due.map(|at| shell.when(at)),
        is_overdue: due.is_some_and(|at| now > at),
    }
}

/// The chip of a process that is slower than its procedure's limit now is.
const OUTRUN: (&str, &str, &str) = ("overdue", "warning", "Không còn kịp thời hạn");

/// Which of these are in force and no longer keep the limit; versions of procedures are read once.
fn outrun(q: &mut Reader, app: &App, designs: &[Design]) -> Result<HashSet<Id<Design>>, AppError> {
    let reference = app.reference();
    let mut found = HashSet::new();
    for design in designs.iter().filter(|d| !d.is_draft() && d.ended_at.is_none()) {
        let Some(listed) = reference.procedure(&design.code) else { continue };
        if checked::is_outrun(design, &app.versions.get(q, listed.version)?.procedure) {
            found.insert(design.id);
        }
    }
    Ok(found)
}

/// The chip of a design.
pub fn state(d: &Design) -> (&'static str, &'static str, &'static str) {
    match (d.is_draft(), d.ended_at, &d.decision, d.sent_at) {
        (false, None, ..) => ("done", "done", "Đang áp dụng"),
        (false, Some(_), ..) => ("plain", "history", "Đã hết áp dụng"),
        (true, _, Some(_), Some(_)) => ("running", "inbox", "Chờ Trung tâm công bố"),
        (true, _, Some(_), None) => ("near", "send", "Chờ gửi Trung tâm"),
        (true, ..) => ("plain", "edit", "Bản nháp"),
    }
}

/// `POST`: begins a draft from the process in force.
pub async fn draw(State(app): State<App>, me: SignedIn, Typed(form): Typed) -> Result<Response, PageError> {
    drawn(&app, &me, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn drawn(app: &App, me: &SignedIn, mut form: Form) -> Result<Response, AppError> {
    admitted(me)?;
    let (vi, en) = ("Xin ghi mã thủ tục, ví dụ 1.009994.", "Enter the procedure's code, for example 1.009994.");
    let code = form.required("procedure", vi, en);
    let listed = app.reference().procedure(code.trim()).cloned();
    if listed.is_none() && form.is_good() {
        let (vi, en) = ("Không có thủ tục mang mã này. Xin kiểm tra lại.", "No procedure has this code. Check it.");
        form.wrong(FieldError::new("procedure", "unknown", vi, en));
    }
    let Some(listed) = listed else {
        let asked = Asked::default();
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, &asked, form).await?).into_response());
    };
    let scope =
        ProcessScope { agency: (!me.who.publishes_processes()).then_some(me.who.agency), ..ProcessScope::default() };
    let name = form.text("name").unwrap_or("Quy trình chung").to_owned();
    let id = app.id::<Design>()?;
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("process.draw {form:?}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |unit| {
        let process = app_.versions.get(unit, listed.version)?.process.clone();
        let number = store::next_number(unit, listed.code.as_str())?;
        let design = Design {
            id,
            code: listed.code.to_string(),
            number,
            name: name.clone(),
            scope: scope.clone(),
            process,
            published_as: None,
            decision: None,
            void_decision: None,
            sent_at: None,
            told_at: None,
            published_at: None,
            ended_at: None,
            changed_at: app_.now(),
            changed_by: who.officer,
            version: 1,
        };
        store::insert_design(unit, &design)?;
        audit(unit, &app_, Some(&who), "process.draw", &design.subject(), &design.name)?;
        Ok(Answer { status: 303, body: format!("/can-bo/quan-tri/quy-trinh/{id}") })
    });
    let answer = answered(done.await?)?;
    Ok(Redirect::to(&answer.body).into_response())
}

/// A new draft from a design, published or not.
pub async fn copy(app: &App, me: &SignedIn, form: &Form, from: Id<Design>) -> Result<String, AppError> {
    let id = app.id::<Design>()?;
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("process.copy {from}"));
    let (app_, who) = (app.clone(), me.who.clone());
    let done = app.db.unit_once::<AppError>(once, move |unit| {
        let old = edit::reached(unit, &who, from)?;
        let number = store::next_number(unit, &old.code)?;
        let design = old.drafted(id, number, app_.now(), who.officer);
        store::insert_design(unit, &design)?;
        audit(unit, &app_, Some(&who), "process.draw", &design.subject(), &design.name)?;
        Ok(Answer { status: 303, body: format!("/can-bo/quan-tri/quy-trinh/{id}?xong=ban-moi") })
    });
    let answer = answered(done.await?)?;
    Ok(answer.body)
}

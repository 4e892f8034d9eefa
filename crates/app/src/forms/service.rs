//! CAT-10: an online service opens only after somebody has gone the whole way with it and written down how it went (seed 003,
//! Điều 11.3, 19.2e–g).

use super::store::{self, ServiceTest};
use crate::{
    accounts::{SignedIn, audit},
    app::App,
    dossier::store as dossiers,
    error::{AppError, FieldError},
    http::{Form, once},
    settings,
};
use domain::{
    accounts::{Role, Scope},
    catalogue::Channel,
};
use platform::db::{Answer, Outcome, Query};

/// How many a page shows.
const MOST: i64 = 20;
/// Letters of what is noted of a test.
const LONGEST_NOTE: usize = 500;

/// Whether the profile lets this procedure's service open: always, unless it asks for a test and there is none.
pub fn is_open(app: &App, procedure: &str) -> bool {
    !app.profile.online.opens_only_tested || app.reference().forms.is_tested(procedure)
}

/// Who may go the whole way before a service is open, and write down how it went.
pub fn tests(me: &SignedIn) -> bool {
    me.who.any(|r| matches!(r, Role::TopAdmin | Role::ProcedureControl))
}

/// A test as the procedure's page shows it.
pub struct Told {
    pub at: i64,
    pub by: String,
    pub test: ServiceTest,
}

/// The tests of a procedure, the latest first.
pub async fn told(app: &App, procedure: &str) -> Result<Vec<Told>, AppError> {
    let procedure = procedure.to_owned();
    let all = app.db.read(move |q| Ok::<_, AppError>(store::tests_of(q, &procedure, MOST)?)).await?;
    let reference = app.reference();
    let one = |t: ServiceTest| Told { at: t.at, by: reference.officer_name(t.officer).to_owned(), test: t };
    Ok(all.into_iter().map(one).collect())
}

/// Writes a test down; what is wrong stands beside its field on the procedure's page.
pub async fn record(app: &App, me: &SignedIn, code: &str, form: &Form) -> Result<(), AppError> {
    if !tests(me) {
        return Err(AppError::RightMissing(Role::ProcedureControl.as_str()));
    }
    let reference = app.reference();
    let listed = reference.procedure(code).ok_or(AppError::NotFound)?;
    let code = listed.code.to_string();
    let subject = form.value("test_subject").trim().to_owned();
    let passed = match form.value("test_result") {
        "passed" => true,
        "failed" => false,
        _ => return Err(wrong("test_result", "Xin ghi kết quả thử.", "Say how the test went.")),
    };
    let note = form.value("test_note").split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = note.chars().count();
    if letters > LONGEST_NOTE {
        return Err(FieldError::too_long("test_note", letters, LONGEST_NOTE).into());
    }
    if !passed && note.is_empty() {
        return Err(wrong("test_note", "Xin ghi chỗ chưa đạt.", "Say what failed."));
    }
    let test = ServiceTest {
        id: app.id()?,
        procedure: code.clone(),
        at: app.machine.now(),
        officer: me.who.officer,
        subject,
        passed,
        note,
        form: reference.forms.of(&code).map(|p| format!("{}/{}", p.form.code(), p.number)),
    };
    let (app_, who) = (app.clone(), me.who.clone());
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("service.test {form:?}"));
    let done = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            is_of(unit, &test.subject, &test.procedure)?;
            store::insert_test(unit, &test)?;
            let how = if test.passed { "passed" } else { "failed" };
            audit(unit, &app_, Some(&who), "service.test", &test.procedure, &format!("{} {how}", test.subject))?;
            settings::bump_reference(unit)?;
            Ok(Answer { status: 303, body: String::new() })
        })
        .await?;
    if matches!(done, Outcome::Mismatch) {
        return Err(AppError::KeyMismatch);
    }
    app.refresh().await
}

fn wrong(field: &str, vi: &str, en: &str) -> AppError {
    AppError::Fields(vec![FieldError::missing(field, vi, en)])
}

/// What it was tried with: an online dossier of this procedure, or a draft of the wizard.
fn is_of(q: &mut impl Query, subject: &str, procedure: &str) -> Result<(), AppError> {
    let by_key = match dossiers::Key::parse(subject) {
        Some(key) => dossiers::find(q, &Scope::Province, &key)?,
        None => None,
    };
    if by_key.is_some_and(|d| d.state.intake.procedure_code == procedure && d.state.intake.channel == Channel::Online) {
        return Ok(());
    }
    let draft = subject.parse::<i64>().ok();
    let of_draft = match draft {
        Some(id) => store::procedure_of_draft(q, id)?,
        None => None,
    };
    if of_draft.as_deref() == Some(procedure) {
        return Ok(());
    }
    Err(wrong(
        "test_subject",
        "Không có hồ sơ trực tuyến hoặc bản nháp nào của thủ tục này mang mã đó. Xin ghi mã hồ sơ đã dùng để thử.",
        "No online dossier or draft of this procedure has that code. Give the one it was tried with.",
    ))
}

/// The made-up province tried its services before it opened them: each with a dossier that came online.
pub fn tried_in_demo(app: &App) -> Result<(), AppError> {
    let reference = app.reference();
    let tester = reference.officers().filter(|o| o.active && o.who.is(Role::ProcedureControl)).min_by_key(|o| o.id);
    let Some(tester) = tester.map(|o| o.who.clone()) else { return Ok(()) };
    let dossiers = app.db.read_blocking(|q| Ok::<_, AppError>(store::newest_dossiers(q)?))?;
    let mut tests = std::collections::BTreeMap::new();
    for d in dossiers.into_iter().filter(|d| d.intake.channel == Channel::Online) {
        let Some(code) = d.code else { continue };
        tests.entry(d.intake.procedure_code).or_insert_with(|| code.to_string());
    }
    let at = app.machine.now();
    let mut rows = Vec::new();
    for (procedure, subject) in tests {
        let form = reference.forms.of(&procedure).map(|p| format!("{}/{}", p.form.code(), p.number));
        let (id, officer) = (app.id()?, tester.officer);
        rows.push(ServiceTest { id, procedure, at, officer, subject, passed: true, note: String::new(), form });
    }
    app.db.unit_blocking(move |unit| {
        for row in &rows {
            store::insert_test(unit, row)?;
        }
        Ok::<_, AppError>(settings::bump_reference(unit)?)
    })
}

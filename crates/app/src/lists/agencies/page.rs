//! `/can-bo/quan-tri/danh-muc/co-quan`: agencies through time. What a decision renamed, merged, split or closed stays
//! findable by its old name and identifier. The processes that a change touches are listed before it is carried out.

use super::{
    files::COLUMNS,
    work::{self, Work},
};
use crate::{
    accounts::audit,
    app::App,
    catalogue::process::{self, Touched, TouchedLine},
    error::AppError,
    http::{Form, PageError, Shell, Typed, hidden_key, html, once},
    lists::{
        change::subject,
        keeper::Keeper,
        store::{self, ChangeRow},
    },
    people::store::Agency,
    settings,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{lists::AgencyChangeKind, text::fold};
use platform::db::Answer;
use std::collections::HashMap;

const LIST: &str = "agencies";

#[derive(Template)]
#[template(path = "lists/agencies/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    asked: String,
    agencies: Vec<(String, String)>,
    kinds: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    changes: Vec<Told>,
    /// Processes that the change in the form touches: looked at before it is carried out.
    touched: Vec<TouchedLine>,
    /// What became of the rows of a file.
    report: Vec<String>,
    columns: String,
}

/// What a page is shown for, besides the list.
#[derive(Default)]
struct Shown {
    asked: String,
    flash: Option<String>,
    touched: Vec<TouchedLine>,
    report: Vec<String>,
}

struct Row {
    agency: Agency,
    /// Names it had before, and those of agencies that it took over.
    former: Vec<String>,
}

/// A change in words.
struct Told {
    day: String,
    kind: String,
    what: String,
    decision: String,
    officer: String,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let text = asked.get("q").cloned().unwrap_or_default();
    let form =
        Form::default().with("once", hidden_key(&app)).with("agency", asked.get("ma").cloned().unwrap_or_default());
    let shown = Shown { asked: text, flash: me.flash(asked.get("xong")), ..Shown::default() };
    page(&app, &me, form, shown).await.map_err(|e| me.wrong(&app, e))
}

/// The page after a file was read, or could not be.
pub async fn report(app: &App, me: &Keeper, form: Form, report: Vec<String>) -> Result<Response, AppError> {
    page(app, me, form.with("once", hidden_key(app)), Shown { report, ..Shown::default() }).await
}

async fn page(app: &App, me: &Keeper, form: Form, shown: Shown) -> Result<Response, AppError> {
    let changes = app.db.read(|q| Ok::<_, AppError>(store::agency_changes(q)?)).await?;
    let (reference, lang) = (app.reference(), me.reader.lang);
    let words = fold(&shown.asked);
    let row = |a: &Agency| {
        let own = changes.iter().filter(|c| c.agency == a.id && c.old_name != a.name).map(|c| c.old_name.clone());
        let took = changes.iter().filter(|c| c.kind == AgencyChangeKind::Merge && c.other == Some(a.id));
        let mut former: Vec<String> =
            a.aliases.iter().cloned().chain(own).chain(took.map(|c| c.old_name.clone())).collect();
        former.sort();
        former.dedup();
        Row { agency: a.clone(), former }
    };
    let fits = |r: &Row| {
        let names = std::iter::once(&r.agency.name).chain(&r.former);
        words.is_empty() || names.chain([&r.agency.identifier, &r.agency.short]).any(|n| fold(n).contains(&words))
    };
    let told = |c: &ChangeRow| {
        let other = c.other.map(|o| reference.agency_name(o)).unwrap_or_default();
        let what = match c.kind {
            AgencyChangeKind::Rename => format!("{} → {}", c.old_name, c.new_name),
            AgencyChangeKind::Merge | AgencyChangeKind::Split => format!("{} → {other}", c.old_name),
            AgencyChangeKind::Close | AgencyChangeKind::Reopen => c.old_name.clone(),
        };
        Told {
            day: c.day.parse().map_or_else(|_| c.day.clone(), domain::time::day_text),
            kind: lang.pick(c.kind.words()).to_owned(),
            what,
            decision: c.decision.clone(),
            officer: c.officer.map(|o| reference.officer_name(o).to_owned()).unwrap_or_default(),
        }
    };
    Ok(html(&Page {
        shell: me.shell(app, "Cơ quan qua các thời kỳ").with_flash(shown.flash),
        form,
        asked: shown.asked,
        agencies: reference
            .agencies
            .iter()
            .filter(|a| a.active)
            .map(|a| (a.identifier.clone(), a.name.clone()))
            .collect(),
        kinds: AgencyChangeKind::BY_DECISION.iter().map(|k| (k.key(), lang.pick(k.words()).to_owned())).collect(),
        rows: reference.agencies.iter().map(row).filter(fits).collect(),
        changes: changes.iter().map(told).collect(),
        touched: shown.touched,
        report: shown.report,
        columns: COLUMNS.join(", "),
    }))
}

pub async fn send(State(app): State<App>, me: Keeper, Typed(form): Typed) -> Result<Response, PageError> {
    act(&app, &me, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Keeper, mut form: Form) -> Result<Response, AppError> {
    let Some(work) = work::read(app, me, &mut form)? else {
        let page = page(app, me, form, Shown::default()).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let (kind, agency) = (work.row.kind, work.row.agency);
    let touched = app.db.read(move |q| process::touched(q, kind, agency)).await?;
    let seen = process::seen(&touched);
    if form.value("seen") != seen {
        // Nothing ends unheard: first the list, then the same button again.
        return look(app, me, form.with("seen", seen), &touched).await;
    }
    carry_out(app, me, &form, work).await?;
    let waits = touched.iter().any(|t| t.fate.waits_for_somebody() || t.design.is_draft());
    let to = if waits {
        "/can-bo/quan-tri/quy-trinh/ke-thua?xong=thay-doi"
    } else {
        "/can-bo/quan-tri/danh-muc/co-quan?xong=luu"
    };
    Ok(Redirect::to(to).into_response())
}

async fn look(app: &App, me: &Keeper, form: Form, touched: &[Touched]) -> Result<Response, AppError> {
    let (reference, lang) = (app.reference(), me.reader.lang);
    let lines = touched.iter().map(|t| TouchedLine::of(&reference, lang, &t.design, Some(t.fate))).collect();
    page(app, me, form, Shown { touched: lines, ..Shown::default() }).await
}

async fn carry_out(app: &App, me: &Keeper, form: &Form, work: Work) -> Result<(), AppError> {
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("{work:?}"));
    let (app_, by) = (app.clone(), me.who.clone());
    app.db
        .unit_once::<AppError>(once, move |unit| {
            work.carry_out(unit)?;
            let detail = format!("{} {}: {}", work.row.day, work.row.decision, work.row.old_name);
            audit(unit, &app_, Some(&by), "list.agency", &subject(LIST), &detail)?;
            settings::bump_reference(unit)?;
            Ok(Answer { status: 303, body: String::new() })
        })
        .await?;
    app.refresh().await
}

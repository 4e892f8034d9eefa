//! `/can-bo/quan-tri/danh-muc/co-quan`: agencies through time. What a decision renamed, merged, split or closed stays
//! findable by its old name and identifier.

use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, hidden_key, html, once},
    lists::{
        change::subject,
        keeper::Keeper,
        sheet,
        store::{self, ChangeRow},
    },
    people::{self, is_identifier, store::Agency},
    settings,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    lists::{AgencyChange, AgencyChangeKind, ChangeFault, TypedChange, check},
    text::fold,
};
use platform::db::{Answer, Unit};
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
    let flash = me.flash(asked.get("xong"));
    page(&app, &me, form, &text, flash).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Keeper, form: Form, asked: &str, flash: Option<String>) -> Result<Response, AppError> {
    let changes = app.db.read(|q| Ok::<_, AppError>(store::agency_changes(q)?)).await?;
    let (reference, lang) = (app.reference(), me.reader.lang);
    let words = fold(asked);
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
            AgencyChangeKind::Close => c.old_name.clone(),
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
        shell: me.shell(app, "Cơ quan qua các thời kỳ").with_flash(flash),
        form,
        asked: asked.to_owned(),
        agencies: reference
            .agencies
            .iter()
            .filter(|a| a.active)
            .map(|a| (a.identifier.clone(), a.name.clone()))
            .collect(),
        kinds: AgencyChangeKind::ALL.iter().map(|k| (k.key(), lang.pick(k.words()).to_owned())).collect(),
        rows: reference.agencies.iter().map(row).filter(fits).collect(),
        changes: changes.iter().map(told).collect(),
    }))
}

pub async fn send(State(app): State<App>, me: Keeper, Typed(form): Typed) -> Result<Response, PageError> {
    act(&app, &me, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Keeper, mut form: Form) -> Result<Response, AppError> {
    if let Some(work) = read(app, me, &mut form)? {
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
        app.refresh().await?;
        return Ok(Redirect::to("/can-bo/quan-tri/danh-muc/co-quan?xong=luu").into_response());
    }
    let page = page(app, me, form, "", None).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The rows that a change writes.
#[derive(Clone, Debug)]
struct Work {
    agency: Agency,
    /// An agency that takes a former name over.
    heir: Option<Agency>,
    /// An agency that begins, with its first unit.
    begins: Option<(Agency, people::store::Unit)>,
    row: ChangeRow,
}

impl Work {
    fn carry_out(&self, unit: &mut Unit) -> Result<(), AppError> {
        if let Some((agency, main)) = &self.begins {
            people::store::insert_agency(unit, agency)?;
            people::store::insert_unit(unit, main)?;
        }
        people::store::update_agency(unit, &self.agency)?;
        if let Some(heir) = &self.heir {
            people::store::update_agency(unit, heir)?;
        }
        Ok(store::insert_agency_change(unit, &self.row)?)
    }
}

/// The change as typed, or what is wrong with it beside each field.
fn read(app: &App, me: &Keeper, form: &mut Form) -> Result<Option<Work>, AppError> {
    let reference = app.reference();
    let agency = reference.agency_by_identifier(form.value("agency")).filter(|a| a.active).cloned();
    if agency.is_none() {
        form.wrong(FieldError::missing("agency", "Xin chọn cơ quan.", "Choose the agency."));
    }
    let (identifier, name) = agency.as_ref().map_or(("", ""), |a| (&a.identifier, &a.name));
    let typed = TypedChange {
        kind: form.value("kind"),
        day: form.text("day").and_then(|t| crate::deadline::day(t).ok()),
        decision: form.value("decision"),
        new_name: form.value("new_name"),
        other: form.value("other"),
    };
    let checked = check(&typed, identifier, name, app.now().day());
    let checked = match checked {
        Ok(change) => change,
        Err(faults) => {
            for fault in faults {
                let (vi, en) = fault.words();
                form.wrong(FieldError::new(fault.field(), "invalid", vi, en));
            }
            return Ok(None);
        }
    };
    let Some(agency) = agency else { return Ok(None) };
    let other = reference.agency_by_identifier(&checked.other).cloned();
    if let Some(fault) = other_fault(app, &checked, other.as_ref()) {
        form.wrong(fault);
        return Ok(None);
    }
    work(app, me, agency, &checked, other).map(Some)
}

/// Who takes over must be there; who begins must not.
fn other_fault(app: &App, change: &AgencyChange, other: Option<&Agency>) -> Option<FieldError> {
    let field = ChangeFault::Other.field();
    match change.kind {
        AgencyChangeKind::Merge if other.is_none_or(|o| !o.active) => Some(FieldError::new(
            field,
            "unknown",
            "Không có cơ quan đang hoạt động mang mã này.",
            "No working agency has this identifier.",
        )),
        AgencyChangeKind::Split if other.is_some() => Some(FieldError::new(
            field,
            "taken",
            "Mã định danh này đã thuộc một cơ quan khác.",
            "This identifier belongs to another agency.",
        )),
        AgencyChangeKind::Split if !is_identifier(&change.other, &app.profile.province.identifier) => {
            let province = &app.profile.province.identifier;
            let vi = format!("Mã định danh bắt đầu bằng {province}, ví dụ {province}.24.");
            Some(FieldError::new(
                field,
                "invalid",
                vi,
                format!("An identifier begins with {province}, for example {province}.24."),
            ))
        }
        _ => None,
    }
}

fn work(
    app: &App,
    me: &Keeper,
    before: Agency,
    change: &AgencyChange,
    other: Option<Agency>,
) -> Result<Work, AppError> {
    let mut agency = before.clone();
    let (mut heir, mut begins) = (None, None);
    match change.kind {
        AgencyChangeKind::Rename => {
            agency.aliases.push(before.name.clone());
            if agency.short == before.name {
                agency.short.clone_from(&change.new_name);
            }
            agency.name.clone_from(&change.new_name);
        }
        AgencyChangeKind::Merge => {
            agency.active = false;
            heir = other.clone().map(|mut heir| {
                // What was published under its names finds who took over.
                heir.aliases.extend(names_of(&before));
                heir
            });
        }
        AgencyChangeKind::Split => {
            let id = app.id()?;
            let new = Agency {
                id,
                identifier: change.other.clone(),
                name: change.new_name.clone(),
                short: change.new_name.clone(),
                // Until a decision says which of the two settles a procedure, intake lets the officer choose.
                aliases: names_of(&before),
                version: 1,
                ..before.clone()
            };
            let main = people::store::Unit {
                id: app.id()?,
                agency: id,
                code: "main".into(),
                name: people::MAIN_UNIT.into(),
                active: true,
            };
            begins = Some((new, main));
        }
        AgencyChangeKind::Close => agency.active = false,
    }
    let other_id = begins.as_ref().map(|(a, _)| a.id).or(other.map(|o| o.id));
    let row = ChangeRow {
        id: app.ids.next()?,
        agency: before.id,
        kind: change.kind,
        day: change.day.to_string(),
        decision: change.decision.clone(),
        old_name: before.name,
        new_name: change.new_name.clone(),
        other: other_id,
        officer: Some(me.who.officer),
        at: app.now().millis(),
    };
    Ok(Work { agency, heir, begins, row })
}

/// Every name under which it is known.
fn names_of(agency: &Agency) -> Vec<String> {
    std::iter::once(&agency.name).chain(&agency.aliases).cloned().collect()
}

pub async fn export(
    State(app): State<App>,
    me: Keeper,
    Query(wanted): Query<sheet::Wanted>,
) -> Result<Response, PageError> {
    let reference = app.reference();
    let cells = |a: &Agency| {
        let flag = |is: bool| if is { "1" } else { "0" }.to_owned();
        let area = a.area.clone().unwrap_or_default();
        vec![
            a.identifier.clone(),
            a.name.clone(),
            a.short.clone(),
            a.kind.clone(),
            a.level.clone(),
            a.aliases.join(";"),
            area,
            flag(a.police),
            flag(a.active),
        ]
    };
    let head = ["identifier", "name", "short", "kind", "level", "aliases", "area", "police", "active"];
    sheet::file(&wanted, "co-quan", &head, reference.agencies.iter().map(cells)).map_err(|e| me.wrong(&app, e))
}

//! `/can-bo/quan-tri/co-quan/{identifier}`: one agency and its units.

use crate::{
    accounts::audit,
    app::App,
    catalogue::process,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    messages::Lang,
    people::{
        admin::{Administrator, Choice, flash},
        changed::record_changes,
        import::{is_identifier, unit_code},
        officer::page::stale,
        store::{self, Agency, Unit},
    },
    settings,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    id::Id,
    lists::AgencyChangeKind,
    people,
    profile::{AgencyKind, Level},
};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "people/agency/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    agency: Agency,
    units: Vec<Unit>,
    form: Form,
    conflict: bool,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
}

pub fn kinds(lang: Lang) -> Vec<Choice> {
    AgencyKind::ALL.iter().map(|k| (k.as_str().to_owned(), lang.pick(k.words()).to_owned())).collect()
}
pub fn levels(lang: Lang) -> Vec<Choice> {
    Level::ALL.iter().map(|l| (l.as_str().to_owned(), lang.pick(l.words()).to_owned())).collect()
}

/// An agency as the form says it; `None` when something is wrong, noted beside its field.
pub fn typed(app: &App, form: &mut Form, id: Id<people::Agency>) -> Option<Agency> {
    let identifier = form.required("identifier", "Xin nhập mã định danh.", "Enter the identifier.").to_uppercase();
    let province = app.profile.province.identifier.as_str();
    if !identifier.is_empty() && !is_identifier(&identifier, province) {
        form.wrong(FieldError::new(
            "identifier",
            "invalid",
            format!("Mã định danh bắt đầu bằng {province}, ví dụ {province}.24."),
            format!("An identifier begins with {province}, for example {province}.24."),
        ));
    }
    let name = form.required("name", "Xin nhập tên đầy đủ.", "Enter the full name.");
    let (kind, level) = (AgencyKind::from_key(form.value("kind")), Level::from_key(form.value("level")));
    if kind.is_none() {
        form.wrong(FieldError::missing("kind", "Xin chọn loại cơ quan.", "Choose the kind of agency."));
    }
    if level.is_none() {
        form.wrong(FieldError::missing("level", "Xin chọn cấp.", "Choose the level."));
    }
    let known = app.reference().agency(id).cloned();
    let short = form.text("short").map_or_else(|| name.clone(), str::to_owned);
    let (kind, level) = (kind?, level?);
    form.is_good().then(|| Agency {
        id,
        identifier,
        short,
        name,
        kind: kind.as_str().to_owned(),
        level: level.as_str().to_owned(),
        police: known.as_ref().is_some_and(|k| k.police),
        aliases: known.as_ref().map(|k| k.aliases.clone()).unwrap_or_default(),
        area: known.as_ref().and_then(|k| k.area.clone()),
        active: known.as_ref().is_none_or(|k| k.active),
        version: 1,
    })
}

fn filled(a: &Agency) -> Form {
    Form::default()
        .with("identifier", &*a.identifier)
        .with("name", &*a.name)
        .with("short", &*a.short)
        .with("kind", &*a.kind)
        .with("level", &*a.level)
        .with("version", a.version.to_string())
}

fn page(app: &App, me: &Administrator, agency: Agency, form: Form, conflict: bool, flash: Option<String>) -> Response {
    html(&Page {
        shell: me.shell(app, &agency.name).with_flash(flash),
        units: app.reference().units_of(agency.id).cloned().collect(),
        kinds: kinds(me.reader.lang),
        levels: levels(me.reader.lang),
        me: me.clone(),
        agency,
        form,
        conflict,
    })
}

fn reached(app: &App, me: &Administrator, identifier: &str) -> Result<Agency, AppError> {
    let found = app.reference().agency_by_identifier(identifier).cloned();
    found.filter(|a| me.who.administers(a.id)).ok_or(AppError::NotFound)
}

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Path(identifier): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let agency = reached(&app, &me, &identifier).map_err(|e| me.wrong(&app, e))?;
    let form = filled(&agency);
    Ok(page(&app, &me, agency, form, false, flash(&me, query.get("xong"))))
}

pub async fn send(
    State(app): State<App>,
    me: Administrator,
    Path(identifier): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, &identifier, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Administrator, identifier: &str, mut form: Form) -> Result<Response, AppError> {
    let agency = reached(app, me, identifier)?;
    let done = match form.value("act") {
        "save" => {
            me.needs_top()?;
            match typed(app, &mut form, agency.id) {
                // The identifier stays: dossier codes carry it.
                Some(typed) => {
                    let version = form.value("version").parse().unwrap_or(0);
                    save(app, me, Agency { identifier: agency.identifier.clone(), version, ..typed }).await
                }
                None => Ok(()),
            }
        }
        "stop" => {
            me.needs_top()?;
            stop(app, me, &agency).await
        }
        "start" => {
            me.needs_top()?;
            save(app, me, Agency { active: true, ..agency.clone() }).await
        }
        "add-unit" => add_unit(app, me, &agency, &mut form).await,
        "rename-unit" | "stop-unit" | "start-unit" => change_unit(app, me, &agency, &form).await,
        _ => Err(AppError::NotFound),
    };
    match done {
        Ok(()) if form.is_good() => {
            Ok(Redirect::to(&format!("/can-bo/quan-tri/co-quan/{}?xong=luu", agency.identifier)).into_response())
        }
        Ok(()) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, agency, form, false, None)).into_response()),
        Err(AppError::Stale { .. }) => {
            app.refresh().await?;
            let now = reached(app, me, identifier)?;
            let form = form.with("version", now.version.to_string());
            Ok((StatusCode::PRECONDITION_FAILED, page(app, me, now, form, true, None)).into_response())
        }
        Err(e) => {
            form.absorb(e)?;
            let form = form.over(filled(&agency));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, agency, form, false, None)).into_response())
        }
    }
}

/// An agency in whose processes somebody must act is ended by its decision, on the page that lists them first (CAT-04).
async fn stop(app: &App, me: &Administrator, agency: &Agency) -> Result<(), AppError> {
    let id = agency.id;
    let touched = app.db.read(move |q| process::touched(q, AgencyChangeKind::Close, id)).await?;
    if touched.is_empty() {
        return save(app, me, Agency { active: false, ..agency.clone() }).await;
    }
    let count = touched.len();
    let vi = format!(
        "Cơ quan này có tên trong {count} quy trình. Xin ghi việc chấm dứt hoặc sáp nhập theo quyết định ở danh mục cơ quan, nơi các quy trình được liệt kê trước."
    );
    let en = format!(
        "This agency stands in {count} processes. Enter its end or its merger by decision in the list of agencies, which shows them first."
    );
    Err(AppError::field("stop", "agency.has_processes", &vi, &en))
}

async fn save(app: &App, me: &Administrator, agency: Agency) -> Result<(), AppError> {
    let (app2, by) = (app.clone(), me.who.clone());
    let before = app.reference().agency(agency.id).cloned().ok_or(AppError::NotFound)?;
    app.db
        .unit(move |unit| {
            let mut agency = agency.clone();
            // Whatever was published under the old name still finds it (CAT-07).
            if agency.name != before.name && !agency.aliases.contains(&before.name) {
                agency.aliases.push(before.name.clone());
            }
            store::update_agency(unit, &agency).map_err(stale)?;
            record_changes(unit, &app2, Some(by.officer), &before, &agency)?;
            let detail = if agency.active { agency.name.as_str() } else { "stopped" };
            audit(unit, &app2, Some(&by), "agency.change", &agency.identifier, detail)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

async fn add_unit(app: &App, me: &Administrator, agency: &Agency, form: &mut Form) -> Result<(), AppError> {
    let name = form.required("unit_name", "Xin nhập tên phòng, bộ phận.", "Enter the unit's name.");
    if !form.is_good() {
        return Ok(());
    }
    let row = Unit { id: app.id()?, agency: agency.id, code: unit_code(&name), name, active: true };
    let (app2, by, identifier) = (app.clone(), me.who.clone(), agency.identifier.clone());
    app.db
        .unit(move |unit| {
            store::insert_unit(unit, &row).map_err(|e| match e.unique_on() {
                Some(_) => AppError::field(
                    "unit_name",
                    "taken",
                    "Cơ quan đã có phòng này.",
                    "The agency has this unit already.",
                ),
                None => e.into(),
            })?;
            audit(unit, &app2, Some(&by), "unit.add", &identifier, &row.name)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

async fn change_unit(app: &App, me: &Administrator, agency: &Agency, form: &Form) -> Result<(), AppError> {
    let reference = app.reference();
    let found = reference.units_of(agency.id).find(|u| u.code == form.value("unit"));
    let mut row = found.cloned().ok_or(AppError::NotFound)?;
    match form.value("act") {
        "stop-unit" => row.active = false,
        "start-unit" => row.active = true,
        _ => row.name = form.text("name").map_or_else(|| row.name.clone(), str::to_owned),
    }
    let (app2, by, identifier) = (app.clone(), me.who.clone(), agency.identifier.clone());
    app.db
        .unit(move |unit| {
            store::update_unit(unit, &row)?;
            let detail = format!("{} {} {}", row.code, row.name, if row.active { "" } else { "stopped" });
            audit(unit, &app2, Some(&by), "unit.change", &identifier, detail.trim())?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

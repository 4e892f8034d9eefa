//! `/can-bo/quan-tri/trung-tam/{code}`: one centre and its counters.

use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    people::{
        admin::{Administrator, Choice, flash},
        agency::page::levels,
        import::unit_code,
        officer::page::field_lines,
        store::{self, Centre, Counter},
    },
    settings,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{id::Id, people, profile::Level};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "people/centre/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    centre: Centre,
    counters: Vec<Row>,
    form: Form,
    agencies: Vec<Choice>,
    levels: Vec<Choice>,
}

/// A counter with what stands in its form.
struct Row {
    number: u16,
    name: String,
    fields: String,
    /// What was typed here was refused; the message stands above.
    is_wrong: bool,
}

impl Row {
    fn of(counter: &Counter, form: &Form) -> Self {
        let Counter { number, name, fields, .. } = counter;
        if form.is("act", "counter") && form.value("number") == number.to_string() {
            let typed = |name: &str| form.value(name).to_owned();
            return Self { number: *number, name: typed("counter_name"), fields: typed("fields"), is_wrong: true };
        }
        Self { number: *number, name: name.clone(), fields: fields.names().join("\n"), is_wrong: false }
    }
}

/// A centre as the form says it; `None` when something is wrong, noted beside its field.
pub fn typed(app: &App, form: &mut Form, known: Option<&Centre>, id: Id<people::Centre>) -> Option<Centre> {
    let reference = app.reference();
    let code = form.required("code", "Xin nhập mã.", "Enter the code.");
    if unit_code(&code) != code {
        let (vi, en) = ("Mã gồm chữ cái không dấu, chữ số, gạch nối.", "A code has letters a–z, digits and hyphens.");
        form.wrong(FieldError::new("code", "invalid", vi, en));
    }
    let name = form.required("name", "Xin nhập tên trung tâm.", "Enter the centre's name.");
    let address = form.required("address", "Xin nhập địa chỉ; phiếu in cần có.", "Enter the address; slips need it.");
    let agency = reference.agency_by_identifier(form.value("agency"));
    if agency.is_none() {
        form.wrong(FieldError::missing("agency", "Xin chọn cơ quan.", "Choose the agency."));
    }
    let level = Level::from_key(form.value("level"));
    if level.is_none() {
        form.wrong(FieldError::missing("level", "Xin chọn cấp.", "Choose the level."));
    }
    let (agency, level) = (agency?, level?);
    form.is_good().then(|| Centre {
        id,
        code,
        name,
        level: level.as_str().to_owned(),
        agency: agency.id,
        area: known.and_then(|k| k.area.clone()).or_else(|| agency.area.clone()),
        address,
        phone: form.value("phone").trim().to_owned(),
        sessions: known.and_then(|k| k.sessions.clone()),
        active: known.is_none_or(|k| k.active),
    })
}

fn page(app: &App, me: &Administrator, centre: Centre, form: Form, flash: Option<String>) -> Response {
    let reference = app.reference();
    html(&Page {
        shell: me.shell(app, &centre.name).with_flash(flash),
        counters: reference.counters.iter().filter(|k| k.centre == centre.id).map(|k| Row::of(k, &form)).collect(),
        agencies: me.agencies(app),
        levels: levels(me.reader.lang),
        me: me.clone(),
        centre,
        form,
    })
}

impl Page {
    /// What was typed belongs to a counter that is there already.
    fn typed_a_counter(&self) -> bool {
        self.counters.iter().any(|row| row.is_wrong)
    }
}

fn reached(app: &App, me: &Administrator, code: &str) -> Result<Centre, AppError> {
    me.needs_top()?;
    app.reference().centre_by_code(code).cloned().ok_or(AppError::NotFound)
}

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let centre = reached(&app, &me, &code).map_err(|e| me.wrong(&app, e))?;
    let agency = app.reference().agency(centre.agency).map(|a| a.identifier.clone()).unwrap_or_default();
    let form = Form::default()
        .with("code", &*centre.code)
        .with("name", &*centre.name)
        .with("agency", agency)
        .with("level", &*centre.level)
        .with("address", &*centre.address)
        .with("phone", &*centre.phone);
    Ok(page(&app, &me, centre, form, flash(&me, query.get("xong"))))
}

pub async fn send(
    State(app): State<App>,
    me: Administrator,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, &code, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Administrator, code: &str, mut form: Form) -> Result<Response, AppError> {
    let centre = reached(app, me, code)?;
    let done = match form.value("act") {
        "save" => match typed(app, &mut form, Some(&centre), centre.id) {
            Some(typed) => save(app, me, Centre { code: centre.code.clone(), ..typed }).await,
            None => Ok(()),
        },
        "stop" | "start" => save(app, me, Centre { active: form.value("act") == "start", ..centre.clone() }).await,
        "counter" => put_counter(app, me, &centre, &mut form).await,
        _ => Err(AppError::NotFound),
    };
    match done.or_else(|e| form.absorb(e)) {
        Ok(()) if form.is_good() => {
            Ok(Redirect::to(&format!("/can-bo/quan-tri/trung-tam/{}?xong=luu", centre.code)).into_response())
        }
        Ok(()) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, centre, form, None)).into_response()),
        Err(e) => Err(e),
    }
}

async fn save(app: &App, me: &Administrator, centre: Centre) -> Result<(), AppError> {
    let (app2, by) = (app.clone(), me.who.clone());
    app.db
        .unit(move |unit| {
            store::update_centre(unit, &centre)?;
            let detail = if centre.active { centre.name.as_str() } else { "stopped" };
            audit(unit, &app2, Some(&by), "centre.change", &centre.code, detail)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

/// A counter of this number gets this name and these fields; a new number makes a new counter.
async fn put_counter(app: &App, me: &Administrator, centre: &Centre, form: &mut Form) -> Result<(), AppError> {
    let (vi, en) = ("Số quầy là một số từ 1 đến 9999.", "A counter's number is between 1 and 9999.");
    let wrong = || FieldError::new("number", "invalid", vi, en);
    let number = form.value("number").trim().parse::<u16>().ok().filter(|n| (1..=9_999).contains(n));
    let name = form.required("counter_name", "Xin nhập tên quầy.", "Enter the counter's name.");
    let Some(number) = number else {
        form.wrong(wrong());
        return Ok(());
    };
    let fields = app.reference().named_fields(&field_lines(form.value("fields")));
    let fields = match fields {
        Ok(fields) if form.is_good() => fields,
        Ok(_) => return Ok(()),
        Err(unknown) => {
            form.wrong(unknown);
            return Ok(());
        }
    };
    let row = Counter { id: app.id()?, centre: centre.id, number, name, fields };
    let (app2, by, code) = (app.clone(), me.who.clone(), centre.code.clone());
    app.db
        .unit(move |unit| {
            store::put_counter(unit, &row)?;
            let said = [&[format!("{} {}", row.number, row.name)], row.fields.names()].concat().join("; ");
            audit(unit, &app2, Some(&by), "counter.change", &code, &said)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

//! `/can-bo/quan-tri/co-quan`: agencies within reach; `…/them` adds one (ADM-04).

use crate::{
    accounts::audit,
    app::App,
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
    people::{
        MAIN_UNIT,
        admin::{Administrator, Choice, flash},
        agency::page::{kinds, levels, typed},
        store::{self, Agency, Unit},
    },
    settings,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::profile::AgencyKind;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "people/agencies/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    lines: Vec<Line>,
    form: Form,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
}

struct Line {
    agency: Agency,
    kind: String,
    units: usize,
}

fn page(app: &App, me: &Administrator, form: Form, flash: Option<String>) -> Response {
    let reference = app.reference();
    let kind = |a: &Agency| AgencyKind::from_key(&a.kind).map(|k| me.reader.lang.pick(k.words())).unwrap_or_default();
    let reached = reference.agencies.iter().filter(|a| me.who.administers(a.id));
    let line = |a: &Agency| Line {
        kind: kind(a).to_owned(),
        units: reference.units_of(a.id).filter(|u| u.active).count(),
        agency: a.clone(),
    };
    html(&Page {
        shell: me.shell(app, "Cơ quan, phòng").with_flash(flash),
        lines: reached.map(line).collect(),
        kinds: kinds(me.reader.lang),
        levels: levels(me.reader.lang),
        me: me.clone(),
        form,
    })
}

pub async fn show(State(app): State<App>, me: Administrator, Query(query): Query<HashMap<String, String>>) -> Response {
    page(&app, &me, Form::default(), flash(&me, query.get("xong")))
}

pub async fn add(State(app): State<App>, me: Administrator, Typed(mut form): Typed) -> Result<Response, PageError> {
    match insert(&app, &me, &mut form).await {
        Ok(true) => Ok(Redirect::to("/can-bo/quan-tri/co-quan?xong=them").into_response()),
        Ok(false) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, form, None)).into_response()),
        Err(e) => Err(me.wrong(&app, e)),
    }
}

/// Adds the agency with its unit `main`; `false` when the form is wrong.
async fn insert(app: &App, me: &Administrator, form: &mut Form) -> Result<bool, AppError> {
    me.needs_top()?;
    let Some(agency) = typed(app, form, app.id()?) else { return Ok(false) };
    let unit_id = app.id()?;
    let (app2, by) = (app.clone(), me.who.clone());
    let saved = app
        .db
        .unit(move |unit| {
            store::insert_agency(unit, &agency).map_err(|e| match e.unique_on() {
                Some("agencies(identifier)") => AppError::field(
                    "identifier",
                    "taken",
                    "Mã định danh này đã thuộc một cơ quan khác.",
                    "This identifier belongs to another agency.",
                ),
                _ => e.into(),
            })?;
            let main =
                Unit { id: unit_id, agency: agency.id, code: "main".into(), name: MAIN_UNIT.into(), active: true };
            store::insert_unit(unit, &main)?;
            audit(unit, &app2, Some(&by), "agency.add", &agency.identifier, &agency.name)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await;
    match saved {
        Ok(()) => app.refresh().await.map(|()| true),
        Err(e) => form.absorb(e).map(|()| false),
    }
}

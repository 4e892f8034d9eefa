//! `/can-bo/quan-tri/trung-tam`: centres with their counters, and a form for a new one.

use crate::{
    accounts::audit,
    app::App,
    error::AppError,
    http::{Form, PageError, Shell, Typed, html},
    people::{
        admin::{Administrator, Choice, flash},
        agency::page::levels,
        centre::page::typed,
        store::{self, Centre},
    },
    settings,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{accounts::Role, profile::Seats};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "people/centres/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    lines: Vec<Line>,
    form: Form,
    agencies: Vec<Choice>,
    levels: Vec<Choice>,
    /// Places at the province's Centre by the regulation's table; none where it has none.
    seats: Vec<SeatLine>,
}

/// A place at the Centre: who fills it, how many officers it wants and has.
struct SeatLine {
    agencies: String,
    wanted: u32,
    posted: u32,
}

/// STF-01: the regulation's table against the officers who are posted at the Centre now.
fn seats(app: &App) -> Vec<SeatLine> {
    let reference = app.reference();
    let Some(main) = reference.main_centre().map(|c| c.id) else { return Vec::new() };
    let posted = |identifier: &str| {
        let agency = reference.agency_by_identifier(identifier).map(|a| a.id);
        let here = |o: &&crate::people::store::OfficerName| {
            o.active && o.who.centre == Some(main) && Some(o.who.agency) == agency && o.who.any(Role::takes_in)
        };
        u32::try_from(reference.officers().filter(here).count()).unwrap_or(u32::MAX)
    };
    let name = |identifier: &&str| reference.agency_by_identifier(identifier).map(|a| a.name.clone());
    let line = |s: Seats| SeatLine {
        agencies: s.agencies.iter().filter_map(name).collect::<Vec<_>>().join("; "),
        wanted: s.officers,
        posted: s.agencies.iter().map(|a| posted(a)).sum(),
    };
    app.profile.seats().into_iter().map(line).collect()
}

struct Line {
    centre: Centre,
    agency: String,
    counters: usize,
}

fn page(app: &App, me: &Administrator, form: Form, flash: Option<String>) -> Response {
    let reference = app.reference();
    let line = |c: &Centre| Line {
        agency: reference.agency(c.agency).map(|a| a.short.clone()).unwrap_or_default(),
        counters: reference.counters.iter().filter(|k| k.centre == c.id).count(),
        centre: c.clone(),
    };
    html(&Page {
        shell: me.shell(app, "Trung tâm, quầy").with_flash(flash),
        lines: reference.centres.iter().map(line).collect(),
        agencies: me.agencies(app),
        levels: levels(me.reader.lang),
        me: me.clone(),
        seats: seats(app),
        form,
    })
}

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    me.needs_top().map_err(|e| me.wrong(&app, e))?;
    Ok(page(&app, &me, Form::default(), flash(&me, query.get("xong"))))
}

pub async fn add(State(app): State<App>, me: Administrator, Typed(mut form): Typed) -> Result<Response, PageError> {
    match insert(&app, &me, &mut form).await {
        Ok(true) => Ok(Redirect::to("/can-bo/quan-tri/trung-tam?xong=them").into_response()),
        Ok(false) => Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, &me, form, None)).into_response()),
        Err(e) => Err(me.wrong(&app, e)),
    }
}

async fn insert(app: &App, me: &Administrator, form: &mut Form) -> Result<bool, AppError> {
    me.needs_top()?;
    let Some(centre) = typed(app, form, None, app.id()?) else { return Ok(false) };
    let (app2, by) = (app.clone(), me.who.clone());
    let saved = app
        .db
        .unit(move |unit| {
            store::insert_centre(unit, &centre).map_err(|e| match e.unique_on() {
                Some("centres(code)") => AppError::field(
                    "code",
                    "taken",
                    "Mã này đã thuộc một trung tâm khác.",
                    "This code belongs to another centre.",
                ),
                _ => e.into(),
            })?;
            audit(unit, &app2, Some(&by), "centre.add", &centre.code, &centre.name)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await;
    match saved {
        Ok(()) => app.refresh().await.map(|()| true),
        Err(e) => form.absorb(e).map(|()| false),
    }
}

impl Page {
    fn wanted(&self) -> u32 {
        self.seats.iter().map(|s| s.wanted).sum()
    }
    fn posted(&self) -> u32 {
        self.seats.iter().map(|s| s.posted).sum()
    }
}

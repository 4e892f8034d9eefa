//! `/can-bo/quan-tri`: accounts within reach, by agency, role and text (ADM-01); `/can-bo/quan-tri/can-bo/them` adds one.

use crate::{
    accounts::{NewOfficer, add_officer, passwords},
    app::App,
    error::AppError,
    http::{Form, PageError, Shell, Typed, encode, html},
    people::{
        admin::{Administrator, Choice, flash},
        officer::page::{OneTime, blank, page_of, typed_officer},
        store::{self, OfficerCard, OfficerFilter},
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::accounts::Role;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "people/officers/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    filter: Form,
    agencies: Vec<Choice>,
    roles: Vec<Choice>,
    lines: Vec<Line>,
    number: i64,
    has_next: bool,
    query: String,
}

struct Line {
    card: OfficerCard,
    agency: String,
    unit: String,
    roles: String,
}

impl Line {
    fn of(app: &App, me: &Administrator, card: OfficerCard) -> Self {
        let reference = app.reference();
        let words = card.place.roles.iter().map(|r| me.reader.lang.pick((r.vi(), r.en())));
        Self {
            agency: reference.agency(card.place.agency).map(|a| a.short.clone()).unwrap_or_default(),
            unit: reference.unit(card.place.unit).map(|u| u.name.clone()).unwrap_or_default(),
            roles: words.collect::<Vec<_>>().join(", "),
            card,
        }
    }
}

const PAGE: i64 = 25;

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    list(&app, &me, query).await.map_err(|e| me.wrong(&app, e))
}

async fn list(app: &App, me: &Administrator, query: HashMap<String, String>) -> Result<Response, AppError> {
    let flash = flash(me, query.get("xong"));
    let filter = Form::from_pairs(query);
    let page = filter.value("trang").parse().unwrap_or(1_i64).clamp(1, 100_000);
    let reference = app.reference();
    let asked = filter.text("agency").and_then(|i| reference.agency_by_identifier(i)).map(|a| a.id);
    let wanted = OfficerFilter {
        agency: if me.is_top() { asked } else { Some(me.who.agency) },
        role: filter.text("role").and_then(|r| r.parse::<Role>().ok()),
        text: filter.text("q").map(str::to_lowercase),
        offset: (page - 1) * PAGE,
    };
    let mut cards = app.db.read(move |q| Ok::<_, AppError>(store::officer_page(q, &wanted, PAGE)?)).await?;
    let has_next = cards.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    cards.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let kept = ["q", "agency", "role"].map(|name| format!("{name}={}", encode(filter.value(name))));
    Ok(html(&Page {
        shell: me.shell(app, "Cán bộ").with_flash(flash),
        agencies: me.agencies(app),
        roles: all_roles(me),
        lines: cards.into_iter().map(|card| Line::of(app, me, card)).collect(),
        query: kept.join("&"),
        me: me.clone(),
        filter,
        number: page,
        has_next,
    }))
}

fn all_roles(me: &Administrator) -> Vec<Choice> {
    Role::ALL.iter().map(|r| (r.as_str().to_owned(), me.reader.lang.pick((r.vi(), r.en())).to_owned())).collect()
}

pub async fn form(State(app): State<App>, me: Administrator) -> Response {
    let own = app.reference().agency(me.who.agency).map(|a| a.identifier.clone()).unwrap_or_default();
    blank(&app, &me, Form::default().with("agency", own).with("unit", "main"))
}

/// The account gets a one-time password, shown on this one page.
pub async fn add(State(app): State<App>, me: Administrator, Typed(mut form): Typed) -> Result<Response, PageError> {
    let password = passwords::one_time(&app);
    let typed = typed_officer(&mut form);
    let new =
        NewOfficer { login: form.value("login").to_owned(), password: Some(password.clone()), one_time: true, ..typed };
    let login = new.login.trim().to_lowercase();
    match add_officer(&app, new, Some(&me.who)).await {
        Ok(id) => {
            let shown = OneTime { login, password };
            page_of(&app, &me, id, Some(shown)).await.map_err(|e| me.wrong(&app, e))
        }
        Err(e) => {
            form.absorb(e).map_err(|e| me.wrong(&app, e))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, blank(&app, &me, form)).into_response())
        }
    }
}

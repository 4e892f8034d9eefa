//! `/can-bo/quan-tri/danh-muc/viec-doi/{key}`: one occasion of life; `…/them` adds one.

use crate::{
    app::App,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    lists::{change, events::LifeEvent, keeper::Keeper, store},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::text::fold;

/// The end of the address under which a new one is added.
const NEW: &str = "them";
/// Icons that mean something in a life.
const ICONS: [&str; 14] = [
    "baby", "people", "person", "home", "land", "build", "counter", "company", "file", "inbox", "calendar", "star",
    "globe", "vault",
];

#[derive(Template)]
#[template(path = "lists/occasion/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    key: String,
    icons: [&'static str; 14],
    found: Vec<(String, String)>,
}

pub async fn show(State(app): State<App>, me: Keeper, Path(key): Path<String>) -> Result<Response, PageError> {
    let form = match known(&app, &key) {
        Some(event) => filled(&event),
        None if key == NEW => Form::default().with("active", "1").with("icon", "file"),
        None => return Err(me.wrong(&app, AppError::NotFound)),
    };
    Ok(page(&app, &me, &key, form))
}

fn known(app: &App, key: &str) -> Option<LifeEvent> {
    app.reference().life_events.iter().find(|e| e.key == key).cloned()
}

fn filled(e: &LifeEvent) -> Form {
    let form = Form::default().with("name", &*e.name).with("name_en", &*e.name_en).with("icon", &*e.icon);
    let form = form.with("place", e.place.to_string()).with("procedures", e.procedures.join("\n"));
    if e.active { form.with("active", "1") } else { form }
}

fn page(app: &App, me: &Keeper, key: &str, form: Form) -> Response {
    let title = if key == NEW { "Thêm việc" } else { "Sửa việc trong đời" };
    let reference = app.reference();
    let found = reference.listing.occasion(key).iter().filter_map(|at| reference.procedures.get(*at));
    let found = found.map(|p| (p.code.to_string(), p.name.clone())).collect();
    html(&Page { shell: me.shell(app, title), form, key: key.to_owned(), icons: ICONS, found })
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, &key, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Keeper, key: &str, mut form: Form) -> Result<Response, AppError> {
    let before = known(app, key);
    if before.is_none() && key != NEW {
        return Err(AppError::NotFound);
    }
    let Some(event) = read(app, &mut form, before)? else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, key, form)).into_response());
    };
    let detail = format!("{}: {}", event.key, event.procedures.join(" | "));
    let work = move |unit: &mut platform::db::Unit| Ok(store::put_life_event(unit, &event)?);
    change::save(app, me, "life_events", "list.put", detail, work).await?;
    Ok(Redirect::to("/can-bo/quan-tri/danh-muc/viec-doi?xong=luu").into_response())
}

fn read(app: &App, form: &mut Form, before: Option<LifeEvent>) -> Result<Option<LifeEvent>, AppError> {
    let name =
        form.required("name", "Xin nhập tên việc, ví dụ Sinh con.", "Name the occasion, for example Having a child.");
    let lines = form.required("procedures", "Xin ghi ít nhất một thủ tục.", "Give at least one procedure.");
    let place = form.text("place").map_or(Ok(100), str::parse::<i64>);
    if place.is_err() {
        form.wrong(FieldError::new("place", "invalid", "Thứ tự là một số.", "The order is a number."));
    }
    let key = before.as_ref().map_or_else(|| fold(&name).replace(' ', "-"), |b| b.key.clone());
    let taken = before.is_none() && (key == NEW || known(app, &key).is_some());
    if !name.is_empty() && taken {
        form.wrong(FieldError::new("name", "taken", "Đã có việc mang tên này.", "There is an occasion of this name."));
    }
    let (Ok(place), true) = (place, form.is_good()) else { return Ok(None) };
    let icon = form.value("icon");
    Ok(Some(LifeEvent {
        id: before.map_or_else(|| app.id(), |b| Ok(b.id))?,
        key,
        name_en: form.text("name_en").unwrap_or(&name).to_owned(),
        name,
        icon: if ICONS.contains(&icon) { icon.to_owned() } else { "file".into() },
        place,
        procedures: lines.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect(),
        active: form.is("active", "1"),
    }))
}

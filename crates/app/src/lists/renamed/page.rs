//! `/dia-ban`: which commune of today an old one has become, for whoever writes an address (CAT-07); `POST /dia-ban/ten-cu`
//! says the same of an address while it is typed. A POST, because somebody's address belongs into no URL; nothing is kept.

use crate::{
    app::App,
    error::AppError,
    home::Foot,
    http::{PageError, Reader, Shell, Typed, html},
    lists::{FormerCommune, former, named_in, store},
    messages::Lang,
};
use askama::Template;
use axum::{
    Json,
    extract::{Query, State},
    response::Response,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// More than these nobody reads.
const MOST: usize = 50;
/// Under a field.
const FEW: usize = 4;

#[derive(Template)]
#[template(path = "lists/renamed/page.html")]
struct Page {
    shell: Shell,
    asked: String,
    /// The old name, and what it is today; nothing where an earlier merger had ended it.
    found: Vec<(String, Vec<String>)>,
    /// Whom to ask where that is not known.
    ask: String,
}

pub async fn show(
    State(app): State<App>,
    reader: Reader,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let asked = query.get("q").cloned().unwrap_or_default();
    let old = former(&asked, MOST);
    let names = today(&app, &old).await.map_err(|e| PageError::new(&app, &reader, e))?;
    let now = |f: &FormerCommune| f.became.iter().filter_map(|c| names.get(c).cloned()).collect();
    let found = old.iter().map(|f| (f.whole(), now(f))).collect();
    let shell = Shell::public(&app, &reader, reader.lang.t("Xã, phường cũ nay là gì?"));
    Ok(html(&Page { shell, asked, found, ask: whom_to_ask(&app, reader.lang) }))
}

/// Who knows what the carried list does not: the People's Committee on the spot, or the Centre by telephone.
fn whom_to_ask(app: &App, lang: Lang) -> String {
    match Foot::of(app).phone {
        Some(phone) => lang.f1("Xin hỏi Ủy ban nhân dân xã, phường nơi đó, hoặc gọi {}.", phone),
        None => lang.t("Xin hỏi Ủy ban nhân dân xã, phường nơi đó, hoặc hỏi tại Trung tâm.").to_owned(),
    }
}

/// "Phường Cao Xanh, Tỉnh Quảng Ninh" for the codes of what these became.
async fn today(app: &App, old: &[&FormerCommune]) -> Result<HashMap<String, String>, AppError> {
    let codes: Vec<String> = old.iter().flat_map(|f| f.became.clone()).collect();
    app.db.read(move |q| Ok(store::area_names(q, &codes)?)).await
}

/// What to say under an address: `{"items":[{"words","address","use"}]}`.
pub async fn named(State(app): State<App>, reader: Reader, Typed(form): Typed) -> Result<Json<Value>, PageError> {
    let found = named_in(form.value("dia_chi"), &app.profile.province.name);
    let old: Vec<&FormerCommune> = found.iter().map(|r| r.old).collect();
    let names = today(&app, &old).await.map_err(|e| PageError::new(&app, &reader, e))?;
    let lang = reader.lang;
    let names = &names;
    let became = found.iter().flat_map(|r| r.old.became.iter().filter_map(move |c| Some((r, names.get(c)?))));
    let item = |(r, name): (&crate::lists::Renamed, &String)| {
        let address = if r.before.is_empty() { name.clone() } else { format!("{}, {name}", r.before) };
        json!({"words": lang.f2("{} nay là {}.", r.old.whole(), name), "use": lang.f1("Dùng: {}", &address), "address": address})
    };
    Ok(Json(json!({"items": became.take(FEW).map(item).collect::<Vec<_>>()})))
}

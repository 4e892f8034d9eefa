//! `/can-bo/quan-tri/danh-muc/viec-doi`: occasions of life, with what each finds in the catalogue now.

use crate::{
    app::App,
    http::{Shell, html},
    lists::{events::LifeEvent, keeper::Keeper},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "lists/occasions/page.html")]
struct Page {
    shell: Shell,
    /// Each with the number of its procedures in force.
    rows: Vec<(LifeEvent, usize)>,
}

pub async fn show(State(app): State<App>, me: Keeper, Query(asked): Query<HashMap<String, String>>) -> Response {
    let reference = app.reference();
    let counted = |e: &LifeEvent| (e.clone(), reference.listing.occasion(&e.key).len());
    let flash = me.flash(asked.get("xong"));
    let shell = me.shell(&app, "Việc trong đời").with_flash(flash);
    html(&Page { shell, rows: reference.life_events.iter().map(counted).collect() })
}

use super::Foot;
use crate::{
    app::App,
    catalogue::Count,
    http::{Reader, Shell, encode, html},
    lists::events::LifeEvent,
    national, online,
    reference::Reference,
};
use askama::Template;
use axum::{extract::State, response::Response};

#[derive(Template)]
#[template(path = "home/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    procedures: usize,
    fields: Vec<Count>,
    /// Occasions of life that have procedures here, and how many.
    events: Vec<(LifeEvent, usize)>,
    /// Where one hands in online when not here (QNI 13.4a).
    portal: Option<String>,
    /// One hands in online here.
    is_online: bool,
}

impl Page {
    /// The address of the procedures of a field.
    #[expect(clippy::unused_self, reason = "the template reaches it through the page")]
    fn href(&self, field: &str) -> String {
        format!("/thu-tuc?linh_vuc={}", encode(field))
    }
}

/// `GET /`: one question, the fields, and where a dossier is followed.
pub async fn show(State(app): State<App>, reader: Reader) -> Response {
    let reference = app.reference();
    let shell = Shell::public(&app, &reader, "Ông/bà cần làm thủ tục gì?");
    let title = shell.lang.t("Ông/bà cần làm thủ tục gì?").to_owned();
    html(&Page {
        shell: Shell { title, ..shell },
        foot: Foot::of(&app),
        procedures: reference.procedures.len(),
        fields: reference.listing.fields.clone(),
        events: events(&reference),
        portal: national::for_citizens(&app),
        is_online: online::is_on(&app),
    })
}

fn events(reference: &Reference) -> Vec<(LifeEvent, usize)> {
    let active = reference.life_events.iter().filter(|e| e.active);
    let counted = active.map(|e| (e.clone(), reference.listing.occasion(&e.key).len()));
    counted.filter(|(_, procedures)| *procedures > 0).collect()
}

use super::Foot;
use crate::{
    app::App,
    catalogue::{Count, fields},
    http::{Reader, Shell, encode, html},
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
        fields: fields(&reference),
    })
}

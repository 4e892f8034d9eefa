//! The one opinion or reason that goes into all of the ticked dossiers, asked before anything is done (FLW-07).

use super::run::{Pick, picks};
use crate::{
    accounts::SignedIn,
    app::App,
    dossier::inbox::{self, Line, lines},
    error::{AppError, FieldError},
    http::{Form, Nav, Shell, hidden_key, html},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

#[derive(Template)]
#[template(path = "dossier/bulk/ask.html")]
struct Page {
    shell: Shell,
    form: Form,
    lines: Vec<Line>,
    picked: Vec<Pick>,
    /// How many of the ticked ones the reader does not reach any more.
    gone: usize,
    /// An opinion is asked for, not the reason of a sending back.
    opines: bool,
    back: String,
}

/// The page that asks; `None` when the form says everything.
pub async fn ask(app: &App, me: &SignedIn, form: &Form) -> Result<Option<Response>, AppError> {
    let act = form.value("act");
    let opines = act == "opine";
    if !opines && act != "return" {
        return Ok(None);
    }
    let mut form = form.clone();
    let was_asked = form.is("da-hoi", "1");
    if was_asked && form.text("text").is_none() {
        let (vi, en) =
            ("Xin ghi nội dung, dùng chung cho các hồ sơ đã chọn.", "Write it down, for all that are ticked.");
        form.wrong(FieldError::missing("text", vi, en));
    }
    if was_asked && opines && !matches!(form.value("opinion"), "grant" | "decline") {
        let (vi, en) = ("Xin chọn đề nghị chấp thuận hay không.", "Choose whether to propose granting or declining.");
        form.wrong(FieldError::missing("opinion", vi, en));
    }
    if was_asked && form.is_good() {
        return Ok(None);
    }
    let status = if was_asked { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if !was_asked {
        form = form.with("once", hidden_key(app));
    }
    let page = page(app, me, form, opines).await?;
    Ok(Some((status, page).into_response()))
}

async fn page(app: &App, me: &SignedIn, form: Form, opines: bool) -> Result<Response, AppError> {
    let picked = picks(&form);
    let (scope, ids) = (me.who.scope(), picked.iter().map(|p| p.id.raw()).collect::<Vec<_>>());
    let mut rows = app.db.read(move |q| Ok::<_, AppError>(inbox::store::by_ids(q, &scope, ids)?)).await?;
    rows.sort_by_key(|w| w.after);
    let lines = lines(app, me, rows).await?;
    let title = if opines { "Ghi ý kiến chung và trình" } else { "Trả lại bước trước" };
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t(title));
    let back = format!("/can-bo?{}", inbox::place(form.value("ve")));
    let gone = picked.len() - lines.len();
    Ok(html(&Page { shell, form, lines, picked, gone, opines, back }))
}

impl Page {
    /// The row as it was ticked: a dossier that moved meanwhile is refused by its version.
    fn pick(&self, line: &Line) -> String {
        let seen = self.picked.iter().find(|p| p.id.raw() == line.id).map_or(line.version, |p| p.version);
        format!("{}:{seen}", line.id)
    }
}

//! `/can-bo/vuong-mac/moi`: the counter asks agencies about a procedure, before anything is taken in (VL 7.1).

use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::unclear::{Question, open},
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::accounts::Role;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "catalogue/unclear/ask/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    /// Name of the procedure, once one is named.
    procedure: Option<String>,
    agencies: Vec<(String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    thu_tuc: String,
}

pub async fn show(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    if !me.who.any(Role::takes_in) {
        return Err(PageError::new(&app, &me.reader, AppError::RightMissing(Role::IntakeOfficer.as_str())));
    }
    let form = Form::default().with("once", hidden_key(&app)).with("procedure", asked.thu_tuc);
    Ok(render(&app, &me, form))
}

pub async fn send(State(app): State<App>, me: SignedIn, Typed(mut form): Typed) -> Result<Response, PageError> {
    match sent(&app, &me, &mut form).await {
        Ok(Some(id)) => Ok(Redirect::to(&format!("/can-bo/vuong-mac/{id}")).into_response()),
        Ok(None) => Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&app, &me, form)).into_response()),
        Err(e) => Err(PageError::new(&app, &me.reader, e)),
    }
}

async fn sent(app: &App, me: &SignedIn, form: &mut Form) -> Result<Option<String>, AppError> {
    let reference = app.reference();
    let code = form.value("procedure").trim().to_owned();
    if reference.procedure(&code).is_none() {
        let (vi, en) =
            ("Không có thủ tục mang mã này. Xin tìm lại theo tên.", "No procedure has this code. Search by its name.");
        form.wrong(FieldError::new("procedure", "unknown", vi, en));
    }
    let text = form.required("text", "Xin ghi điểm chưa rõ.", "State what was unclear.");
    let named = form.all("agency").iter().filter(|a| !a.trim().is_empty());
    let asked: Vec<_> = named.filter_map(|a| reference.agency_by_identifier(a)).map(|a| a.id).collect();
    if !form.is_good() {
        return Ok(None);
    }
    let question = Question { code, text, asked };
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("unclear {question:?}"));
    match open(app, &me.who, once, question).await {
        Ok(id) => Ok(Some(id)),
        Err(wrong) => form.absorb(wrong).map(|()| None),
    }
}

fn render(app: &App, me: &SignedIn, form: Form) -> Response {
    let reference = app.reference();
    let listed = reference.procedure(form.value("procedure").trim());
    let active = reference.agencies.iter().filter(|a| a.active);
    let page = Page {
        shell: Shell::officer(app, me, Nav::Unclear, me.reader.lang.t("Hỏi cơ quan về điểm chưa rõ")),
        procedure: listed.map(|p| p.name.clone()),
        agencies: active.map(|a| (a.identifier.clone(), a.name.clone())).collect(),
        form,
    };
    html(&page)
}

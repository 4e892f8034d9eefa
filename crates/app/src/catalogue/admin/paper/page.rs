//! `…/{code}/giay-to/{case}/{paper}`: one paper of a case, with its blank form; `moi` adds one.

use crate::{
    app::App,
    catalogue::admin::{
        draft,
        keeper::Keeper,
        store::{self, FormFile},
        values,
    },
    dossier::{files, store as dossier_store},
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::catalogue::{Component, ProcedureVersion, portal};

const NEW: &str = "moi";

#[derive(Template)]
#[template(path = "catalogue/admin/paper/page.html")]
struct Page {
    shell: Shell,
    code: String,
    case: String,
    paper: String,
    form: Form,
    /// Name of the blank form that is kept.
    kept: Option<String>,
    max_bytes: u64,
}

type At = (String, String, String);

pub async fn show(State(app): State<App>, me: Keeper, Path(at): Path<At>) -> Result<Response, PageError> {
    first(&app, &me, at).await.map_err(|e| me.wrong(&app, e))
}

async fn first(app: &App, me: &Keeper, at: At) -> Result<Response, AppError> {
    let open = draft::load(app, me, &at.0).await?;
    let form = Form::default().with("version", open.version.to_string()).with("originals", "1").with("copies", "0");
    if at.2 == NEW && open.content.variants.iter().any(|c| c.id == at.1) {
        return Ok(page(app, me, at, form.with("required", "1"), None));
    }
    let paper = found(&open.content, &at)?;
    let mut form = form
        .with("name", &*paper.name)
        .with("section", &*paper.section)
        .with("originals", paper.originals.to_string())
        .with("copies", paper.copies.to_string())
        .with("form_name", paper.form.clone().unwrap_or_default())
        .with("form_file", paper.form_file.clone().unwrap_or_default());
    for (name, is) in [("required", paper.required), ("e_form", paper.e_form)] {
        if is {
            form = form.with(name, "1");
        }
    }
    let kept = paper.form_file.as_ref().and(paper.form.clone());
    Ok(page(app, me, at, form, kept))
}

fn found<'v>(version: &'v ProcedureVersion, at: &At) -> Result<&'v Component, AppError> {
    let case = version.variants.iter().find(|c| c.id == at.1).ok_or(AppError::NotFound)?;
    case.component(&at.2).ok_or(AppError::NotFound)
}

fn page(app: &App, me: &Keeper, (code, case, paper): At, form: Form, kept: Option<String>) -> Response {
    let title = if paper == NEW { "Thêm giấy tờ" } else { "Sửa giấy tờ" };
    let max_bytes = app.config.uploads.max_bytes;
    html(&Page { shell: me.shell(app, title), code, case, paper, form, kept, max_bytes })
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(at): Path<At>,
    parts: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<Response, PageError> {
    match parts {
        Ok(parts) => save(&app, &me, at, parts).await.map_err(|e| me.wrong(&app, e)),
        Err(_) => Err(me.wrong(&app, AppError::NotFound)),
    }
}

async fn save(app: &App, me: &Keeper, at: At, parts: Multipart) -> Result<Response, AppError> {
    let open = draft::load(app, me, &at.0).await?;
    let sent = files::read(app, &me.who, parts).await?;
    let attached = sent.attached(app, &me.who, "file", "none").await?.into_iter().next();
    let mut form = sent.form;
    let mut content = open.content;
    if let Some(file) = attached {
        let (who, now, sha256) = (me.who.clone(), app.machine.now(), file.sha256.clone());
        app.db
            .unit(move |unit| {
                let row = dossier_store::upload(unit, &who, &sha256, now)?.ok_or(AppError::NotFound)?;
                let kept = FormFile { sha256: row.sha256, name: row.name, kind: row.kind, size: row.size };
                store::keep_form_file(unit, &kept, who.officer, now).map_err(AppError::from)
            })
            .await?;
        form = form.with("form_file", file.sha256).with("form_name", file.name);
    }
    change(&mut form, &mut content, &at)?;
    if form.is_good() && draft::save(app, me, &mut form, content, "giấy tờ").await? {
        return Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/{}/truong-hop?xong=luu", at.0)).into_response());
    }
    let kept = form.text("form_file").and(form.text("form_name")).map(str::to_owned);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, at, form, kept)).into_response())
}

/// Puts the paper where it belongs, takes it away, or moves it.
fn change(form: &mut Form, content: &mut ProcedureVersion, at: &At) -> Result<(), AppError> {
    let case = content.variants.iter_mut().find(|c| c.id == at.1).ok_or(AppError::NotFound)?;
    let place = case.components.iter().position(|c| c.id == at.2);
    match (form.value("act"), place) {
        ("drop", Some(place)) => {
            case.components.remove(place);
        }
        ("up", Some(place)) if place > 0 => case.components.swap(place, place - 1),
        ("down", Some(place)) if place + 1 < case.components.len() => case.components.swap(place, place + 1),
        ("up" | "down", Some(_)) => {}
        (_, place) => {
            let known: Vec<String> = case.components.iter().map(|c| c.id.clone()).collect();
            let paper = typed(form, place.map_or(NEW, |_| at.2.as_str()), &known);
            match place.and_then(|p| case.components.get_mut(p)) {
                Some(slot) => *slot = paper,
                None if at.2 == NEW => case.components.push(paper),
                None => return Err(AppError::NotFound),
            }
        }
    }
    Ok(())
}

fn typed(form: &mut Form, id: &str, known: &[String]) -> Component {
    let name = form.required("name", "Xin nhập tên giấy tờ.", "Enter the paper’s name.");
    let (originals, copies) = (values::count(form, "originals"), values::count(form, "copies"));
    let is_new = id == NEW;
    let id = if is_new { portal::case_id(&name) } else { id.to_owned() };
    if is_new && known.contains(&id) {
        let (vi, en) = ("Trường hợp này đã có giấy tờ cùng tên.", "This case has a paper of this name already.");
        form.wrong(FieldError::new("name", "paper.taken", vi, en));
    }
    let form_file = form.text("form_file").filter(|_| !form.is("without_file", "1")).map(str::to_owned);
    Component {
        id,
        name,
        section: form.value("section").trim().to_owned(),
        originals,
        copies,
        required: form.is("required", "1"),
        form: form.text("form_name").map(str::to_owned),
        form_file,
        e_form: form.is("e_form", "1"),
    }
}

//! `…/{code}/truong-hop`: the cases of a draft and their papers.

use crate::{
    app::App,
    catalogue::admin::{draft, keeper::Keeper, store::Draft, values},
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::catalogue::{CaseAnswer, ProcedureVersion, Variant, answers_text, portal, read_answers};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "catalogue/admin/cases/page.html")]
struct Page {
    shell: Shell,
    code: String,
    form: Form,
    cases: Vec<Variant>,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let open = draft::load(&app, &me, &code).await.map_err(|e| me.wrong(&app, e))?;
    let told = values::flash(me.reader.lang, query.get("xong"));
    Ok(page(&app, &me, code, open.content.variants.clone(), filled(&open), told))
}

fn filled(open: &Draft) -> Form {
    let mut form = Form::default().with("version", open.version.to_string());
    for (at, case) in open.content.variants.iter().enumerate() {
        form = form
            .with(&format!("case.{at}.name"), &*case.name)
            .with(&format!("case.{at}.limit"), values::limit_text(case.limit))
            .with(&format!("case.{at}.answers"), answers_text(&case.answers));
    }
    form
}

fn page(app: &App, me: &Keeper, code: String, cases: Vec<Variant>, form: Form, told: Option<String>) -> Response {
    let shell = me.shell(app, "Sửa bản nháp: trường hợp và giấy tờ").with_flash(told);
    html(&Page { shell, code, form, cases })
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save(&app, &me, code, form).await.map_err(|e| me.wrong(&app, e))
}

async fn save(app: &App, me: &Keeper, code: String, mut form: Form) -> Result<Response, AppError> {
    let open = draft::load(app, me, &code).await?;
    let cases = open.content.variants.clone();
    let content = typed(&mut form, open.content);
    if form.is_good() && draft::save(app, me, &mut form, content, "trường hợp").await? {
        return Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/{code}/truong-hop?xong=luu")).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, code, cases, form, None)).into_response())
}

/// Names and limits of the cases; a ticked one goes with its papers, a named new one gets the papers of the first.
fn typed(form: &mut Form, mut v: ProcedureVersion) -> ProcedureVersion {
    let before = std::mem::take(&mut v.variants);
    for (at, mut case) in before.iter().cloned().enumerate() {
        if form.is(&format!("case.{at}.drop"), "1") && before.len() > 1 {
            continue;
        }
        form.value(&format!("case.{at}.name")).trim().clone_into(&mut case.name);
        case.limit = values::limit(form, &format!("case.{at}.limit"));
        case.answers = answers(form, &format!("case.{at}.answers"));
        v.variants.push(case);
    }
    if let Some(name) = form.text("new.name").map(str::to_owned) {
        let id = portal::case_id(&name);
        let components = before.first().map(|c| c.components.clone()).unwrap_or_default();
        let limit = values::limit(form, "new.limit");
        let answers = answers(form, "new.answers");
        if !v.variants.iter().any(|c| c.id == id) {
            v.variants.push(Variant { id, name, limit, components, answers });
        }
    }
    // A way for a case that went holds for all.
    for way in &mut v.ways {
        let known = way.variant.as_ref().is_some_and(|id| v.variants.iter().any(|c| c.id == *id));
        way.variant = way.variant.take().filter(|_| known);
    }
    v
}

/// The answers that lead to a case, a line each; a line that is none is wrong.
fn answers(form: &mut Form, field: &str) -> Vec<CaseAnswer> {
    read_answers(form.value(field)).unwrap_or_else(|line| {
        let (vi, en) = (
            format!("Dòng “{line}” chưa đúng. Mỗi dòng viết: câu hỏi = câu trả lời, ví dụ Công trình gì? = Nhà ở."),
            format!("The line “{line}” is not right. Write on each line: question = answer."),
        );
        form.wrong(FieldError::new(field, "invalid", vi, en));
        Vec::new()
    })
}

impl Page {
    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn name(&self, row: &usize, what: &str) -> String {
        format!("case.{row}.{what}")
    }
}

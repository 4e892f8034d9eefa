//! `…/xem-thu`: the form as applicants see it. What is typed here is judged as theirs would be, and may be kept as a trial.

use crate::{
    app::App,
    error::AppError,
    forms::{
        Filled, Item, PREFIX, Sheet,
        admin::{Designer, change, draft_only, load},
        print, sheet,
        store::Version,
        typed_of, with_row, without_row,
    },
    http::{Form, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use documents::Paper;
use domain::forms::{self, Case, Facts};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "forms/preview/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    v: Version,
    sheet: Sheet,
    /// It was judged and nothing is wrong.
    good: bool,
    max_bytes: u64,
}

pub async fn show(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let answer = async {
        let v = load(&app, &id).await?;
        let form = Form::default().with("once", hidden_key(&app)).with("version", v.version.to_string());
        let told = me.flash(query.get("xong"));
        // A trial, to be looked at and printed.
        let case = query.get("ca").and_then(|n| v.form.cases.get(n.parse::<usize>().ok()?));
        let typed = case.map(|c| c.answers.clone()).unwrap_or_default();
        Ok(html(&page(&app, &me, v, form, &typed, false, told)))
    };
    answer.await.map_err(|e| me.wrong(&app, e))
}

fn page(
    app: &App,
    me: &Designer,
    v: Version,
    form: Form,
    typed: &forms::Typed,
    good: bool,
    told: Option<String>,
) -> Page {
    let reference = app.reference();
    let lang = me.reader.lang;
    let sheet = sheet(&v.form, typed, &[], &reference.forms.places, &app.profile.province.area_code, lang);
    let shell = me.shell(app, lang.t("Xem thử biểu mẫu")).with_flash(told);
    Page { shell, form, v, sheet, good, max_bytes: app.config.uploads.max_bytes }
}

pub async fn send(
    State(app): State<App>,
    me: Designer,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &id, form).await.map_err(|e| me.wrong(&app, e))
}

async fn sent(app: &App, me: &Designer, id: &str, mut form: Form) -> Result<Response, AppError> {
    let v = load(app, id).await?;
    let typed = typed_of(form.pairs(), &v.form);
    let act = form.value("act").to_owned();
    match act.split(':').collect::<Vec<_>>().as_slice() {
        ["them", group] => {
            let typed = with_row(typed, &v.form, group.trim_start_matches(PREFIX));
            return Ok(html(&page(app, me, v, form, &typed, false, None)));
        }
        ["bot", group, row] => {
            let typed = without_row(&typed, group.trim_start_matches(PREFIX), row.parse().unwrap_or(0));
            return Ok(html(&page(app, me, v, form, &typed, false, None)));
        }
        ["print"] => return printed(app, &v, &typed).await,
        ["case"] => {
            if let Some(to) = keep(app, me, &v, &mut form, &typed).await? {
                return Ok(Redirect::to(&to).into_response());
            }
        }
        _ => {
            let reference = app.reference();
            let facts = Facts { today: reference.day, places: &reference.forms.places, files: None };
            for f in forms::read(&v.form, &typed, &facts).faults {
                form.wrong(crate::error::FieldError::new(format!("{PREFIX}{}", f.field), f.code, f.vi, f.en));
            }
            let good = form.is_good();
            let status = if good { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            return Ok((status, html(&page(app, me, v, form, &typed, good, None))).into_response());
        }
    }
    let form = form.with("once", hidden_key(app));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page(app, me, v, form, &typed, false, None))).into_response())
}

/// The paper with what was typed so far.
async fn printed(app: &App, v: &Version, typed: &forms::Typed) -> Result<Response, AppError> {
    let reference = app.reference();
    let facts = Facts { today: reference.day, places: &reference.forms.places, files: None };
    let answers = forms::read(&v.form, typed, &facts).answers;
    let filled = Filled { code: v.form.code(), number: v.number, answers };
    let paper = print::filled(app, &v.form, &filled, app.now().day(), print::Around::default());
    crate::dossier::print_form(paper, Paper::A4, &v.form.code()).await
}

/// Letters of a trial's name.
const LONGEST_NAME: usize = 120;

/// Keeps what was typed as a trial.
async fn keep(
    app: &App,
    me: &Designer,
    v: &Version,
    form: &mut Form,
    typed: &forms::Typed,
) -> Result<Option<String>, AppError> {
    let name = form.required("case_name", "Xin ghi tên ca thử.", "Give the trial a name.");
    form.at_most("case_name", LONGEST_NAME);
    let at = form.text("case_fails").map(|t| t.trim_start_matches(PREFIX).to_owned());
    if !form.is_good() {
        return Ok(None);
    }
    let answers = typed.iter().filter(|(_, v)| !v.trim().is_empty()).map(|(k, v)| (k.clone(), v.clone())).collect();
    let case = Case { name, answers, fails_at: at };
    let saved = change(app, me, form, v.id, "form.change", move |v, _| {
        draft_only(v)?;
        v.form.cases.push(case.clone());
        Ok(format!("+ {}", case.name))
    });
    match saved.await {
        Ok(()) => Ok(Some(format!("/can-bo/quan-tri/bieu-mau/{}?xong=ca-thu#trials", v.id))),
        Err(e) => {
            form.absorb(e)?;
            Ok(None)
        }
    }
}

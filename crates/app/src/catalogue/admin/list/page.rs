//! `/can-bo/quan-tri/thu-tuc`: all procedures, with search; a new one begins here (CAT-01).

use crate::{
    app::App,
    catalogue::{
        Question,
        admin::{draft, keeper::Keeper, store, values::flash},
        find,
    },
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, encode, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{catalogue::portal::read_code, time::day_text};
use serde::Deserialize;

const PAGE: usize = 50;

/// What the search form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    /// `nhap` drafts, `sap` ahead, `het` ended; else in force.
    nhom: String,
    /// The last code of the page before.
    sau: String,
    xong: Option<String>,
}

#[derive(Template)]
#[template(path = "catalogue/admin/list/page.html")]
struct Page {
    shell: Shell,
    me: Keeper,
    asked: Asked,
    form: Form,
    lines: Vec<Line>,
    next: Option<String>,
}

struct Line {
    code: String,
    name: String,
    field: String,
    /// What is worth knowing: a day, who edits.
    note: String,
}

pub async fn show(State(app): State<App>, me: Keeper, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    page(&app, &me, asked, Form::default()).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Keeper, asked: Asked, form: Form) -> Result<Response, AppError> {
    let mut lines = lines(app, &asked).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().filter(|_| more).map(|l| l.code.clone());
    let next =
        last.map(|code| format!("?nhom={}&q={}&sau={}", encode(&asked.nhom), encode(asked.q.trim()), encode(&code)));
    let told = flash(me.reader.lang, asked.xong.as_ref());
    let shell = me.shell(app, "Danh mục thủ tục").with_flash(told);
    Ok(html(&Page { shell, me: me.clone(), asked, form, lines, next }))
}

async fn lines(app: &App, asked: &Asked) -> Result<Vec<Line>, AppError> {
    let (after, day) = (asked.sau.clone(), app.now().day());
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let others = match asked.nhom.as_str() {
        "nhap" => {
            let drafts = app.db.read(move |q| Ok::<_, AppError>(store::drafts(q, &after, most)?)).await?;
            let reference = app.reference();
            let line = |d: store::Draft| Line {
                code: d.content.code.to_string(),
                name: d.content.name,
                field: d.content.field.name,
                note: reference.officer_name(d.officer).to_owned(),
            };
            return Ok(drafts.into_iter().map(line).collect());
        }
        "sap" => app.db.read(move |q| Ok::<_, AppError>(store::ahead(q, day, &after, most)?)).await?,
        "het" => app.db.read(move |q| Ok::<_, AppError>(store::ended(q, day, &after, most)?)).await?,
        _ => return Ok(in_force(app, asked)),
    };
    let day = |text: Option<String>| text.and_then(|d| d.parse().ok()).map(day_text).unwrap_or_default();
    Ok(others.into_iter().map(|o| Line { code: o.code, name: o.name, field: o.field, note: day(o.from) }).collect())
}

fn in_force(app: &App, asked: &Asked) -> Vec<Line> {
    let reference = app.reference();
    let found = find(&reference, &Question { text: asked.q.clone(), ..Question::default() });
    // Hits stand best first: the next page goes on behind the one that ended the page before.
    let from = if asked.q.trim().is_empty() {
        found.iter().position(|p| p.code.as_str() > asked.sau.as_str()).unwrap_or(found.len())
    } else {
        found.iter().position(|p| p.code.as_str() == asked.sau).map_or(0, |at| at + 1)
    };
    let line = |p: &crate::catalogue::Listed| Line {
        code: p.code.to_string(),
        name: p.name.clone(),
        field: p.field.clone(),
        note: String::new(),
    };
    found.into_iter().skip(from).take(PAGE + 1).map(line).collect()
}

pub async fn add(State(app): State<App>, me: Keeper, Typed(form): Typed) -> Result<Response, PageError> {
    begin(&app, &me, form).await.map_err(|e| me.wrong(&app, e))
}

/// Begins the draft of a procedure that has no version yet.
async fn begin(app: &App, me: &Keeper, mut form: Form) -> Result<Response, AppError> {
    me.needs_central()?;
    let name = form.required("name", "Xin nhập tên thủ tục.", "Enter the procedure’s name.");
    let typed = form.required("code", "Xin nhập mã thủ tục, ví dụ 1.000080.", "Enter the code, such as 1.000080.");
    let code = read_code(&typed).ok().map(|(code, _)| code);
    if code.is_none() && !typed.is_empty() {
        let (vi, en) = ("Mã thủ tục như 1.000080.", "A code is like 1.000080.");
        form.wrong(FieldError::new("code", "code.invalid", vi, en));
    }
    if let Some(code) = code.filter(|_| form.is_good()) {
        let asked = code.to_string();
        let known =
            app.db.read(move |q| Ok::<_, AppError>(crate::catalogue::store::newest(q, &asked)?.is_some())).await?;
        let path = format!("/can-bo/quan-tri/thu-tuc/{code}/sua?xong=nhap");
        if known {
            let (vi, en) = (
                "Mã này đã có trong danh mục. Xin mở thủ tục đó để sửa.",
                "This code is in the catalogue. Open it to edit.",
            );
            form.wrong(FieldError::new("code", "code.taken", vi, en));
        } else {
            draft::insert(app, me, draft::blank(code, name), None).await?;
            return Ok(Redirect::to(&path).into_response());
        }
    }
    let shown = page(app, me, Asked::default(), form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
}

impl Page {
    /// The groups of the list: key and words.
    #[expect(clippy::unused_self, reason = "the template calls it")]
    fn groups(&self) -> [(&'static str, &'static str); 4] {
        [("", "Đang có hiệu lực"), ("nhap", "Bản nháp"), ("sap", "Sắp có hiệu lực"), ("het", "Đã bãi bỏ")]
    }
}

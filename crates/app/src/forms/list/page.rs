//! `/can-bo/quan-tri/bieu-mau`: every version of every form, and a new one from a file, from another form, or empty.

use crate::{
    app::App,
    error::{AppError, FieldError},
    forms::{
        admin::{Designer, begin, flaws_at},
        store::{self, Status, Version},
    },
    http::{Form, PageError, Shell, Typed, hidden_key, html},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::ProcedureCode,
    forms::{self, Field, Kind, Section},
};
use std::collections::HashMap;

const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "forms/list/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    rows: Vec<Row>,
    older: Option<String>,
    /// Forms from which one may be copied.
    sources: Vec<(String, String)>,
}

struct Row {
    id: String,
    code: String,
    number: i64,
    title: String,
    procedure: String,
    changed: String,
    state: (&'static str, &'static str, &'static str),
}

/// The chip of a version: colour, icon, words.
pub fn state(status: Status) -> (&'static str, &'static str, &'static str) {
    match status {
        Status::Draft => ("plain", "edit", "Bản nháp"),
        Status::Published => ("done", "done", "Đang áp dụng"),
        Status::Replaced => ("plain", "history", "Đã được thay thế"),
    }
}

pub async fn show(
    State(app): State<App>,
    me: Designer,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let of = query.get("thu-tuc").cloned().unwrap_or_default();
    let form = Form::default().with("once", hidden_key(&app)).with("procedure", of);
    page(&app, &me, &query, form).await.map_err(|e| me.wrong(&app, e))
}

async fn page(app: &App, me: &Designer, query: &HashMap<String, String>, form: Form) -> Result<Response, AppError> {
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let (mut found, published) =
        app.db.read(move |q| Ok::<_, AppError>((store::newest(q, before, MOST + 1)?, store::published(q)?))).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let older = (found.len() > most).then(|| found[most - 1].id.to_string());
    found.truncate(most);
    let lang = me.reader.lang;
    let shell = me.shell(app, lang.t("Biểu mẫu điện tử")).with_flash(me.flash(query.get("xong")));
    let reference = app.reference();
    let row = |v: Version| Row {
        id: v.id.to_string(),
        code: v.form.code(),
        number: v.number,
        procedure: reference.procedure(&v.form.procedure).map(|p| p.name.clone()).unwrap_or_default(),
        changed: shell.when(domain::time::Instant::from_millis(v.changed_at)),
        state: state(v.status),
        title: v.form.title,
    };
    let rows = found.into_iter().map(row).collect();
    let source = |v: Version| (v.id.to_string(), format!("{} · {}", v.form.code(), v.form.title));
    Ok(html(&Page { rows, older, sources: published.into_iter().map(source).collect(), shell, form }))
}

/// `POST`: begins a draft.
pub async fn send(State(app): State<App>, me: Designer, Typed(form): Typed) -> Result<Response, PageError> {
    sent(&app, &me, form).await.map_err(|e| me.wrong(&app, e))
}

async fn sent(app: &App, me: &Designer, mut form: Form) -> Result<Response, AppError> {
    let what = match form.value("act") {
        "file" => from_file(&mut form),
        _ => from_other(app, &mut form).await?,
    };
    if let Some(what) = what.filter(|_| form.is_good()) {
        return Ok(Redirect::to(&begin(app, me, &form, what).await?).into_response());
    }
    let page = page(app, me, &HashMap::new(), form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Longest definition that is read.
const LONGEST: usize = 200_000;

fn from_file(form: &mut Form) -> Option<forms::Form> {
    let text = form.required("definition", "Xin dán nội dung tệp biểu mẫu.", "Paste the content of the form's file.");
    if !form.is_good() {
        return None;
    }
    if text.len() > LONGEST {
        let (vi, en) = ("Nội dung dài quá 200.000 ký tự.", "Longer than 200,000 characters.");
        form.wrong(FieldError::new("definition", "too_long", vi, en));
        return None;
    }
    match serde_json::from_str::<forms::Form>(&text) {
        Ok(read) => {
            for flaw in flaws_at("definition", &read) {
                form.wrong(flaw);
            }
            Some(read)
        }
        Err(e) => {
            let vi = format!(
                "Không đọc được tệp ở dòng {}, cột {}. Xin lấy tệp tải về từ một biểu mẫu khác làm mẫu.",
                e.line(),
                e.column()
            );
            let en = format!(
                "The file cannot be read at line {}, column {}. Take a downloaded form as an example.",
                e.line(),
                e.column()
            );
            form.wrong(FieldError::new("definition", "json", vi, en));
            None
        }
    }
}

async fn from_other(app: &App, form: &mut Form) -> Result<Option<forms::Form>, AppError> {
    let (vi, en) = ("Xin ghi mã thủ tục, ví dụ 1.001193.", "Give the procedure's code, for example 1.001193.");
    let procedure = form.required("procedure", vi, en).trim().to_owned();
    let known = procedure.parse::<ProcedureCode>().is_ok() && app.reference().procedure(&procedure).is_some();
    if !known && form.is_good() {
        let (vi, en) = (
            "Danh mục không có thủ tục mang mã này. Xin kiểm tra lại.",
            "The catalogue has no such procedure. Check the code.",
        );
        form.wrong(FieldError::new("procedure", "unknown", vi, en));
    }
    let (vi, en) = ("Xin ghi ký hiệu mẫu, ví dụ TK hoặc CT01.", "Give the form's symbol, for example TK or CT01.");
    let symbol = form.required("symbol", vi, en).to_uppercase();
    let source = match form.value("source").parse() {
        Ok(id) => app.db.read(move |q| Ok::<_, AppError>(store::find(q, id)?)).await?,
        Err(_) => None,
    };
    let lang_title = app.reference().procedure(&procedure).map(|p| p.name.clone()).unwrap_or_default();
    let what = match source {
        Some(v) => forms::Form { procedure, symbol, ..v.form },
        None => bare(procedure, symbol, &lang_title),
    };
    if form.is_good() {
        for flaw in flaws_at("symbol", &what) {
            form.wrong(flaw);
        }
    }
    Ok(Some(what))
}

/// A form that asks only who asks: something to begin with.
fn bare(procedure: String, symbol: String, title: &str) -> forms::Form {
    let name = Field {
        key: "ho_ten".into(),
        label: "Họ, chữ đệm, tên người yêu cầu".into(),
        hint: String::new(),
        kind: Kind::Text { max: 250, lines: false },
        required: true,
        when: None,
        required_when: None,
        fill: Some(forms::Fill::ApplicantName),
        place: forms::Place::Own,
    };
    forms::Form {
        procedure,
        symbol,
        title: format!("Tờ khai: {title}").chars().take(250).collect(),
        basis: String::new(),
        addressed_to: String::new(),
        stands_for: vec!["tờ khai".into()],
        declaration: "Tôi cam đoan nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình.".into(),
        signer: "Người yêu cầu".into(),
        also_sign: Vec::new(),
        layout: forms::Layout::Parts,
        sections: vec![Section {
            title: "Người yêu cầu".into(),
            help: String::new(),
            lead: None,
            when: None,
            fields: vec![name],
        }],
        cases: Vec::new(),
    }
}

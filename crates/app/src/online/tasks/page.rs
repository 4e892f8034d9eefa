//! `/ban-nhap/{id}/cac-buoc`: everything that this dossier needs, what is done of it and what is not, and a way to each (INT-01).

use crate::{
    app::App,
    error::AppError,
    http::{PageError, Shell, html},
    messages::Lang,
    online::{
        Citizen,
        draft::{Draft, Found, Step},
        question::sent_already,
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};

#[derive(Template)]
#[template(path = "online/tasks/page.html")]
struct Page {
    shell: Shell,
    procedure: String,
    code: String,
    draft: i64,
    tasks: Vec<Task>,
    /// What the leading button says.
    next: &'static str,
}

struct Task {
    name: &'static str,
    href: String,
    is_done: bool,
    /// Tone, icon, words.
    state: (&'static str, &'static str, String),
}

impl Page {
    fn done(&self) -> usize {
        self.tasks.iter().filter(|t| t.is_done).count()
    }
}

pub async fn show(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let Found::Open(draft) = Draft::load(&app, &me, &id).await? else { return Ok(sent_already()) };
        page(&app, &me, &draft)
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

fn page(app: &App, me: &Citizen, draft: &Draft) -> Result<Response, AppError> {
    let (lang, faults) = (me.reader.lang, draft.faults(app)?);
    let task = |step: Step| {
        let left = faults.iter().filter(|(at, _)| *at == step).count();
        let is_done = step != Step::Check && left == 0;
        let state = match step {
            Step::Check => check(faults.is_empty(), lang),
            _ if is_done => ("done", "done", lang.t("Đã xong").to_owned()),
            _ => ("near", "edit", lang.f1("Còn {} chỗ cần điền hoặc sửa", left)),
        };
        Task { name: step.name(lang), href: draft.href(step), is_done, state }
    };
    let next = if faults.is_empty() { lang.t("Kiểm tra lại và nộp") } else { lang.t("Làm tiếp") };
    Ok(html(&Page {
        shell: Shell::public(app, &me.reader, lang.t("Hồ sơ đang làm")),
        procedure: draft.governing.procedure.name.clone(),
        code: draft.governing.procedure.code.as_str().to_owned(),
        draft: draft.id,
        tasks: draft.steps(app).into_iter().map(task).collect(),
        next,
    }))
}

/// The last one waits for all others.
fn check(is_complete: bool, lang: Lang) -> (&'static str, &'static str, String) {
    if is_complete {
        ("running", "forward", lang.t("Nộp được rồi").to_owned())
    } else {
        ("plain", "running", lang.t("Làm sau cùng").to_owned())
    }
}

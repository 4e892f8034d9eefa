//! `…/so-sanh`: two versions of a process side by side.

use crate::catalogue::process::words::Choice;
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::process::{
        edit,
        store::{self, Design},
        words,
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, html},
    messages::Lang,
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::catalogue::{
    Step,
    process::{compare, working_time},
};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "catalogue/process/compare/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    design: Design,
    other: Option<Design>,
    others: Vec<Choice>,
    rows: Vec<Row>,
}

struct Row {
    /// Chip: colour and word; none where nothing changed.
    mark: Option<(&'static str, &'static str)>,
    before: Option<Side>,
    after: Option<Side>,
}

struct Side {
    name: String,
    lines: Vec<String>,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    page(&app, &me, &id, query).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &SignedIn, id: &str, query: HashMap<String, String>) -> Result<Response, AppError> {
    let design = edit::load(app, me, id).await?;
    let (who, code) = (me.who.clone(), design.code.clone());
    let all = app.db.read(move |q| Ok::<_, AppError>(store::of_code(q, &code)?)).await?;
    let mut others: Vec<Design> =
        all.into_iter().filter(|d| d.id != design.id && who.draws_process_of(d.scope.agency)).collect();
    let asked = query.get("voi").and_then(|v| others.iter().position(|d| d.id.to_string() == *v));
    // The one before it, else the newest.
    let nearest = others.iter().position(|d| d.number < design.number);
    let lang = me.reader.lang;
    let choices =
        others.iter().map(|d| (d.id.to_string(), format!("{} · {}", lang.f1("bản {}", d.number), d.name))).collect();
    let chosen = asked.or(nearest).or((!others.is_empty()).then_some(0));
    let other = chosen.map(|at| others.swap_remove(at));
    let reference = app.reference();
    let rows = other.as_ref().map(|old| rows(old, &design, &reference, lang)).unwrap_or_default();
    let form = Form::default().with("voi", other.as_ref().map(|d| d.id.to_string()).unwrap_or_default());
    let shell = Shell::officer(app, me, Nav::Processes, lang.t("So sánh hai bản quy trình"));
    Ok(html(&Page { shell, form, others: choices, rows, other, design }))
}

fn rows(old: &Design, new: &Design, reference: &Reference, lang: Lang) -> Vec<Row> {
    let of = |c: &domain::catalogue::process::Compared<'_>| Row {
        mark: match (c.before, c.after) {
            (None, _) => Some(("done", "thêm")),
            (_, None) => Some(("overdue", "bỏ")),
            _ if c.is_same() => None,
            _ if c.before == c.after => Some(("near", "đổi chỗ")),
            _ => Some(("near", "sửa")),
        },
        before: c.before.map(|s| side(s, &old.process, reference, lang)),
        after: c.after.map(|s| side(s, &new.process, reference, lang)),
    };
    compare(&old.process, &new.process).iter().map(of).collect()
}

fn side(s: &Step, process: &domain::catalogue::Process, reference: &Reference, lang: Lang) -> Side {
    let time = s.minutes.map(|m| {
        let (vi, en) = working_time(m);
        lang.pick((&vi, &en)).to_owned()
    });
    let mut lines = vec![
        lang.pick(s.kind.words()).to_owned(),
        format!("{} · {}", words::place_of(&s.actor, reference, lang), words::roles(&s.actor.roles, lang)),
    ];
    lines.extend(time);
    lines.extend(s.transitions.iter().map(|t| {
        let to = process.step(&t.to).map_or(t.to.as_str(), |s| lang.pick((&s.name_vi, &s.name_en)));
        format!("{} → {to}: {}", words::condition(&t.when, None, lang), t.reason)
    }));
    let at = process.place_of(&s.key).map_or(0, |n| n + 1);
    Side { name: format!("{at}. {}", lang.pick((&s.name_vi, &s.name_en))), lines }
}

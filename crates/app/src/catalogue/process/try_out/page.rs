//! `…/thu`: an imaginary dossier walks through the process on a chosen day, and every step says when it is due.

use crate::catalogue::process::words::Choice;
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::process::{
        design::{
            act::day,
            page::{channels, governing, variants},
        },
        edit,
        store::Design,
        words,
    },
    error::{AppError, FieldError},
    http::{Form, Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    catalogue::{Channel, ProcedureVersion, process::Situation},
    dossier::Decision,
    time::Instant,
};
use jiff::civil::Time;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "catalogue/process/try_out/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    design: Design,
    channels: Vec<Choice>,
    variants: Vec<Choice>,
    opinions: Vec<Choice>,
    answer: Option<Answer>,
}

struct Answer {
    limit: String,
    due: Option<String>,
    is_in_time: bool,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    place: String,
    begins: String,
    due: String,
    is_late: bool,
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
    let governing = governing(app, &design.code).await?;
    let lang = me.reader.lang;
    let asked = query.contains_key("ngay");
    let now = app.now().local();
    let first = |value: Option<&Choice>| value.map(|c| c.0.clone()).unwrap_or_default();
    let variants = variants(&governing);
    let mut form = Form::from_pairs(query).over(
        Form::default()
            .with("ngay", domain::time::day_text(now.date()))
            .with("gio", domain::time::time_text(now.time()))
            .with("channel", Channel::Counter.as_str())
            .with("variant", first(variants.first()))
            .with("opinion", "grant"),
    );
    let shell = Shell::officer(app, me, Nav::Processes, lang.t("Chạy thử quy trình"));
    let answer = if asked { tried(app, &design, &governing.procedure, &mut form, &shell) } else { None };
    Ok(html(&Page {
        channels: channels(lang),
        variants,
        opinions: vec![
            ("grant".to_owned(), lang.t("Đề nghị chấp thuận").to_owned()),
            ("decline".to_owned(), lang.t("Đề nghị không chấp thuận").to_owned()),
        ],
        shell,
        form,
        design,
        answer,
    }))
}

fn tried(app: &App, d: &Design, procedure: &ProcedureVersion, form: &mut Form, shell: &Shell) -> Option<Answer> {
    let date = form
        .parse("ngay", day, |()| ("Ngày không đúng, ví dụ 06/10/2025.".into(), "Not a day such as 06/10/2025.".into()));
    let time = form.parse(
        "gio",
        |t| Time::strptime("%H:%M", t),
        |_| ("Giờ không đúng, ví dụ 08:30.".into(), "Not a time such as 08:30.".into()),
    );
    let (date, time) = (date?, time?);
    let received = Instant::from_local(date.to_datetime(time));
    let channel = Channel::from_key(form.value("channel")).unwrap_or(Channel::Counter);
    let opinion = if form.value("opinion") == "decline" { Decision::Decline } else { Decision::Grant };
    let variant = form.value("variant").to_owned();
    let s = Situation { opinion: Some(opinion), channel, variant: &variant };
    let (reference, lang) = (app.reference(), shell.lang);
    let limit = procedure.limit_for(channel, &variant);
    let tried = d.process.try_out(&s, received, limit, &reference.calendar, &reference.clock);
    let tried = match tried {
        Ok(tried) => tried,
        Err(e) => {
            let last = domain::time::day_text(e.last);
            let (vi, en) = (format!("Lịch làm việc mới có đến ngày {last}."), format!("The calendar ends on {last}."));
            form.wrong(FieldError::new("ngay", "calendar.ends", vi, en));
            return None;
        }
    };
    Some(Answer {
        limit: lang.pick((&limit.text_vi(), &limit.text_en())).to_owned(),
        due: tried.due_at.map(|at| shell.when(at)),
        is_in_time: tried.is_in_time(),
        rows: tried
            .steps
            .iter()
            .map(|t| Row {
                name: lang.pick((&t.step.name_vi, &t.step.name_en)).to_owned(),
                place: words::place_of(&t.step.actor, &reference, lang),
                begins: shell.when(t.begins),
                due: shell.when(t.due),
                is_late: t.is_late,
            })
            .collect(),
    })
}

//! The result is entered with number, date, signer and files; it then waits at the return desk (RES-01).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::{Act, Told},
        files::{self, Attached},
        intake_fields,
    },
    error::{AppError, FieldError},
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, State},
    response::{IntoResponse, Response},
};
use domain::dossier::{Command, CommandName, ResultRecord};

#[derive(Template)]
#[template(path = "dossier/result/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    attached: Vec<Attached>,
    max_bytes: u64,
}

pub async fn show(State(app): State<App>, me: SignedIn, Path(key): Path<String>) -> Result<Response, PageError> {
    let act = Act::open(&app, &me, &key, CommandName::Results).await;
    act.map(|mut act| {
        let today = domain::time::day_text(app.now().day());
        act.form = std::mem::take(&mut act.form).with("date", today);
        render(&app, &me, act, Vec::new())
    })
    .map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    sent(&app, &me, &key, parts).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, key: &str, parts: Multipart) -> Result<Response, AppError> {
    let sent = files::read(app, &me.who, parts).await?;
    let attached = sent.attached(app, &me.who, "files", "kept").await?;
    let mut act = Act::sent(app, me, key, CommandName::Results, sent.form).await?;
    let Some(record) = record(&mut act, &attached) else {
        return Ok((act.mend(me)?, render(app, me, act, attached)).into_response());
    };
    match act.give(app, me, Command::RecordResult(record)).await? {
        Told::Done(done) => Ok(done),
        Told::Again(status) => Ok((status, render(app, me, act, attached)).into_response()),
    }
}

fn record(act: &mut Act, attached: &[Attached]) -> Option<ResultRecord> {
    let form = &mut act.form;
    let number =
        form.required("number", "Xin ghi số kết quả, ví dụ 118/GPXD.", "Give the number, for example 118/GPXD.");
    let signer = form.required("signer", "Xin ghi họ tên người ký.", "Give the signer's full name.");
    let date = form.text("date").map(intake_fields::day);
    if date.flatten().is_none() {
        let (vi, en) = ("Ngày ký có dạng 06/10/2025.", "The date looks like 06/10/2025.");
        form.wrong(FieldError::new("date", "invalid", vi, en));
    }
    let date = date.flatten()?;
    let record = ResultRecord {
        number: intake_fields::line(&number),
        date,
        signer: intake_fields::line(&signer),
        files: attached.iter().map(|f| f.sha256.clone()).collect(),
    };
    form.is_good().then_some(record)
}

fn render(app: &App, me: &SignedIn, act: Act, attached: Vec<Attached>) -> Response {
    let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Nhập kết quả"));
    html(&Page { shell, act, attached, max_bytes: app.config.uploads.max_bytes })
}

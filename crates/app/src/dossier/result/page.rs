//! The result is entered with number, date, signer and files; it then waits at the return desk (RES-01).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{
        act::{Act, Arrival, Told},
        drafts::{self, Draft},
        files::{self, Attached},
        intake_fields,
    },
    error::{AppError, FieldError},
    http::{Nav, PageError, Shell, html},
};
use askama::Template;
use axum::{
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::dossier::{Command, CommandName, ResultRecord};

#[derive(Template)]
#[template(path = "dossier/result/page.html")]
struct Page {
    shell: Shell,
    act: Act,
    attached: Vec<Attached>,
    draft: Option<Draft>,
    max_bytes: u64,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Query(arrival): Query<Arrival>,
) -> Result<Response, PageError> {
    shown(&app, &me, &key, &arrival).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn shown(app: &App, me: &SignedIn, key: &str, arrival: &Arrival) -> Result<Response, AppError> {
    let mut act = Act::open(app, me, key, CommandName::Results).await?;
    let today = domain::time::day_text(app.now().day());
    let mut form = std::mem::take(&mut act.form).with("date", today);
    let mut attached = Vec::new();
    if let Some(draft) = drafts::find(app, me, &act).await? {
        form = draft.fill(form);
        attached = files::kept(app, &me.who, draft.all("kept")).await?;
    }
    act.form = form;
    page(app, me, act, attached, arrival).await
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
    match act.form.value("act") {
        "draft" => return keep(app, me, &act, &attached).await,
        "undraft" => return drafts::discard(app, me, &act).await,
        _ => {}
    }
    let Some(record) = record(&mut act, &attached) else {
        let status = act.mend(app, me).await?;
        return again(app, me, act, attached, status).await;
    };
    match act.give(app, me, Command::RecordResult(record)).await? {
        Told::Done(done) => {
            drafts::forget(app, me, &act).await?;
            Ok(done)
        }
        Told::Again(status) => again(app, me, act, attached, status).await,
    }
}

/// What was typed, and the files that are here already.
async fn keep(app: &App, me: &SignedIn, act: &Act, attached: &[Attached]) -> Result<Response, AppError> {
    let mut fields: Vec<_> = ["number", "date", "signer"].map(|name| (name, act.form.all(name).to_vec())).into();
    fields.push(("kept", attached.iter().map(|f| f.sha256.clone()).collect()));
    drafts::keep(app, me, act, &fields).await
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

async fn again(
    app: &App,
    me: &SignedIn,
    act: Act,
    attached: Vec<Attached>,
    status: StatusCode,
) -> Result<Response, AppError> {
    Ok((status, page(app, me, act, attached, &Arrival::default()).await?).into_response())
}

async fn page(
    app: &App,
    me: &SignedIn,
    act: Act,
    attached: Vec<Attached>,
    arrival: &Arrival,
) -> Result<Response, AppError> {
    let shell = arrival.greet(Shell::officer(app, me, Nav::Work, me.reader.lang.t("Nhập kết quả")));
    let draft = drafts::find(app, me, &act).await?;
    Ok(html(&Page { shell, act, attached, draft, max_bytes: app.config.uploads.max_bytes }))
}

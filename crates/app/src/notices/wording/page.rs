//! `/can-bo/quan-tri/tin-nhan/{about}/{channel}`: the wording of one notice on one channel, with a preview before it is saved.

use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    notices::{store, wordings::carried},
    people::Administrator,
    settings,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::notices::{About, Channel, SLOTS, Template as Wording, Values, faults, fill, parts, unmarked};

#[derive(Template)]
#[template(path = "notices/wording/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    form: Form,
    at: String,
    has_subject: bool,
    is_changed: bool,
    preview: Option<Preview>,
    /// Name, meaning, example.
    slots: Vec<(&'static str, &'static str, &'static str)>,
}

struct Preview {
    subject: String,
    lines: Vec<String>,
    /// Parts of a short message.
    parts: Option<u32>,
}

type Which = (About, Channel);

fn which(about: &str, channel: &str) -> Result<Which, AppError> {
    About::from_key(about).zip(Channel::from_key(channel)).ok_or(AppError::NotFound)
}

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Path((about, channel)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let shown = || {
        me.needs_top()?;
        let which = which(&about, &channel)?;
        let words = app.reference().wordings.of(which.0, which.1);
        let form = Form::default().with("subject", words.subject).with("body", words.body);
        Ok::<_, AppError>(page(&app, &me, which, form))
    };
    shown().map_err(|e| me.wrong(&app, e))
}

pub async fn send(
    State(app): State<App>,
    me: Administrator,
    Path((about, channel)): Path<(String, String)>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, &about, &channel, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Administrator, about: &str, channel: &str, mut form: Form) -> Result<Response, AppError> {
    me.needs_top()?;
    let which = which(about, channel)?;
    if form.value("act") == "reset" {
        return save(app, me, which, None).await;
    }
    let typed = typed(&mut form, which);
    if form.is_good() && form.value("act") == "save" {
        return save(app, me, which, Some(typed)).await;
    }
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page(app, me, which, form)).into_response())
}

/// What was typed, every fault noted beside its field.
fn typed(form: &mut Form, (about, channel): Which) -> Wording {
    let body = form.value("body").replace("\r\n", "\n").trim().to_owned();
    for fault in faults(&body, about, channel) {
        let (vi, en) = fault.words();
        form.wrong(FieldError::new("body", "wording", vi, en));
    }
    let mut subject = String::new();
    if !channel.is_short() {
        subject = form.required("subject", "Xin nhập tiêu đề.", "Enter the subject.");
        let unknown = faults(&format!("{subject} {{ma}}"), about, channel);
        for (vi, en) in unknown.iter().map(domain::notices::Fault::words) {
            form.wrong(FieldError::new("subject", "wording", vi, en));
        }
    }
    if body.chars().count() > 4_000 || subject.chars().count() > 200 {
        let (vi, en) = ("Nội dung dài quá. Xin rút gọn.", "The text is too long. Shorten it.");
        form.wrong(FieldError::new("body", "too_long", vi, en));
    }
    Wording { subject, body }
}

/// Saves a wording, or takes the changed one away so that the carried one holds again.
async fn save(
    app: &App,
    me: &Administrator,
    (about, channel): Which,
    new: Option<Wording>,
) -> Result<Response, AppError> {
    let (app_, by) = (app.clone(), me.who.clone());
    let subject = format!("{}/{}", about.key(), channel.key());
    app.db
        .unit(move |unit| {
            // As carried is not changed.
            match new.as_ref().filter(|w| **w != carried(about, channel)) {
                Some(words) => store::put_wording(unit, about, channel, words)?,
                None => store::drop_wording(unit, about, channel)?,
            }
            let detail = new.as_ref().map_or("", |w| w.body.as_str());
            audit(unit, &app_, Some(&by), "notice.wording", &subject, detail)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await?;
    Ok(Redirect::to("/can-bo/quan-tri/tin-nhan?xong=luu").into_response())
}

fn page(app: &App, me: &Administrator, (about, channel): Which, form: Form) -> Response {
    let lang = me.reader.lang;
    let title = format!("{} · {}", lang.pick(about.words()), lang.pick(channel.words()));
    let fitting = SLOTS.iter().filter(|s| s.fits(about));
    html(&Page {
        shell: Shell { title, ..me.shell(app, "") },
        me: me.clone(),
        at: format!("/can-bo/quan-tri/tin-nhan/{}/{}", about.key(), channel.key()),
        has_subject: !channel.is_short(),
        is_changed: app.reference().wordings.is_changed(about, channel),
        preview: form.is_good().then(|| preview(&form, channel)),
        slots: fitting.map(|s| (s.name, lang.pick(s.words), s.sample)).collect(),
        form,
    })
}

/// As a citizen would read it, with examples in the places.
fn preview(form: &Form, channel: Channel) -> Preview {
    let samples: Values = SLOTS.iter().map(|s| (s.name, s.sample.to_owned())).collect();
    let body = fill(form.value("body"), &samples);
    let short = channel == Channel::Sms;
    let body = if short { unmarked(&body) } else { body };
    Preview {
        subject: fill(form.value("subject"), &samples),
        parts: short.then(|| parts(&body)),
        lines: body.lines().map(str::to_owned).collect(),
    }
}

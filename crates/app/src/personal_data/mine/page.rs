//! `/cong-dan/du-lieu`: what is held of a citizen and what for, a copy to take home, what they asked and were answered, and the form
//! by which they ask.

use crate::{
    app::App,
    error::AppError,
    home::Foot,
    http::{Form, PageError, Shell, Typed, hidden_key, html, once},
    messages::Lang,
    online,
    personal_data::{
        act::{self, Deed},
        ask,
        store::{self, Asked, Request},
        tone,
    },
    vault::Proved,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Who,
    deadline::TimeLimit,
    id::Id,
    personal_data::{DataRequest, Kind, Way},
};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "personal_data/mine/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    requests: Vec<Request>,
    older: Option<i64>,
    kinds: &'static [Kind],
    keep_reads_days: u32,
    keep_requests_days: u32,
    /// Until the first answer, and until the answer of each kind.
    first: String,
    limits: Vec<(&'static str, String)>,
}

const PAGE: usize = 20;

fn in_words(lang: Lang, limit: TimeLimit) -> String {
    if lang == Lang::En { limit.text_en() } else { limit.text_vi() }
}

pub async fn show(
    State(app): State<App>,
    holder: Proved,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    let lang = holder.citizen.reader.lang;
    let flash = match query.get("xong").map(String::as_str) {
        Some("gui") => Some(lang.t("Đã gửi yêu cầu. Hạn phản hồi ghi bên dưới.").to_owned()),
        Some("rut") => Some(lang.t("Đã rút yêu cầu.").to_owned()),
        _ => None,
    };
    let form = Form::default().with("viec", Kind::Correction.key()).with("once", hidden_key(&app));
    page(&app, &holder, form, before, flash).await.map_err(|e| PageError::new(&app, &holder.citizen.reader, e))
}

async fn page(
    app: &App,
    holder: &Proved,
    form: Form,
    before: i64,
    flash: Option<String>,
) -> Result<Response, AppError> {
    let (person, lang) = (holder.number.clone(), holder.citizen.reader.lang);
    let most = i64::try_from(PAGE).unwrap_or(i64::MAX - 1) + 1;
    let mut requests = app.db.read(move |q| Ok::<_, AppError>(store::of_person(q, &person, before, most)?)).await?;
    let older = (requests.len() > PAGE).then(|| requests[PAGE - 1].id.raw());
    requests.truncate(PAGE);
    let rules = &app.profile.personal_data;
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = html(&Page {
        shell: Shell::public(app, &holder.citizen.reader, lang.t("Dữ liệu cá nhân của ông/bà")).with_flash(flash),
        foot: Foot::of(app),
        form,
        requests,
        older,
        kinds: Kind::ALL,
        keep_reads_days: app.config.privacy.keep_reads_days,
        keep_requests_days: app.config.privacy.keep_requests_days,
        first: in_words(lang, rules.first_answer),
        limits: Kind::ALL.iter().map(|k| (lang.pick(k.words()), in_words(lang, rules.limit(*k)))).collect(),
    });
    Ok((status, shown).into_response())
}

pub async fn send(State(app): State<App>, holder: Proved, Typed(form): Typed) -> Result<Response, PageError> {
    make(&app, &holder, form).await.map_err(|e| PageError::new(&app, &holder.citizen.reader, e))
}

async fn make(app: &App, holder: &Proved, mut form: Form) -> Result<Response, AppError> {
    let Some(typed) = ask::typed(&mut form) else { return page(app, holder, form, i64::MAX, None).await };
    let account = online::own_account(app, &holder.citizen).await?;
    let command = format!("data request {typed:?}");
    let once = once(app, format!("citizen/{}", holder.citizen.own_key), form.key(app), &command);
    let asked = Asked {
        person: holder.number.clone(),
        name: holder.citizen.name.clone().unwrap_or_default(),
        kind: typed.kind,
        way: Way::Online,
        about: typed.about,
        wanted: typed.wanted,
        dossier: typed.dossier,
        phone: account.phone,
        email: account.email,
        by: Who::CITIZEN,
    };
    ask::ask(app, once, asked).await?;
    Ok(Redirect::to("/cong-dan/du-lieu?xong=gui").into_response())
}

/// `POST /cong-dan/du-lieu/{id}/rut`: that of another is not there.
pub async fn withdraw(State(app): State<App>, holder: Proved, Path(id): Path<String>) -> Result<Response, PageError> {
    take_back(&app, &holder, &id).await.map_err(|e| PageError::new(&app, &holder.citizen.reader, e))
}

async fn take_back(app: &App, holder: &Proved, id: &str) -> Result<Response, AppError> {
    let id: Id<DataRequest> = id.parse().map_err(|_| AppError::NotFound)?;
    let found = app.db.read(move |q| Ok::<_, AppError>(store::find(q, id)?)).await?;
    let own = found.filter(|r| r.asked.person == holder.number).ok_or(AppError::NotFound)?;
    // A second click finds it gone, which is what was wanted.
    if own.state.is_open() {
        let once = once(app, format!("citizen/{}", holder.citizen.own_key), hidden_key(app), "withdraw");
        match act::act(app, &Who::citizen(Id::new(0)), once, id, Deed::withdrawal()).await {
            // Answered meanwhile: the page shows the answer.
            Ok(()) | Err(AppError::Fields(_)) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(Redirect::to("/cong-dan/du-lieu?xong=rut").into_response())
}

impl Page {
    /// Colour and icon of a state.
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    fn tone(&self, request: &Request) -> &'static str {
        tone(request.state)
    }
}

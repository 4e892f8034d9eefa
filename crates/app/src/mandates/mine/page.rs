//! `/cong-dan/uy-quyen`: for whom the citizen may act, who may act for them or for the organisation for which they act now, and what
//! was done by each mandate.

use crate::{
    app::App,
    error::AppError,
    home::Foot,
    http::{Form, PageError, Shell, Typed, hidden_key, html, once},
    mandates::{
        give,
        store::{self, Act, Kept, What},
    },
    messages::Lang,
    online::Citizen,
    vault::Proved,
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    mandates::{MandateKind, MandateState, Principal, Standing},
    people::IdentityNumber,
    time::{Instant, day_text},
};
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "mandates/mine/page.html")]
struct Page {
    shell: Shell,
    foot: Foot,
    form: Form,
    /// Whom I may act for.
    mine: Vec<Line>,
    /// Who may act for me, or for the organisation.
    others: Vec<Line>,
    acts: Vec<Done>,
    /// The organisation for which I act now.
    organisation: Option<String>,
    /// I may name others: for myself, or as representative.
    may_give: bool,
    /// I act for nobody, so I may say that I represent somebody.
    may_claim: bool,
}

struct Line {
    id: String,
    name: String,
    /// Masked.
    number: String,
    kind: MandateKind,
    /// `done`, `paused` or `overdue`, and the words.
    standing: (&'static str, String),
    may_act: bool,
    is_open: bool,
    reason: String,
}

struct Done {
    who: String,
    what: What,
    code: String,
    at: Instant,
}

const MOST: i64 = 100;

/// As whom a person is kept in a mandate.
pub fn person(me: &Citizen, number: &str) -> Principal {
    let name = me.name.clone().filter(|n| !n.is_empty()).unwrap_or_else(|| IdentityNumber::masked(number));
    Principal { number: number.to_owned(), name }
}

pub async fn show(
    State(app): State<App>,
    me: Proved,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let lang = me.citizen.reader.lang;
    let flash = query.contains_key("da-luu").then(|| lang.t("Đã lưu.").to_owned());
    page(&app, &me, Form::default(), flash).await.map_err(|e| PageError::new(&app, &me.citizen.reader, e))
}

async fn page(app: &App, me: &Proved, form: Form, flash: Option<String>) -> Result<Response, AppError> {
    let (lang, today) = (me.citizen.reader.lang, app.now().day());
    let acting = me.citizen.acting.as_ref();
    let (own, principal) = (me.number.clone(), acting.map_or(&me.number, |a| &a.principal.number).clone());
    let gives = acting.is_none_or(|a| a.kind.gives().is_some());
    let read = move |q: &mut platform::db::Reader| {
        let mine = store::of_delegate(q, &own, MOST)?;
        if !gives {
            return Ok((mine, Vec::new(), Vec::new()));
        }
        Ok::<_, AppError>((mine, store::of_principal(q, &principal, MOST)?, store::acts_of(q, &principal, MOST)?))
    };
    let (mine, others, acts) = app.db.read(read).await?;
    let line = |k: &Kept, other: &Principal| Line {
        id: k.id.to_string(),
        name: other.name.clone(),
        number: IdentityNumber::masked(&other.number),
        kind: k.kind,
        standing: standing(k, today, lang),
        may_act: k.on(today) == Standing::Holds,
        is_open: matches!(k.state, MandateState::Waiting | MandateState::Granted),
        reason: k.reason.clone(),
    };
    let done = |a: Act| Done { who: a.delegate.name, what: a.what, code: a.code.unwrap_or_default(), at: a.at };
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let base = Form::default().with("once", hidden_key(app)).with("tu_ngay", day_text(today));
    let shown = html(&Page {
        shell: Shell::public(app, &me.citizen.reader, lang.t("Làm thay và ủy quyền")).with_flash(flash),
        foot: Foot::of(app),
        mine: mine.iter().map(|k| line(k, &k.principal)).collect(),
        others: others.iter().map(|k| line(k, &k.delegate)).collect(),
        acts: acts.into_iter().map(done).collect(),
        organisation: acting.filter(|a| a.kind != MandateKind::Proxy).map(|a| a.principal.name.clone()),
        may_give: gives,
        may_claim: acting.is_none(),
        form: form.over(base),
    });
    Ok((status, shown).into_response())
}

fn standing(kept: &Kept, today: Date, lang: Lang) -> (&'static str, String) {
    match kept.on(today) {
        Standing::Holds => (
            "done",
            kept.term.until.map_or_else(
                || lang.t("Đang có hiệu lực").to_owned(),
                |until| lang.f1("Có hiệu lực đến hết {}", day_text(until)),
            ),
        ),
        Standing::NotYet(from) => ("paused", lang.f1("Có hiệu lực từ {}", day_text(from))),
        Standing::Over(until) => ("overdue", lang.f1("Hết hiệu lực từ sau {}", day_text(until))),
        Standing::Not(MandateState::Waiting) => ("paused", lang.pick(MandateState::Waiting.words()).to_owned()),
        Standing::Not(state) => ("overdue", lang.pick(state.words()).to_owned()),
    }
}

pub async fn send(State(app): State<App>, me: Proved, Typed(form): Typed) -> Result<Response, PageError> {
    make(&app, &me, form).await.map_err(|e| PageError::new(&app, &me.citizen.reader, e))
}

async fn make(app: &App, me: &Proved, mut form: Form) -> Result<Response, AppError> {
    let own = person(&me.citizen, &me.number);
    let acting = me.citizen.acting.as_ref();
    let read = match form.value("viec") {
        "dai-dien" if acting.is_none() => give::claimed(app, &own, &mut form),
        _ => give::given(app, &own, acting, &mut form),
    };
    let made = match read {
        Ok(Some(kept)) => {
            let command = format!("mandate {} {} {:?}", kept.principal.number, kept.delegate.number, kept.term);
            let once = once(app, format!("citizen/{}", me.number), form.key(app), &command);
            give::give(app, once, kept).await
        }
        Ok(None) => return page(app, me, form, None).await,
        Err(e) => Err(e),
    };
    match made {
        Ok(()) => Ok(Redirect::to("/cong-dan/uy-quyen?da-luu").into_response()),
        Err(e) => {
            form.absorb(e)?;
            page(app, me, form, None).await
        }
    }
}

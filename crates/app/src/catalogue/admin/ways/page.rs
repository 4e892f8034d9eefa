//! `…/{code}/cach-nop`: ways to submit of a draft, with their limits and fees (FEE-01).

use crate::{
    app::App,
    catalogue::{
        admin::{
            draft,
            keeper::Keeper,
            store::Draft,
            values::{self, Choice},
        },
        words,
    },
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    messages::Lang,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::{Channel, FeeKind, FeeLine, SubmissionWay, Variant, sheet},
    deadline::TimeLimit,
    time::day_text,
};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "catalogue/admin/ways/page.html")]
struct Page {
    shell: Shell,
    code: String,
    form: Form,
    channels: Vec<Choice>,
    cases: Vec<Choice>,
    kinds: Vec<Choice>,
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let open = draft::load(&app, &me, &code).await.map_err(|e| me.wrong(&app, e))?;
    let told = values::flash(me.reader.lang, query.get("xong"));
    Ok(page(&app, &me, code, &open.content.variants, filled(&open), told))
}

fn page(app: &App, me: &Keeper, code: String, cases: &[Variant], form: Form, told: Option<String>) -> Response {
    let lang = me.reader.lang;
    let named = |c: &&Variant| !c.name.is_empty();
    html(&Page {
        shell: me.shell(app, "Sửa bản nháp: cách nộp, phí và lệ phí").with_flash(told),
        code,
        form,
        channels: channels(lang),
        cases: cases.iter().filter(named).map(|c| (c.id.clone(), c.name.clone())).collect(),
        kinds: kinds(lang),
    })
}

fn channels(lang: Lang) -> Vec<Choice> {
    let all = [Channel::Counter, Channel::Post, Channel::Online];
    all.into_iter().map(|c| (c.as_str().to_owned(), lang.t(words::channel_name(c)).to_owned())).collect()
}

fn kinds(lang: Lang) -> Vec<Choice> {
    FeeKind::ALL.into_iter().map(|kind| (kind.key().to_owned(), lang.pick(kind.words()).to_owned())).collect()
}

/// The form as the draft says it, with one empty way and one empty fee in each.
fn filled(open: &Draft) -> Form {
    let mut form = Form::default().with("version", open.version.to_string());
    let ways = &open.content.ways;
    for (at, way) in ways.iter().enumerate() {
        let name = |what: &str| format!("way.{at}.{what}");
        form = form
            .with(&name("channel"), way.channel.published_as().as_str())
            .with(&name("limit"), way.limit.text_vi())
            .with(&name("case"), way.variant.clone().unwrap_or_default())
            .with(&name("note"), &*way.note)
            .with(&name("fee.count"), (way.fees.len() + 1).to_string());
        for (nth, fee) in way.fees.iter().enumerate() {
            let name = |what: &str| format!("way.{at}.fee.{nth}.{what}");
            form = form
                .with(&name("kind"), fee.kind.key())
                .with(&name("amount"), fee.amount.map(|a| a.to_string()).unwrap_or_default())
                .with(&name("text"), &*fee.text)
                .with(&name("basis"), &*fee.basis)
                .with(&name("from"), fee.effective_from.map(day_text).unwrap_or_default());
        }
    }
    form.with("way.count", (ways.len() + 1).to_string()).with(&format!("way.{}.fee.count", ways.len()), "1")
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save(&app, &me, code, form).await.map_err(|e| me.wrong(&app, e))
}

async fn save(app: &App, me: &Keeper, code: String, mut form: Form) -> Result<Response, AppError> {
    let open = draft::load(app, me, &code).await?;
    let mut content = open.content;
    let cases = content.variants.clone();
    content.ways = (0..values::rows(&form, "way")).filter_map(|at| way(&mut form, at, &cases)).collect();
    if form.is_good() && draft::save(app, me, &mut form, content, "cách nộp, phí").await? {
        return Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/{code}/cach-nop?xong=luu")).into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, code, &cases, form, None)).into_response())
}

/// A way as it is typed; none where no channel is chosen.
fn way(form: &mut Form, at: usize, cases: &[Variant]) -> Option<SubmissionWay> {
    let name = |what: &str| format!("way.{at}.{what}");
    let channel = Channel::from_key(form.value(&name("channel")))?;
    let limit = values::limit(form, &name("limit")).unwrap_or(TimeLimit::None);
    let variant = form.text(&name("case")).filter(|id| cases.iter().any(|c| c.id == *id)).map(str::to_owned);
    let note = form.value(&name("note")).trim().to_owned();
    let count = values::rows(form, &format!("way.{at}.fee"));
    let fees = (0..count).filter_map(|nth| fee(form, at, nth)).collect();
    Some(SubmissionWay { channel, limit, variant, note, fees })
}

fn fee(form: &mut Form, at: usize, nth: usize) -> Option<FeeLine> {
    let name = |what: &str| format!("way.{at}.fee.{nth}.{what}");
    let text = form.value(&name("text")).trim().to_owned();
    let stated = form.text(&name("amount")).map(str::to_owned);
    let amount = stated.as_deref().and_then(sheet::read_amount);
    if stated.is_some() && amount.is_none() {
        let (vi, en) = ("Xin ghi số tiền bằng đồng, ví dụ 75.000.", "Write the sum in đồng, such as 75.000.");
        form.wrong(FieldError::new(name("amount"), "amount.invalid", vi, en));
    }
    let effective_from = values::day(form, &name("from"));
    let kind = FeeKind::from_key(form.value(&name("kind"))).unwrap_or(FeeKind::Fee);
    let basis = form.value(&name("basis")).trim().to_owned();
    (amount.is_some() || !text.is_empty()).then_some(FeeLine { kind, amount, text, basis, effective_from })
}

impl Page {
    fn ways(&self) -> std::ops::Range<usize> {
        0..values::rows(&self.form, "way")
    }
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn fees(&self, way: &usize) -> std::ops::Range<usize> {
        0..values::rows(&self.form, &format!("way.{way}.fee")).max(1)
    }
    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn name(&self, way: &usize, what: &str) -> String {
        format!("way.{way}.{what}")
    }
    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn fee_name(&self, way: &usize, fee: &usize, what: &str) -> String {
        format!("way.{way}.fee.{fee}.{what}")
    }
}

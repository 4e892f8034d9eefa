//! `…/{code}/cong-bo`: what the draft changes, and the decision that publishes it; `?loai=abolished` ends a procedure (CAT-02).

use crate::{
    app::App,
    catalogue::{
        admin::{
            draft,
            keeper::Keeper,
            store as admin_store,
            values::{self, Choice},
        },
        publish::publish,
        store::{self, VersionRow},
    },
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, hidden_key, html, once},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::{
        ProcedureVersion, Publication, PublicationKind,
        difference::{Difference, differences},
        life::{Decision, governing, next_after},
        portal::read_code,
    },
    time::day_text,
};
use jiff::civil::Date;
use platform::db::{Answer, Outcome};
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "catalogue/admin/publish/page.html")]
struct Page {
    shell: Shell,
    code: String,
    form: Form,
    has_draft: bool,
    changes: Vec<Difference>,
    /// Whether anything is published yet.
    is_new: bool,
    kinds: Vec<Choice>,
    /// The version of which the draft knows nothing, although it governs on the chosen day.
    overlooked: Option<(String, Publication)>,
    /// The decision of the version that takes over later.
    next: Option<Publication>,
}

/// What would be published, and what it takes the place of.
struct Ready {
    content: ProcedureVersion,
    draft: Option<i64>,
    /// What governs on the first day in force.
    before: Option<VersionRow>,
    /// What governs then, although the draft was begun from another version: its content would be taken back.
    is_overlooked: bool,
    /// What takes over later.
    next: Option<VersionRow>,
    /// The first day in force of the version from which the draft was begun, while that is ahead.
    begins: Option<Date>,
}

/// What stands on `day`, the chosen first day in force.
async fn ready(app: &App, me: &Keeper, code: &str, day: Option<Date>) -> Result<Ready, AppError> {
    let (asked, today) = (code.to_owned(), app.now().day());
    let (mut versions, draft) = app
        .db
        .read(move |q| Ok::<_, AppError>((store::versions_of(q, &asked)?, admin_store::draft(q, &asked)?)))
        .await?;
    let published: Vec<_> = versions.iter().map(VersionRow::published).collect();
    let base = draft.as_ref().and_then(|d| d.base);
    let begins = versions.iter().find(|v| Some(v.id) == base).and_then(|v| v.version.publication.effective_from);
    let begins = begins.filter(|from| *from > today);
    let day = day.or(begins).unwrap_or(today);
    let at = governing(&published, day).filter(|at| !published[*at].abolished);
    let next = next_after(&published, day).map(|at| versions[at].clone());
    let before = at.map(|at| versions.swap_remove(at));
    let (content, draft) = match (draft, &before) {
        (Some(draft), _) => (draft.content, Some(draft.version)),
        (None, Some(before)) => (before.version.clone(), None),
        (None, None) => return Err(AppError::NotFound),
    };
    me.needs_edit(app, &content)?;
    let is_overlooked = base.is_some() && before.as_ref().is_some_and(|b| Some(b.id) != base);
    Ok(Ready { content, draft, before, is_overlooked, next, begins })
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let ready = ready(&app, &me, &code, None).await.map_err(|e| me.wrong(&app, e))?;
    let usual = if ready.before.is_some() { PublicationKind::Amended } else { PublicationKind::New };
    let kind = query.get("loai").and_then(|k| PublicationKind::from_key(k)).unwrap_or(usual);
    let today = day_text(app.now().day());
    let form = Form::default()
        .with("kind", kind.as_str())
        .with("date", &*today)
        .with("effective_from", ready.begins.map_or_else(|| today.clone(), day_text))
        .with("issuer", &*ready.content.publication.issuer)
        .with("version", ready.draft.unwrap_or(0).to_string())
        .with("once", hidden_key(&app));
    Ok(page(&app, &me, code, &ready, form))
}

fn page(app: &App, me: &Keeper, code: String, ready: &Ready, form: Form) -> Response {
    let lang = me.reader.lang;
    let content =
        |v: &ProcedureVersion| ProcedureVersion { publication: ready.content.publication.clone(), ..v.clone() };
    html(&Page {
        shell: me.shell(app, "Công bố thủ tục"),
        has_draft: ready.draft.is_some(),
        changes: ready.before.as_ref().map(|b| differences(&content(&b.version), &ready.content)).unwrap_or_default(),
        is_new: ready.before.is_none(),
        kinds: PublicationKind::ALL.iter().map(|k| (k.as_str().to_owned(), lang.pick(k.words()).to_owned())).collect(),
        overlooked: ready
            .before
            .as_ref()
            .filter(|_| ready.is_overlooked)
            .map(|b| (b.id.to_string(), b.version.publication.clone())),
        next: ready.next.as_ref().map(|n| n.version.publication.clone()),
        code,
        form,
    })
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, code, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Keeper, code: String, mut form: Form) -> Result<Response, AppError> {
    let key = form.key(app);
    let decision = decision(&mut form);
    let ready = ready(app, me, &code, decision.as_ref().map(|d| d.effective_from)).await?;
    if let Some(decision) = decision
        && same_draft(&mut form, &ready, &decision)
        && chosen(&mut form, &ready, &decision)
    {
        let goes_on = form.is("next", "edit");
        match written(app, me, key, &ready, decision, goes_on).await {
            Ok(()) => {
                app.refresh().await?;
                let to = if goes_on { "/sua" } else { "" };
                return Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/{code}{to}?xong=cong-bo")).into_response());
            }
            Err(e) => form.absorb(e)?,
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, code, &ready, form)).into_response())
}

/// Nobody publishes what they have not seen.
fn same_draft(form: &mut Form, ready: &Ready, decision: &Decision) -> bool {
    let seen = form.value("version") == ready.draft.unwrap_or(0).to_string();
    if seen || decision.kind == PublicationKind::Abolished {
        return true;
    }
    *form = std::mem::take(form).with("version", ready.draft.unwrap_or(0).to_string());
    let (vi, en) = (
        "Bản nháp vừa được sửa. Xin xem lại khác biệt dưới đây rồi bấm Công bố lần nữa.",
        "The draft has just been changed. Look at the differences below, then publish again.",
    );
    form.wrong(FieldError::new("form", "draft.stale", vi, en));
    false
}

/// Nobody takes another version's content back, or has the own taken back, without having said so.
fn chosen(form: &mut Form, ready: &Ready, decision: &Decision) -> bool {
    let over = ready.before.as_ref().filter(|_| ready.is_overlooked && decision.kind != PublicationKind::Abolished);
    if over.is_some_and(|before| !form.is("over", &before.id.to_string())) {
        let (vi, en) = (
            "Xin xem khác biệt với phiên bản này ở trên, rồi đánh dấu nếu vẫn công bố.",
            "Look at the differences from that version above, then tick this if you publish all the same.",
        );
        form.wrong(FieldError::missing("over", vi, en));
    }
    if ready.next.is_some() && !matches!(form.value("next"), "until" | "edit") {
        let (vi, en) = (
            "Xin chọn làm gì với phiên bản đang chờ ngày hiệu lực.",
            "Choose what is to be done about the version that waits for its day.",
        );
        form.wrong(FieldError::missing("next", vi, en));
    }
    form.is_good()
}

async fn written(
    app: &App,
    me: &Keeper,
    key: String,
    ready: &Ready,
    decision: Decision,
    goes_on: bool,
) -> Result<(), AppError> {
    let (app_, who, content) = (app.clone(), me.who.clone(), ready.content.clone());
    let next = ready.next.clone().filter(|_| goes_on);
    let once = once(app, format!("officer/{}", me.who.officer), key, &format!("publish {} {decision:?}", content.code));
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            let id = publish(unit, &app_, &who, &content, &decision)?;
            if decision.kind != PublicationKind::Abolished {
                admin_store::drop_draft(unit, content.code.as_str())?;
            }
            if let Some(next) = &next {
                draft::begun(unit, &app_, &who, &next.version, Some(next.id))?;
            }
            Ok(Answer { status: 303, body: id.to_string() })
        })
        .await?;
    match outcome {
        Outcome::Mismatch => Err(AppError::KeyMismatch),
        Outcome::Fresh(_) | Outcome::Replay(_) => Ok(()),
    }
}

/// The decision as it is typed; `None` when something is wrong, noted beside its field.
fn decision(form: &mut Form) -> Option<Decision> {
    let number = form.required(
        "number",
        "Xin nhập số quyết định, ví dụ 1234/QĐ-UBND.",
        "Enter the decision’s number, such as 1234/QĐ-UBND.",
    );
    let issuer = form.required("issuer", "Xin nhập cơ quan công bố.", "Enter who issued the decision.");
    form.required("date", "Xin nhập ngày quyết định.", "Enter the day of the decision.");
    form.required("effective_from", "Xin nhập ngày hiệu lực.", "Enter the first day in force.");
    let (date, effective_from) = (values::day(form, "date"), values::day(form, "effective_from"));
    let kind = PublicationKind::from_key(form.value("kind"));
    if kind.is_none() {
        form.wrong(FieldError::missing("kind", "Xin chọn loại công bố.", "Choose what the decision does."));
    }
    let typed = form.text("replaced_by").map(str::to_owned);
    let replaced_by = typed.as_deref().and_then(|c| read_code(c).ok()).map(|(code, _)| code);
    if typed.is_some() && replaced_by.is_none() {
        let (vi, en) = ("Mã thủ tục như 1.000080.", "A code is like 1.000080.");
        form.wrong(FieldError::new("replaced_by", "code.invalid", vi, en));
    }
    let decision = Decision { number, issuer, date: date?, kind: kind?, effective_from: effective_from?, replaced_by };
    form.is_good().then_some(decision)
}

impl Page {
    /// The number of a decision, or that none is noted.
    fn number(&self, p: &Publication) -> String {
        if p.number.is_empty() { self.shell.lang.t("Không ghi số").to_owned() } else { p.number.clone() }
    }
    /// The first day in force, or that it held from the beginning.
    fn from(&self, p: &Publication) -> String {
        p.effective_from.map_or_else(|| self.shell.lang.t("từ đầu").to_owned(), |day| self.shell.day(day))
    }
}

//! `/can-bo/quan-tri/thu-tuc/{code}`: one procedure: its versions, its draft, who is in charge, who changed what.

use crate::{
    accounts::audit,
    app::App,
    catalogue::{
        admin::{
            draft,
            keeper::Keeper,
            store::{self, Done, Draft},
            values::flash,
        },
        publish,
        store::{self as catalogue_store, VersionRow},
    },
    error::AppError,
    forms::service,
    http::{Form, PageError, Shell, Typed, hidden_key, html},
    messages::Lang,
    reference::Reference,
    settings,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    catalogue::life::{Standing, standings},
    id::Id,
    people::Officer,
    time::Instant,
};
use std::collections::HashMap;

const HISTORY: i64 = 50;

#[derive(Template)]
#[template(path = "catalogue/admin/card/page.html")]
#[expect(clippy::struct_excessive_bools, reason = "the template asks each of them by its name")]
struct Page {
    shell: Shell,
    code: String,
    form: Form,
    versions: Vec<Line>,
    draft: Option<Draft>,
    may_edit: bool,
    /// Login and words.
    in_charge: Vec<(String, String)>,
    history: Vec<(String, String, Done)>,
    /// Before which line the older history begins.
    older: Option<i64>,
    /// End-to-end tests of its online service (CAT-10).
    tests: Vec<service::Told>,
    may_test: bool,
    /// The profile opens only tested services.
    needs_test: bool,
    is_open: bool,
}

struct Line {
    row: VersionRow,
    standing: Standing,
    /// The version before it, for comparing.
    before: Option<String>,
}

struct Found {
    versions: Vec<VersionRow>,
    draft: Option<Draft>,
    in_charge: Vec<Id<Officer>>,
    history: Vec<Done>,
}

async fn found(app: &App, code: &str, before: i64) -> Result<Found, AppError> {
    let code = code.to_owned();
    let found = app
        .db
        .read(move |q| {
            Ok::<_, AppError>(Found {
                versions: catalogue_store::versions_of(q, &code)?,
                draft: store::draft(q, &code)?,
                in_charge: store::in_charge(q, &code)?,
                history: store::history(q, &code, before, HISTORY + 1)?,
            })
        })
        .await?;
    if found.versions.is_empty() && found.draft.is_none() { Err(AppError::NotFound) } else { Ok(found) }
}

pub async fn show(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let told = flash(me.reader.lang, query.get("xong"));
    let before = query.get("truoc").and_then(|t| t.parse().ok()).unwrap_or(i64::MAX);
    page(&app, &me, &code, Form::default(), before, told).await.map_err(|e| me.wrong(&app, e))
}

async fn page(
    app: &App,
    me: &Keeper,
    code: &str,
    form: Form,
    before: i64,
    told: Option<String>,
) -> Result<Response, AppError> {
    let mut found = found(app, code, before).await?;
    let most = usize::try_from(HISTORY).unwrap_or(usize::MAX);
    let older = (found.history.len() > most).then(|| found.history[most - 1].id);
    found.history.truncate(most);
    let tests = service::told(app, code).await?;
    let form = if form.value("once").is_empty() { form.with("once", hidden_key(app)) } else { form };
    let published: Vec<_> = found.versions.iter().map(VersionRow::published).collect();
    let standings = standings(&published, app.now().day());
    let newest = found.versions.last().map(|v| &v.version).or(found.draft.as_ref().map(|d| &d.content));
    let may_edit = newest.is_some_and(|v| me.may_edit(app, v));
    let title = newest.map(|v| v.name.clone()).unwrap_or_default();
    let mut versions: Vec<Line> = Vec::new();
    for (row, standing) in found.versions.into_iter().zip(standings) {
        let before = versions.last().map(|l| l.row.id.to_string());
        versions.push(Line { row, standing, before });
    }
    versions.reverse();
    let reference = app.reference();
    let name = |id: Id<Officer>| {
        let known = reference.officer(id)?;
        Some((known.login.clone(), format!("{} · {}", known.name, reference.agency_name(known.who.agency))))
    };
    let shown = |done: Done| {
        let by = done.officer.map_or_else(|| "motcua".to_owned(), |o| reference.officer_name(o).to_owned());
        (by, act_words(&done.act, me.reader.lang).to_owned(), done)
    };
    let mut shell = me.shell(app, "").with_flash(told);
    shell.title = title;
    Ok(html(&Page {
        shell,
        code: code.to_owned(),
        form,
        versions,
        draft: found.draft,
        may_edit,
        in_charge: found.in_charge.into_iter().filter_map(name).collect(),
        history: found.history.into_iter().map(shown).collect(),
        older,
        tests,
        may_test: service::tests(me),
        needs_test: app.profile.online.opens_only_tested,
        is_open: service::is_open(app, code),
    }))
}

/// What was done, in words.
fn act_words(act: &str, lang: Lang) -> &str {
    match act {
        "procedure.publish" => lang.t("Công bố phiên bản"),
        "procedure.version.delete" => lang.t("Xóa phiên bản"),
        "procedure.draft.begin" => lang.t("Tạo bản nháp"),
        "procedure.draft.save" => lang.t("Lưu bản nháp"),
        "procedure.draft.drop" => lang.t("Bỏ bản nháp"),
        "procedure.change.reconsider" => lang.t("Xem lại thay đổi của lần nhập"),
        "procedure.change.accept" => lang.t("Đồng ý thay đổi của lần nhập"),
        "procedure.change.reject" => lang.t("Không lấy thay đổi của lần nhập"),
        "procedure.charge" => lang.t("Cán bộ phụ trách"),
        "service.test" => lang.t("Chạy thử dịch vụ trực tuyến"),
        _ => lang.t("Thay đổi"),
    }
}

/// `POST …/ban-nhap`: begins or drops the draft.
pub async fn draft(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    drafted(&app, &me, &code, form).await.map_err(|e| me.wrong(&app, e))
}

async fn drafted(app: &App, me: &Keeper, code: &str, mut form: Form) -> Result<Response, AppError> {
    if let Some(of) = form.value("act").strip_prefix("begin") {
        let of = of.strip_prefix(':').map(str::parse).transpose().map_err(|_| AppError::NotFound)?;
        draft::begin(app, me, code, of).await?;
        return Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc/{code}/sua?xong=nhap")).into_response());
    }
    let content = draft::load(app, me, code).await?.content;
    let reason = form.required("drop_reason", "Xin ghi lý do bỏ bản nháp.", "Say why the draft is dropped.");
    if !form.is_good() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, code, form, i64::MAX, None).await?).into_response());
    }
    let (app_, who, asked) = (app.clone(), me.who.clone(), code.to_owned());
    app.db
        .unit(move |unit| {
            store::drop_draft(unit, &asked)?;
            audit(unit, &app_, Some(&who), "procedure.draft.drop", &asked, &reason)
        })
        .await?;
    let asked = content.code.to_string();
    let known = app.db.read(move |q| Ok::<_, AppError>(catalogue_store::newest(q, &asked)?.is_some())).await?;
    let to = if known { format!("/{code}") } else { String::new() };
    Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc{to}?xong=bo")).into_response())
}

pub async fn send(
    State(app): State<App>,
    me: Keeper,
    Path(code): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, &code, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Keeper, code: &str, mut form: Form) -> Result<Response, AppError> {
    let done = match form.value("act") {
        "delete" => delete(app, me, code, &mut form).await,
        "charge" | "discharge" => charge(app, me, code, &mut form).await,
        "test" => service::record(app, me, code, &form).await.map(|()| "chay-thu"),
        _ => Err(AppError::NotFound),
    };
    match done {
        Ok(key) if form.is_good() => {
            let left = found(app, code, i64::MAX).await.is_ok();
            let to = if left { format!("/{code}") } else { String::new() };
            Ok(Redirect::to(&format!("/can-bo/quan-tri/thu-tuc{to}?xong={key}")).into_response())
        }
        Ok(_) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, code, form, i64::MAX, None).await?).into_response())
        }
        Err(e) => {
            form.absorb(e)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(app, me, code, form, i64::MAX, None).await?).into_response())
        }
    }
}

async fn delete(app: &App, me: &Keeper, code: &str, form: &mut Form) -> Result<&'static str, AppError> {
    let id = form.value("id").parse().map(Id::new).map_err(|_| AppError::NotFound)?;
    let reason = form.required("reason", "Xin ghi lý do xóa phiên bản.", "Say why the version is deleted.");
    if form.is_good() {
        publish::delete(app, &me.who, code, id, &reason).await?;
    }
    Ok("xoa")
}

/// Whether the procedure in force is among those that the officer's agency handles.
fn handles(reference: &Reference, me: &Keeper, code: &str) -> bool {
    let facet = reference.procedure(code).and_then(|p| reference.facets.of(p.version));
    let own = reference.agency(me.who.agency).map(|a| &a.identifier);
    facet.zip(own).is_some_and(|(facet, own)| facet.agencies.contains(own))
}

async fn charge(app: &App, me: &Keeper, code: &str, form: &mut Form) -> Result<&'static str, AppError> {
    let login =
        form.required("login", "Xin nhập tên đăng nhập của cán bộ.", "Enter the officer’s login.").to_lowercase();
    let reference = app.reference();
    let takes = form.value("act") == "charge";
    // Whoever left is taken off as well.
    let officer = reference.officers().find(|o| o.login == login && (o.active || !takes)).cloned();
    let Some(officer) = officer else {
        if form.is_good() {
            let (vi, en) =
                ("Không có cán bộ đang làm việc mang tên đăng nhập này.", "No working officer has this login.");
            form.wrong(crate::error::FieldError::new("login", "unknown", vi, en));
        }
        return Ok("phu-trach");
    };
    // An agency names its own officers, for what it handles.
    let of_agency = officer.who.agency == me.who.agency && (!takes || handles(&reference, me, code));
    if !me.is_central() && !of_agency {
        return Err(AppError::RightMissing(domain::accounts::Role::ProcedureControl.as_str()));
    }
    found(app, code, i64::MAX).await?;
    let (app_, who, code) = (app.clone(), me.who.clone(), code.to_owned());
    app.db
        .unit(move |unit| {
            let id = officer.who.officer;
            if takes {
                store::put_in_charge(unit, &code, id)?;
            } else {
                store::take_from_charge(unit, &code, id)?;
            }
            let detail = format!("{} {}", if takes { "+" } else { "-" }, officer.login);
            audit(unit, &app_, Some(&who), "procedure.charge", &code, &detail)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await?;
    Ok("phu-trach")
}

impl Page {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn when(&self, at: &i64) -> String {
        self.shell.when(Instant::from_millis(*at))
    }
    #[expect(clippy::unused_self, clippy::trivially_copy_pass_by_ref, reason = "templates call it, with references")]
    fn is_ahead(&self, standing: &Standing) -> bool {
        *standing == Standing::Ahead
    }
    /// The first day in force of a version that is ahead.
    fn first_day(&self, line: &Line) -> String {
        line.row.version.publication.effective_from.map(|day| self.shell.day(day)).unwrap_or_default()
    }
    /// The chip of a version's standing: class, icon, words.
    #[expect(
        clippy::unused_self,
        clippy::trivially_copy_pass_by_ref,
        reason = "the template calls it, with references"
    )]
    fn chip(&self, standing: &Standing) -> (&'static str, &'static str, &'static str) {
        match standing {
            Standing::InForce => ("chip-done", "done", "Đang có hiệu lực"),
            Standing::Ahead => ("chip-running", "calendar", "Sắp có hiệu lực"),
            Standing::Past => ("chip-plain", "history", "Đã được thay"),
            Standing::Ended => ("chip-overdue", "stopped", "Đã bãi bỏ"),
        }
    }
}

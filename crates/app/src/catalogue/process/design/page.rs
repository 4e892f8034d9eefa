//! `/can-bo/quan-tri/quy-trinh/{id}`: one process: picture, faults with their place, steps, scope, participants, decision.

use super::act;
use crate::catalogue::process::words::Choice;
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::{
        Governing,
        process::{
            checked,
            drawing::{Drawing, Position},
            edit, list,
            store::Design,
            words,
        },
        words::channel_name,
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
    messages::Lang,
    reference::Reference,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::catalogue::{
    Channel, Step,
    process::{Fault, bpmn, working_minutes, working_time},
};
use std::{collections::HashMap, sync::Arc};

#[derive(Template)]
#[template(path = "catalogue/process/design/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    design: Design,
    procedure: String,
    state: (&'static str, &'static str, &'static str),
    scope: String,
    /// Time of the longest way, and what the law allows.
    total: String,
    allowed: Option<String>,
    /// In force, but slower than the procedure's limit now is.
    outrun: bool,
    picture: String,
    faults: Vec<Told>,
    steps: Vec<Row>,
    parts: Vec<Part>,
    agencies: Vec<Choice>,
    /// Those that take part already: a new part may wait for one of them.
    taking_part: Vec<Choice>,
    channels: Vec<Choice>,
    variants: Vec<Choice>,
    sending: Sending,
    conflict: bool,
    publishes: bool,
}

/// A fault in words, with the step's place and name when it has one.
struct Told {
    at: Option<(usize, String)>,
    /// The participating agency at which it stands.
    agency: Option<String>,
    words: String,
}

/// A step of the table.
struct Row {
    key: String,
    name: String,
    kind: String,
    place: String,
    roles: String,
    time: Option<String>,
    /// Ways out: when, to where, why.
    ways: Vec<(String, String, String)>,
    faults: Vec<String>,
}

/// A participating agency.
struct Part {
    name: String,
    work: String,
    time: String,
    after: Option<String>,
}

/// What is owed to the Centre.
struct Sending {
    due: Option<String>,
    is_overdue: bool,
    sent: Option<String>,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let answer = async {
        let design = edit::load(&app, &me, &id).await?;
        let form = filled(&app, &design);
        page(&app, &me, design, form, false, flash(me.reader.lang, query.get("xong"))).await
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &id, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, id: &str, mut form: Form) -> Result<Response, AppError> {
    let design = edit::load(app, me, id).await?;
    match act::act(app, me, &design, &mut form).await {
        Ok(Some(to)) => Ok(axum::response::Redirect::to(&to).into_response()),
        Ok(None) => again(app, me, design, form, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(AppError::Stale { .. }) => {
            let now = edit::load(app, me, id).await?;
            let form = form.with("version", now.version.to_string()).with("once", hidden_key(app));
            again(app, me, now, form, StatusCode::PRECONDITION_FAILED).await
        }
        Err(e) => {
            form.absorb(e)?;
            again(app, me, design, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

async fn again(app: &App, me: &SignedIn, design: Design, form: Form, status: StatusCode) -> Result<Response, AppError> {
    let conflict = status == StatusCode::PRECONDITION_FAILED;
    // The other forms of the page show what is kept.
    let form = form.over(filled(app, &design));
    Ok((status, page(app, me, design, form, conflict, None).await?).into_response())
}

fn filled(app: &App, d: &Design) -> Form {
    let reference = app.reference();
    let agency = d.scope.agency.and_then(|a| reference.agency(a)).map(|a| a.identifier.clone()).unwrap_or_default();
    let decision = d.decision.as_ref();
    Form::from_pairs(
        d.scope
            .channels
            .iter()
            .map(|c| ("channels".to_owned(), c.as_str().to_owned()))
            .chain(d.scope.variants.iter().map(|v| ("variants".to_owned(), v.clone()))),
    )
    .with("once", hidden_key(app))
    .with("version", d.version.to_string())
    .with("name", d.name.as_str())
    .with("agency", agency)
    .with("decision_number", decision.map(|d| d.number.clone()).unwrap_or_default())
    .with("decision_date", decision.map(|d| domain::time::day_text(d.date)).unwrap_or_default())
}

fn flash(lang: Lang, key: Option<&String>) -> Option<String> {
    let words = match key?.as_str() {
        "luu" => lang.t("Đã lưu thay đổi."),
        "ban-moi" => lang.t("Đã lập bản nháp mới từ quy trình này."),
        "ke-thua" => lang.t(
            "Đã lập bản nháp cho cơ quan kế thừa. Xin xem lại các bước, ghi quyết định phê duyệt rồi công bố; hồ sơ đang giải quyết giữ quy trình cũ.",
        ),
        "gui" => lang.t("Đã ghi nhận việc gửi chi tiết về Trung tâm."),
        "cong-bo" => lang
            .t("Đã công bố. Hồ sơ tiếp nhận từ bây giờ đi theo quy trình này; hồ sơ đang giải quyết giữ quy trình cũ."),
        _ => return None,
    };
    Some(words.to_owned())
}

/// The version of the procedure that is in force, with the process it came with.
pub async fn governing(app: &App, code: &str) -> Result<Arc<Governing>, AppError> {
    let version = app.reference().procedure(code).map(|p| p.version).ok_or(AppError::NotFound)?;
    let app_ = app.clone();
    app.db.read(move |q| app_.versions.get(q, version)).await
}

async fn page(
    app: &App,
    me: &SignedIn,
    design: Design,
    form: Form,
    conflict: bool,
    flash: Option<String>,
) -> Result<Response, AppError> {
    let governing = governing(app, &design.code).await?;
    let (reference, lang, procedure) = (app.reference(), me.reader.lang, &governing.procedure);
    let faults =
        if design.is_draft() { checked::faults(&reference, &app.profile, &design, procedure) } else { Vec::new() };
    let shell = Shell::officer(app, me, Nav::Processes, &design.name).with_flash(flash);
    let title = lang.f1("Sơ đồ quy trình {}", &design.name);
    let position = Position::Faults(&faults);
    let time = |minutes: u32| told(minutes, lang);
    let agency_name = |id| reference.agency_name(id).to_owned();
    let page = Page {
        picture: Drawing::of("p", &design.process, &position, Some(procedure), &reference, lang, title).svg(),
        steps: design.process.steps.iter().map(|s| row(s, &design, &governing, &faults, &reference, lang)).collect(),
        faults: faults.iter().map(|f| fault(f, &design, &reference, lang)).collect(),
        parts: design
            .process
            .participants
            .iter()
            .map(|p| Part {
                name: agency_name(p.agency),
                work: p.work.clone(),
                time: p.minutes.map(time).unwrap_or_default(),
                after: p.after.map(agency_name),
            })
            .collect(),
        total: time(design.process.longest_minutes()),
        allowed: working_minutes(design.scope.limit(procedure)).map(time),
        outrun: checked::is_outrun(&design, procedure),
        state: list::page::state(&design),
        scope: words::scope(&design.scope, Some(procedure), &reference, lang),
        procedure: procedure.name.clone(),
        agencies: agencies(&reference),
        taking_part: taking_part(&design, &reference),
        channels: channels(lang),
        variants: variants(&governing),
        sending: sending(app, &design, &shell),
        publishes: me.who.publishes_processes(),
        shell,
        form,
        design,
        conflict,
    };
    Ok(html(&page))
}

fn told(minutes: u32, lang: Lang) -> String {
    let (vi, en) = working_time(minutes);
    lang.pick((&vi, &en)).to_owned()
}

fn sending(app: &App, d: &Design, shell: &Shell) -> Sending {
    let due = d.decision.as_ref().map(|d| d.send_due);
    Sending {
        due: due.map(|at| shell.when(at)),
        is_overdue: d.owes_sending() && due.is_some_and(|at| app.now() > at),
        sent: d.sent_at.map(|at| shell.when(at)),
    }
}

fn fault(f: &Fault, d: &Design, reference: &Reference, lang: Lang) -> Told {
    let at = f.step.as_deref().and_then(|key| Some((d.process.place_of(key)? + 1, d.process.step(key)?)));
    let named = |s: &Step| lang.pick((&s.name_vi, &s.name_en)).to_owned();
    let agency = f.agency.map(|a| reference.agency_name(a).to_owned());
    Told { at: at.map(|(n, s)| (n, named(s))), agency, words: lang.pick((&f.what.vi(), &f.what.en())).to_owned() }
}

fn row(s: &Step, d: &Design, governing: &Governing, faults: &[Fault], reference: &Reference, lang: Lang) -> Row {
    let name = |key: &str| {
        d.process.step(key).map_or_else(|| key.to_owned(), |s| lang.pick((&s.name_vi, &s.name_en)).to_owned())
    };
    let ways = s
        .transitions
        .iter()
        .map(|t| (words::condition(&t.when, Some(&governing.procedure), lang), name(&t.to), t.reason.clone()));
    let own = faults.iter().filter(|f| f.step.as_deref() == Some(&s.key));
    Row {
        key: s.key.clone(),
        name: lang.pick((&s.name_vi, &s.name_en)).to_owned(),
        kind: lang.pick(s.kind.words()).to_owned(),
        place: words::place_of(&s.actor, reference, lang),
        roles: words::roles(&s.actor.roles, lang),
        time: s.minutes.map(|m| told(m, lang)),
        ways: ways.collect(),
        faults: own.map(|f| lang.pick((&f.what.vi(), &f.what.en())).to_owned()).collect(),
    }
}

/// Active agencies, by identifier and name.
pub fn agencies(reference: &Reference) -> Vec<Choice> {
    let active = reference.agencies.iter().filter(|a| a.active);
    active.map(|a| (a.identifier.clone(), format!("{} · {}", a.identifier, a.name))).collect()
}

fn taking_part(design: &Design, reference: &Reference) -> Vec<Choice> {
    let agencies = design.process.participants.iter().filter_map(|p| reference.agency(p.agency));
    agencies.map(|a| (a.identifier.clone(), a.name.clone())).collect()
}

pub fn channels(lang: Lang) -> Vec<Choice> {
    Channel::ALL.iter().map(|c| (c.as_str().to_owned(), lang.t(channel_name(*c)).to_owned())).collect()
}

/// The cases of a procedure that has several.
pub fn variants(governing: &Governing) -> Vec<Choice> {
    let all = &governing.procedure.variants;
    if all.len() < 2 { Vec::new() } else { all.iter().map(|v| (v.id.clone(), v.name.clone())).collect() }
}

/// `GET …/quy-trinh.bpmn`: BPMN 2.0 with diagram interchange.
pub async fn bpmn(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response, PageError> {
    let answer = async {
        let design = edit::load(&app, &me, &id).await?;
        let governing = governing(&app, &design.code).await?;
        let (reference, lang) = (app.reference(), Lang::Vi);
        let names = bpmn::Names {
            process: &format!("{} – {}", governing.procedure.name, design.name),
            lane: &|actor| words::place_of(actor, &reference, lang),
            agency: &|agency| reference.agency_name(agency).to_owned(),
            condition: &|when| words::condition(when, Some(&governing.procedure), lang),
        };
        let file = format!("attachment; filename=\"quy-trinh-{}-{}.bpmn\"", design.code, design.number);
        let headers =
            [(header::CONTENT_TYPE, "application/xml; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, file)];
        Ok::<_, AppError>((headers, bpmn::export(&design.process, &names)).into_response())
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

//! `/can-bo/quan-tri/quy-trinh/{id}/buoc/{step}`: one step of a draft; `moi` adds one.

use super::typed;
use crate::catalogue::process::words::Choice;
use crate::{
    accounts::SignedIn,
    app::App,
    catalogue::{
        Governing,
        process::{
            design::page::{agencies, governing},
            edit::{self, change, draft_only},
            store::Design,
            words,
        },
        words::channel_name,
    },
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html},
    messages::Lang,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Role,
    catalogue::{Channel, StepKind, process::Condition},
};

const NEW: &str = "moi";

#[derive(Template)]
#[template(path = "catalogue/process/step/page.html")]
struct Page {
    shell: Shell,
    form: Form,
    design: Design,
    step: String,
    kinds: Vec<Choice>,
    places: Vec<Choice>,
    agencies: Vec<Choice>,
    units: Vec<Choice>,
    roles: Vec<Choice>,
    conditions: Vec<Choice>,
    /// Steps to which a way may lead, and those after which a new one may stand.
    later: Vec<Choice>,
    after: Vec<Choice>,
    conflict: bool,
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path((id, step)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let answer = async {
        let design = edit::load(&app, &me, &id).await?;
        draft_only(&design).map_err(|_| AppError::NotFound)?;
        let form = Form::default().with("once", hidden_key(&app)).with("version", design.version.to_string());
        let form = match design.process.step(&step) {
            Some(found) => typed::filled(form, found, &app),
            None if step == NEW => {
                // A new step stands before the issue of the result until somebody says otherwise.
                let steps = &design.process.steps;
                let after = steps.iter().rev().find(|s| s.kind.takes_back()).or_else(|| steps.last());
                form.with("after", after.map(|s| s.key.clone()).unwrap_or_default()).with("place", "agency")
            }
            None => return Err(AppError::NotFound),
        };
        page(&app, &me, design, &step, form, false).await
    };
    answer.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path((id, step)): Path<(String, String)>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    sent(&app, &me, &id, &step, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn sent(app: &App, me: &SignedIn, id: &str, step: &str, mut form: Form) -> Result<Response, AppError> {
    let design = edit::load(app, me, id).await?;
    if step != NEW && design.process.step(step).is_none() {
        return Err(AppError::NotFound);
    }
    let saved = save(app, me, &design, step, &mut form).await;
    let status = match saved {
        Ok(true) => {
            return Ok(Redirect::to(&format!("/can-bo/quan-tri/quy-trinh/{}?xong=luu", design.id)).into_response());
        }
        Ok(false) => StatusCode::UNPROCESSABLE_ENTITY,
        Err(AppError::Stale { .. }) => {
            let now = edit::load(app, me, id).await?;
            let form = form.with("version", now.version.to_string()).with("once", hidden_key(app));
            let page = page(app, me, now, step, form, true).await?;
            return Ok((StatusCode::PRECONDITION_FAILED, page).into_response());
        }
        Err(e) => {
            form.absorb(e)?;
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok((status, page(app, me, design, step, form, false).await?).into_response())
}

async fn save(app: &App, me: &SignedIn, design: &Design, step: &str, form: &mut Form) -> Result<bool, AppError> {
    let key = if step == NEW { free_key(design, form.value("kind")) } else { step.to_owned() };
    let Some(typed) = typed::step(form, key, &design.process, app) else { return Ok(false) };
    let after = form.value("after").to_owned();
    change(app, me, form, design.id, "process.step", move |d, _| {
        draft_only(d)?;
        let name = typed.name_vi.clone();
        match d.process.steps.iter_mut().find(|s| s.key == typed.key) {
            Some(old) => *old = typed.clone(),
            None => {
                let at = d.process.place_of(&after).map_or(0, |at| at + 1);
                d.process.steps.insert(at, typed.clone());
            }
        }
        Ok(name)
    })
    .await?;
    Ok(true)
}

/// `appraise`, `appraise-2`, …: readable in addresses and the API, and never taken from a step that was removed before a
/// comparison could tell the two apart.
fn free_key(design: &Design, kind: &str) -> String {
    let taken = |key: &str| design.process.step(key).is_some();
    let numbered = (2..).map(|n| format!("{kind}-{n}"));
    std::iter::once(kind.to_owned()).chain(numbered).find(|key| !taken(key)).unwrap_or_default()
}

async fn page(
    app: &App,
    me: &SignedIn,
    design: Design,
    step: &str,
    form: Form,
    conflict: bool,
) -> Result<Response, AppError> {
    let governing = governing(app, &design.code).await?;
    let (reference, lang) = (app.reference(), me.reader.lang);
    let title = if step == NEW { lang.t("Thêm bước") } else { lang.t("Sửa bước") };
    let named = |s: &domain::catalogue::Step| (s.key.clone(), lang.pick((&s.name_vi, &s.name_en)).to_owned());
    let here = design.process.place_of(step);
    let reached = design.scope.agency;
    let units = reference.units.iter().filter(|u| u.active && reached.is_none_or(|a| u.agency == a));
    let mut units: Vec<Choice> =
        units.map(|u| (u.id.to_string(), format!("{} · {}", reference.agency_name(u.agency), u.name))).collect();
    units.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(html(&Page {
        shell: Shell::officer(app, me, Nav::Processes, title),
        kinds: StepKind::ALL.iter().map(|k| (k.as_str().to_owned(), lang.pick(k.words()).to_owned())).collect(),
        places: vec![
            ("agency".to_owned(), lang.t("Cơ quan giải quyết, hoặc cơ quan ghi dưới đây").to_owned()),
            ("centre".to_owned(), lang.t("Trung tâm (kể cả giải quyết tại chỗ)").to_owned()),
        ],
        agencies: agencies(&reference),
        units,
        roles: roles(lang),
        conditions: conditions(&governing, lang),
        later: design
            .process
            .steps
            .iter()
            .enumerate()
            .filter(|(n, _)| here.is_none_or(|h| *n > h))
            .map(|(_, s)| named(s))
            .collect(),
        after: design.process.steps.iter().map(named).collect(),
        step: step.to_owned(),
        form,
        design,
        conflict,
    }))
}

/// Roles that do steps of a process.
fn roles(lang: Lang) -> Vec<Choice> {
    let acting = |r: &&Role| {
        r.takes_in()
            || r.works_in_agency()
            || matches!(r, Role::ReturnDesk | Role::CentreDirector | Role::CentreDeputy | Role::ProvinceLeader)
    };
    let all = Role::ALL.iter().filter(acting);
    all.map(|r| (r.as_str().to_owned(), lang.pick((r.vi(), r.en())).to_owned())).collect()
}

fn conditions(governing: &Governing, lang: Lang) -> Vec<Choice> {
    use domain::dossier::Decision::{Decline, Grant};
    let mut all = vec![Condition::Opinion(Grant), Condition::Opinion(Decline), Condition::Always];
    all.extend(Channel::ALL.map(Condition::Channel));
    let variants = &governing.procedure.variants;
    if variants.len() > 1 {
        all.extend(variants.iter().map(|v| Condition::Variant(v.id.clone())));
    }
    let words = |w: &Condition| match w {
        Condition::Channel(channel) => lang.f1("Nộp: {}", lang.t(channel_name(*channel))),
        other => words::condition(other, Some(&governing.procedure), lang),
    };
    all.iter().map(|w| (typed::condition_key(w), words(w))).collect()
}

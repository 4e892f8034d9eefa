//! `/can-bo/ho-so/{key}/so-hoa`: what an officer reads off the papers of a dossier (RES-06): number, who issued and signed it, from
//! when until when it is good. Without it nobody can tell whether a paper may be used again.

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::Subject,
    error::AppError,
    http::{Form, Nav, PageError, Shell, Typed, hidden_key, html, once},
    vault::{
        add::page::typed,
        looks,
        store::{self, Described, Paper},
        words::Line,
    },
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    accounts::Role,
    time::day_text,
    vault::{Look, Purpose},
};
use jiff::civil::Date;
use platform::db::{Answer, Outcome};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "vault/describe/page.html")]
struct Page {
    shell: Shell,
    subject: Subject,
    form: Form,
    /// Each with whether its description was checked.
    papers: Vec<(Line, bool)>,
    /// The paper that is described now.
    chosen: Option<Line>,
}

/// The dossier and its papers in the store, for those who may describe them.
async fn load(app: &App, me: &SignedIn, key: &str) -> Result<(Subject, Vec<Paper>), AppError> {
    let subject = Subject::load(app, me, key).await?;
    if !me.who.looks_into_stores() {
        return Err(AppError::RightMissing(Role::IntakeOfficer.as_str()));
    }
    let id = subject.id;
    let papers = app.db.read(move |q| Ok::<_, AppError>(store::of_dossier(q, id)?)).await?;
    Ok((subject, papers))
}

pub async fn show(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let shown = async {
        let (subject, papers) = load(&app, &me, &key).await?;
        let chosen = papers.iter().find(|p| query.get("giay").is_some_and(|id| *id == p.id.to_string()));
        let form = chosen.map(|p| filled(&p.described)).unwrap_or_default().with("once", hidden_key(&app));
        let line = chosen.map(|p| Line::of(p, app.now().day(), me.reader.lang));
        Ok::<_, AppError>(page(&app, &me, subject, &papers, line, form, query.contains_key("da-luu")))
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

fn filled(d: &Described) -> Form {
    let day = |day: Option<Date>| day.map(day_text).unwrap_or_default();
    Form::default()
        .with("so", d.number.clone())
        .with("trich_yeu", d.about.clone())
        .with("co_quan", d.issuer.clone())
        .with("nguoi_ky", d.signer.clone())
        .with("ngay_cap", day(d.issued_on))
        .with("tu_ngay", day(d.validity.from))
        .with("den_ngay", day(d.validity.until))
        .with("pham_vi", d.extent.clone())
}

fn page(
    app: &App,
    me: &SignedIn,
    subject: Subject,
    papers: &[Paper],
    chosen: Option<Line>,
    form: Form,
    saved: bool,
) -> Response {
    let (lang, day) = (me.reader.lang, app.now().day());
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let flash = saved.then(|| lang.t("Đã lưu.").to_owned());
    let shown = html(&Page {
        shell: Shell::officer(app, me, Nav::Work, lang.t("Số hóa giấy tờ")).with_flash(flash),
        papers: papers.iter().map(|p| (Line::of(p, day, lang), p.checked.is_some())).collect(),
        subject,
        chosen,
        form,
    });
    (status, shown).into_response()
}

pub async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(key): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    save(&app, &me, &key, form).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn save(app: &App, me: &SignedIn, key: &str, mut form: Form) -> Result<Response, AppError> {
    let (subject, papers) = load(app, me, key).await?;
    let paper = papers.iter().find(|p| form.value("giay") == p.id.to_string()).ok_or(AppError::NotFound)?;
    let described = typed(&mut form);
    if !form.is_good() {
        let line = Line::of(paper, app.now().day(), me.reader.lang);
        return Ok(page(app, me, subject, &papers, Some(line), form, false));
    }
    let once = once(app, format!("officer/{}", me.who.officer), form.key(app), &format!("{} {described:?}", paper.id));
    let (id, by, now) = (paper.id, me.who.officer, app.now().millis());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            store::describe(unit, id, &described, by, now)?;
            Ok(Answer { status: 303, body: String::new() })
        })
        .await?;
    if matches!(outcome, Outcome::Mismatch) {
        return Err(AppError::KeyMismatch);
    }
    if matches!(outcome, Outcome::Fresh(_)) {
        let purpose = Purpose::of_work(&format!("Số hóa giấy tờ hồ sơ {}", subject.code()));
        looks::note(app, &me.who, &paper.owner, &[Some(id)], Look::Describe, purpose.as_str()).await?;
    }
    Ok(Redirect::to(&format!("{}/so-hoa?da-luu", subject.path())).into_response())
}

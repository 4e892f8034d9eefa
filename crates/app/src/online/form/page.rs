//! `/ban-nhap/{id}/to-khai`: the e-form of the procedure (CAT-06). What was typed is kept on the server whether it is right or not.

use crate::{
    app::App,
    dossier::files::{self, Sent},
    error::{AppError, FieldError},
    forms::{self, Filled, Item, PREFIX, Published, Sheet, sheet, store as eforms, typed_of, with_row, without_row},
    http::{Form, PageError, Shell, html},
    online::{
        self, Citizen,
        draft::{Draft, Found, Frame, Step},
        question::sent_already,
        store,
    },
};
use askama::Template;
use axum::{
    Json,
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    dossier::People,
    forms::{Known, Typed, prefill},
    people::IdentityNumber,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "online/form/page.html")]
struct Page {
    shell: Shell,
    frame: Frame,
    form: Form,
    sheet: Sheet,
    basis: String,
    /// The same person filled this form before: it can be taken over.
    has_before: bool,
    is_multipart: bool,
    max_bytes: u64,
}

/// Earlier dossiers of the same contact that are looked at.
const MOST_BEFORE: i64 = 30;
/// Files of one draft: more than any honest dossier has.
const MOST_FILES: usize = 100;

pub async fn show(State(app): State<App>, me: Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let shown = async {
        let Found::Open(draft) = Draft::load(&app, &me, &id).await? else { return Ok(sent_already()) };
        page(&app, &me, &draft, Form::default()).await
    };
    shown.await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn page(app: &App, me: &Citizen, draft: &Draft, form: Form) -> Result<Response, AppError> {
    let published = draft.published(app).ok_or(AppError::NotFound)?;
    let mut typed = draft.typed(&published.form);
    let has_before = before(app, me, draft, &published).await?.is_some();
    // Only before anything was typed: what somebody cleared stays clear.
    if typed.is_empty() {
        typed = prefill(&published.form, &typed, &known(draft), None, &app.reference().forms.places);
    }
    let (lang, reference) = (me.reader.lang, app.reference());
    let own = &app.profile.province.area_code;
    let status = if form.is_good() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = html(&Page {
        shell: Shell::public(app, &me.reader, &published.form.title),
        frame: Frame::of(app, draft, Step::Form, lang),
        sheet: sheet(&published.form, &typed, &draft.files, &reference.forms.places, own, lang),
        basis: published.form.basis.clone(),
        has_before,
        is_multipart: published.form.asks_files(),
        max_bytes: app.config.uploads.max_bytes,
        form,
    });
    Ok((status, page).into_response())
}

fn known(draft: &Draft) -> Known<'_> {
    Known {
        name: draft.value("applicant.name"),
        identity: draft.value("applicant.identity"),
        phone: draft.value("applicant.phone"),
        email: draft.value("applicant.email"),
        address: draft.value("applicant.address"),
    }
}

/// What the same person answered to this form before (INT-14): sent with the same proven contact and under the same identity
/// number. A telephone may serve a family; without the number nothing is offered.
async fn before(app: &App, me: &Citizen, draft: &Draft, published: &Published) -> Result<Option<Value>, AppError> {
    let number = |text: &str| IdentityNumber::parse_person(text).ok().map(|n| n.as_str().to_owned());
    let Some(identity) = number(draft.value("applicant.identity")) else { return Ok(None) };
    let contact = me.key.clone();
    let earlier = app.db.read(move |q| Ok::<_, AppError>(eforms::sent_before(q, &contact, MOST_BEFORE)?)).await?;
    let code = published.form.code();
    let of_them = |p: People| {
        let same = p.applicant.identity.as_deref().and_then(number) == Some(identity.clone());
        Filled::of(&p.form).filter(|f| same && f.code == code)
    };
    Ok(earlier.into_iter().find_map(of_them).map(|f| Value::Object(f.answers)))
}

pub async fn send(
    State(app): State<App>,
    me: Citizen,
    Path(id): Path<String>,
    parts: Multipart,
) -> Result<Response, PageError> {
    save(&app, &me, &id, parts).await.map_err(|e| PageError::new(&app, &me.reader, e))
}

async fn save(app: &App, me: &Citizen, id: &str, parts: Multipart) -> Result<Response, AppError> {
    let Found::Open(mut draft) = Draft::load(app, me, id).await? else { return Ok(sent_already()) };
    let published = draft.published(app).ok_or(AppError::NotFound)?;
    let sent = files::read(app, &online::sender(app, None), parts).await?;
    let typed = typed_of(sent.form.pairs(), &published.form);
    let act = sent.form.value("act").to_owned();
    if act == "check" {
        return Ok(faults_now(app, me, &draft, &published, &typed));
    }
    let (typed, at) = match act.split(':').collect::<Vec<_>>().as_slice() {
        ["them", group] => {
            (with_row(typed, &published.form, group.trim_start_matches(PREFIX)), Some((*group).to_owned()))
        }
        ["bot", group, row] => {
            let row = row.parse().map_err(|_| AppError::NotFound)?;
            (without_row(&typed, group.trim_start_matches(PREFIX), row), Some((*group).to_owned()))
        }
        ["lai"] => (again(app, me, &draft, &published, typed).await?, Some("main".to_owned())),
        ["stay"] => (typed, Some("main".to_owned())),
        _ => (typed, None),
    };
    draft.save_typed(app, me, &typed).await?;
    if act == "draft" {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let over = keep_files(app, &draft, &published, &sent).await?;
    let Found::Open(draft) = Draft::load(app, me, id).await? else { return Ok(sent_already()) };
    let mut form = sent.form;
    for file in over {
        form.wrong(file);
    }
    if let Some(at) = at.filter(|_| form.is_good()) {
        return Ok(Redirect::to(&format!("{}#{at}", draft.href(Step::Form))).into_response());
    }
    for fault in draft.judged(app, &published).1 {
        form.wrong(fault);
    }
    if form.is_good() {
        return Ok(Redirect::to(&draft.href(draft.next(app, Step::Form))).into_response());
    }
    page(app, me, &draft, form).await
}

/// A fault for the script that says it beside its field as soon as the field is left.
#[derive(Serialize)]
struct Now {
    /// Nothing stands there yet: only said once the whole form was sent.
    missing: bool,
    words: String,
}

/// What is wrong with what stands on the page, by field: the rules and their words are the server's, and said once.
fn faults_now(app: &App, me: &Citizen, draft: &Draft, published: &Published, typed: &Typed) -> Response {
    let (_, wrong) = draft.judged_as(app, published, typed);
    let now = |e: FieldError| {
        (e.field.clone(), Now { missing: e.code == "missing", words: e.words(&me.reader.lang).to_owned() })
    };
    Json(wrong.into_iter().map(now).collect::<BTreeMap<_, _>>()).into_response()
}

/// What was answered before, in the fields that are still empty.
async fn again(
    app: &App,
    me: &Citizen,
    draft: &Draft,
    published: &Published,
    mut typed: Typed,
) -> Result<Typed, AppError> {
    let earlier = before(app, me, draft, published).await?;
    // Rows that stand empty on the page are no answer.
    typed.retain(|path, text| path.rsplit('.').next() != Some("rows") && !text.trim().is_empty());
    typed.extend(prefill(&published.form, &typed, &known(draft), earlier.as_ref(), &app.reference().forms.places));
    Ok(typed)
}

/// Files that came, and those whose box was ticked to be taken off; gives those for which there is no room.
async fn keep_files(
    app: &App,
    draft: &Draft,
    published: &forms::Published,
    sent: &Sent,
) -> Result<Vec<FieldError>, AppError> {
    let mut add: Vec<_> = sent.came_at(PREFIX).map(|(place, f)| (place.to_owned(), f.clone())).collect();
    add.retain(|(place, _)| {
        let path = place.trim_start_matches(PREFIX);
        published.form.field(path.split('.').next().unwrap_or(path)).is_some()
    });
    let over = add.split_off(add.len().min(MOST_FILES.saturating_sub(draft.files.len())));
    let over = over.iter().map(|(place, file)| files::one_too_many(place, &file.name, MOST_FILES)).collect();
    let off = sent.form.all("bo").iter().filter_map(|v| v.rsplit_once(':'));
    let off: Vec<(String, String)> = off.map(|(p, h)| (p.to_owned(), h.to_owned())).take(MOST_FILES).collect();
    let id = draft.id;
    app.db
        .unit(move |unit| {
            for (place, file) in &add {
                store::put_file(unit, id, place, file)?;
            }
            for (place, sha256) in &off {
                store::drop_file(unit, id, place, sha256)?;
            }
            Ok::<_, AppError>(())
        })
        .await?;
    Ok(over)
}

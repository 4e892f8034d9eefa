//! `/can-bo/quan-tri/can-bo/{id}`: one account: post, roles, withdrawal, password, sessions (ADM-01).

use crate::{
    accounts::{self, NewOfficer, audit, passwords, place, role_list, store as accounts_store},
    app::App,
    error::{AppError, FieldError},
    http::{Form, PageError, Shell, Typed, html},
    people::{
        admin::{Administrator, Choice, flash},
        store::{self, OfficerCard},
    },
    settings,
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{accounts::Role, id::Id, people::Officer, time::Instant};
use platform::db::DbError;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "people/officer/page.html")]
struct Page {
    shell: Shell,
    me: Administrator,
    form: Form,
    choices: Choices,
    card: Option<OfficerCard>,
    /// What somebody else saved in the meantime.
    conflict: Option<OfficerCard>,
    may_change: bool,
    one_time: Option<OneTime>,
    keys: Vec<Key>,
}

/// A key of the API that acts as this officer.
struct Key {
    id: String,
    scopes: String,
    made: Instant,
    taken_away: Option<Instant>,
}

impl From<accounts_store::KeyRow> for Key {
    fn from(k: accounts_store::KeyRow) -> Self {
        Self {
            id: k.id.to_string(),
            scopes: k.scopes,
            made: Instant::from_millis(k.created_at),
            taken_away: k.revoked_at.map(Instant::from_millis),
        }
    }
}

/// A password to hand over, shown once.
pub struct OneTime {
    pub login: String,
    pub password: String,
}

/// What the form offers.
pub struct Choices {
    pub agencies: Vec<Choice>,
    pub units: Vec<Choice>,
    pub centres: Vec<Choice>,
    pub counters: Vec<Choice>,
    pub roles: Vec<Choice>,
}

impl Choices {
    pub fn of(app: &App, me: &Administrator, form: &Form) -> Self {
        let reference = app.reference();
        let chosen = reference.agency_by_identifier(form.value("agency")).map_or(me.who.agency, |a| a.id);
        let centre = reference.centre_by_code(form.value("centre")).or_else(|| reference.main_centre()).map(|c| c.id);
        let counters = reference.counters.iter().filter(|k| Some(k.centre) == centre);
        let units = reference.units_of(chosen).filter(|u| u.active);
        Self {
            agencies: me.agencies(app),
            units: units.map(|u| (u.code.clone(), u.name.clone())).collect(),
            centres: reference.centres.iter().filter(|c| c.active).map(|c| (c.code.clone(), c.name.clone())).collect(),
            counters: counters.map(|k| (k.number.to_string(), format!("{} · {}", k.number, k.name))).collect(),
            roles: me.roles(),
        }
    }
}

/// What the form says of a post, whatever it is worth.
pub fn typed_officer(form: &mut Form) -> NewOfficer {
    let roles = form.all("roles").iter().filter_map(|r| r.parse::<Role>().ok()).collect();
    let (vi, en) = ("Số quầy không đúng.", "This is no counter.");
    let counter = form.parse("counter", str::parse::<u16>, |_| (vi.to_owned(), en.to_owned()));
    let text = |name: &str| form.text(name).map(str::to_owned);
    NewOfficer {
        login: String::new(),
        name: form.value("name").to_owned(),
        agency: form.value("agency").to_owned(),
        unit: form.value("unit").to_owned(),
        centre: text("centre"),
        counter,
        roles,
        phone: text("phone"),
        email: text("email"),
        fields: field_lines(form.value("fields")),
        ..NewOfficer::default()
    }
}

/// Names of fields as a form lists them, one a line; a name may have a comma.
pub fn field_lines(text: &str) -> Vec<String> {
    text.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The form as the account stands.
fn filled(app: &App, card: &OfficerCard) -> Form {
    let (reference, p) = (app.reference(), &card.place);
    let centre = p.centre.and_then(|c| reference.centre(c)).map(|c| c.code.clone());
    let counter = p.counter.and_then(|k| reference.counters.iter().find(|c| c.id == k)).map(|k| k.number.to_string());
    let mut pairs = vec![
        ("name".to_owned(), p.name.clone()),
        ("agency".to_owned(), reference.agency(p.agency).map(|a| a.identifier.clone()).unwrap_or_default()),
        ("unit".to_owned(), reference.unit(p.unit).map(|u| u.code.clone()).unwrap_or_default()),
        ("centre".to_owned(), centre.unwrap_or_default()),
        ("counter".to_owned(), counter.unwrap_or_default()),
        ("phone".to_owned(), p.phone.clone().unwrap_or_default()),
        ("email".to_owned(), p.email.clone().unwrap_or_default()),
        ("fields".to_owned(), p.fields.names().join("\n")),
        ("version".to_owned(), card.version.to_string()),
    ];
    pairs.extend(p.roles.iter().map(|r| ("roles".to_owned(), r.as_str().to_owned())));
    Form::from_pairs(pairs)
}

struct View {
    form: Form,
    card: OfficerCard,
    conflict: Option<OfficerCard>,
    one_time: Option<OneTime>,
    flash: Option<String>,
}

async fn page(app: &App, me: &Administrator, view: View) -> Result<Response, AppError> {
    let View { form, card, conflict, one_time, flash } = view;
    let id = card.id;
    let keys = app.db.read(move |q| accounts_store::keys_of(q, id)).await?;
    Ok(html(&Page {
        keys: keys.into_iter().map(Key::from).collect(),
        shell: me.shell(app, &card.place.name).with_flash(flash),
        choices: Choices::of(app, me, &form),
        may_change: me.who.may_keep_account(card.place.agency, &card.place.roles),
        card: Some(card),
        me: me.clone(),
        form,
        conflict,
        one_time,
    }))
}

/// The page for an account that is not there yet.
pub fn blank(app: &App, me: &Administrator, form: Form) -> Response {
    html(&Page {
        shell: me.shell(app, "Thêm cán bộ"),
        choices: Choices::of(app, me, &form),
        me: me.clone(),
        form,
        card: None,
        conflict: None,
        may_change: true,
        one_time: None,
        keys: Vec::new(),
    })
}

/// The account, if it is within reach; out of reach is the same as not there.
async fn reached(app: &App, me: &Administrator, id: &str) -> Result<OfficerCard, AppError> {
    let id: Id<Officer> = id.parse().map_err(|_| AppError::NotFound)?;
    let card = app.db.read(move |q| Ok::<_, AppError>(store::officer_card(q, id)?)).await?;
    card.filter(|c| me.who.administers(c.place.agency)).ok_or(AppError::NotFound)
}

/// The page of an account with a password shown once.
pub async fn page_of(
    app: &App,
    me: &Administrator,
    id: Id<Officer>,
    one_time: Option<OneTime>,
) -> Result<Response, AppError> {
    let card = reached(app, me, &id.to_string()).await?;
    page(app, me, View { form: filled(app, &card), card, conflict: None, one_time, flash: None }).await
}

pub async fn show(
    State(app): State<App>,
    me: Administrator,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, PageError> {
    let card = reached(&app, &me, &id).await.map_err(|e| me.wrong(&app, e))?;
    let view =
        View { form: filled(&app, &card), flash: flash(&me, query.get("xong")), card, conflict: None, one_time: None };
    page(&app, &me, view).await.map_err(|e| me.wrong(&app, e))
}

pub async fn send(
    State(app): State<App>,
    me: Administrator,
    Path(id): Path<String>,
    Typed(form): Typed,
) -> Result<Response, PageError> {
    act(&app, &me, &id, form).await.map_err(|e| me.wrong(&app, e))
}

async fn act(app: &App, me: &Administrator, id: &str, form: Form) -> Result<Response, AppError> {
    let card = reached(app, me, id).await?;
    if !me.who.may_keep_account(card.place.agency, &card.place.roles) {
        return Err(AppError::RightMissing(Role::TopAdmin.as_str()));
    }
    match form.value("act") {
        "save" => save(app, me, card, form).await,
        "withdraw" => activate(app, me, card, false).await,
        "restore" => activate(app, me, card, true).await,
        "password" => password(app, me, card, form.is("factor", "reset")).await,
        "sessions" => end_sessions(app, me, card).await,
        "key" => take_key_away(app, me, &card, form.value("key")).await,
        _ => Err(AppError::NotFound),
    }
}

async fn save(app: &App, me: &Administrator, card: OfficerCard, mut form: Form) -> Result<Response, AppError> {
    let typed = typed_officer(&mut form);
    let version = form.value("version").parse().unwrap_or(card.version);
    let checked = place(&app.reference(), &typed);
    if let Err(wrong) = &checked {
        for e in wrong {
            form.wrong(e.clone());
        }
    }
    let place = match checked {
        Ok(place) if form.is_good() => place,
        _ => return again(app, me, StatusCode::UNPROCESSABLE_ENTITY, form, card, None).await,
    };
    if !me.who.may_keep_account(place.agency, &place.roles) {
        return Err(AppError::RightMissing(Role::TopAdmin.as_str()));
    }
    let before = card.place.clone();
    let after = OfficerCard { place, version, ..card.clone() };
    let said = |p: &accounts::Place| [&[role_list(&p.roles)], p.fields.names()].concat().join("; ");
    let detail = format!("{} → {}", said(&before), said(&after.place));
    match change(app, me, after, &detail, &before).await {
        Err(AppError::Stale { .. }) => {
            let now = reached(app, me, &card.id.to_string()).await?;
            let form = form.with("version", now.version.to_string());
            again(app, me, StatusCode::PRECONDITION_FAILED, form, now.clone(), Some(now)).await
        }
        Err(e) => Err(e),
        Ok(()) => Ok(back(&card, "luu")),
    }
}

async fn again(
    app: &App,
    me: &Administrator,
    status: StatusCode,
    form: Form,
    card: OfficerCard,
    conflict: Option<OfficerCard>,
) -> Result<Response, AppError> {
    let page = page(app, me, View { form, card, conflict, one_time: None, flash: None }).await?;
    Ok((status, page).into_response())
}

fn back(card: &OfficerCard, done: &str) -> Response {
    Redirect::to(&format!("/can-bo/quan-tri/can-bo/{}?xong={done}", card.id)).into_response()
}

/// Saves an account at the version that was read. A change of agency, post or roles ends its sessions: the next request
/// signs in with the new rights.
async fn change(
    app: &App,
    me: &Administrator,
    after: OfficerCard,
    detail: &str,
    before: &accounts::Place,
) -> Result<(), AppError> {
    let rights = |p: &accounts::Place| (p.agency, p.unit, p.centre, p.roles.clone());
    let ends = !after.active || rights(before) != rights(&after.place);
    let (app2, by, detail) = (app.clone(), me.who.clone(), detail.to_owned());
    app.db
        .unit(move |unit| {
            store::update_officer(unit, &after).map_err(stale)?;
            if ends {
                accounts_store::delete_sessions(unit, after.id, None)?;
            }
            audit(unit, &app2, Some(&by), "officer.change", &after.login, &detail)?;
            settings::bump_reference(unit).map_err(AppError::from)
        })
        .await?;
    app.refresh().await
}

/// A version that moved on is told apart from a fault.
pub fn stale(e: DbError) -> AppError {
    match e {
        DbError::Stale => AppError::Stale { current: 0, changed: Vec::new() },
        other => other.into(),
    }
}

/// Transfer or leaving (ADM-01): the account stays, for history names it, but opens nothing any more.
async fn activate(app: &App, me: &Administrator, card: OfficerCard, active: bool) -> Result<Response, AppError> {
    if card.id == me.who.officer {
        let (vi, en) = ("Không thể tự thu hồi tài khoản của mình.", "Nobody withdraws the own account.");
        let mut form = filled(app, &card);
        form.wrong(FieldError::new("act", "own_account", vi, en));
        return again(app, me, StatusCode::UNPROCESSABLE_ENTITY, form, card, None).await;
    }
    let before = card.place.clone();
    let after = OfficerCard { active, ..card.clone() };
    change(app, me, after, if active { "restored" } else { "withdrawn" }, &before).await?;
    Ok(back(&card, if active { "lam" } else { "nghi" }))
}

async fn password(app: &App, me: &Administrator, card: OfficerCard, reset_factor: bool) -> Result<Response, AppError> {
    let password = passwords::one_time(app);
    let hash = passwords::hash(app, password.clone()).await?;
    let (officer, login) = (card.id, card.login.clone());
    let change = passwords::Change { officer, login, hash, one_time: true, reset_second_factor: reset_factor };
    change.save(app, Some(&me.who)).await?;
    page_of(app, me, card.id, Some(OneTime { login: card.login, password })).await
}

async fn end_sessions(app: &App, me: &Administrator, card: OfficerCard) -> Result<Response, AppError> {
    let (app2, by, login, id) = (app.clone(), me.who.clone(), card.login.clone(), card.id);
    app.db
        .unit(move |unit| {
            accounts_store::delete_sessions(unit, id, None)?;
            audit(unit, &app2, Some(&by), "sessions.end", &login, "all")
        })
        .await?;
    Ok(back(&card, "phien"))
}

/// The key opens nothing from the next request on.
async fn take_key_away(app: &App, me: &Administrator, card: &OfficerCard, id: &str) -> Result<Response, AppError> {
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    accounts::revoke_key(app, Some(&me.who), &card.login, id).await?;
    Ok(back(card, "khoa"))
}

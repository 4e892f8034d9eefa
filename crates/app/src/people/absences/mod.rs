//! Who stands in for whom and when (FLW-07, STF-02): entered, ended early, and asked by everything that acts.

pub mod api;
mod away {
    pub mod page;
}
mod reserves {
    pub mod page;
}
mod listed;
pub mod store;

use crate::{
    accounts::audit,
    app::App,
    error::{AppError, FieldError, answered},
    settings,
};
use axum::{
    Router,
    routing::{get, post},
};
use domain::{
    accounts::{Role, StandIn, StandInFault, StandInKind, StandInRules, Who, check_stand_in},
    id::Id,
};
use platform::db::{Answer, Once};

/// The routes of this part.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/can-bo/vang-mat", get(away::page::show).post(away::page::send))
        .route("/can-bo/vang-mat/{id}/ket-thuc", get(away::page::back).post(away::page::end))
        .route("/can-bo/vang-mat/du-phong", get(reserves::page::show).post(reserves::page::send))
        .route("/can-bo/vang-mat/du-phong/{id}/rut", get(reserves::page::back).post(reserves::page::end))
        .route("/api/v1/backups", get(api::list_backups).post(api::enter_backup))
        .route("/api/v1/backups/{id}/endings", post(api::end_backup))
        .route("/api/v1/absences", get(api::list_absences).post(api::enter_absence))
        .route("/api/v1/delegations", post(api::enter_delegation))
}

/// Whether somebody may enter or end a stand-in of an officer: oneself, the head or the administrator of the agency.
fn may_enter(by: &Who, officer: &Who) -> bool {
    let heads = |r| matches!(r, Role::UnitHead | Role::AgencyLeader | Role::AgencyAdmin);
    by.officer == officer.officer || by.is(Role::TopAdmin) || by.agency == officer.agency && by.any(heads)
}

/// Enters a stand-in after asking the rules; every process hears of it with the reference data.
pub async fn enter(app: &App, by: &Who, new: StandIn, once: Once) -> Result<Id<StandIn>, AppError> {
    let (by, app_) = (by.clone(), app.clone());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            ask(&app_, &by, &new)?;
            let new = StandIn { id: app_.id()?, ..new.clone() };
            store::insert(unit, &new, by.officer, app_.now())?;
            let act = if new.kind == StandInKind::Absence { "absence.put" } else { "delegation.put" };
            let detail = format!("{} → {}: {} – {}", new.officer, new.backup, new.from, new.to);
            audit(unit, &app_, Some(&by), act, &new.officer.to_string(), &detail)?;
            settings::bump_reference(unit)?;
            Ok(Answer { status: 201, body: new.id.to_string() })
        })
        .await?;
    app.refresh().await?;
    let answer = answered(outcome)?;
    answer.body.parse().map_err(AppError::internal)
}

/// First who may enter it, then what the rules say.
fn ask(app: &App, by: &Who, new: &StandIn) -> Result<(), AppError> {
    let reference = app.reference();
    let known = |id, field: &'static str| {
        let (vi, en) = ("Không có cán bộ này.", "There is no such officer.");
        let found = reference.officer(id).filter(|o| o.active).map(|o| o.who.clone());
        found.ok_or_else(|| AppError::field(field, "unknown", vi, en))
    };
    let (officer, backup) = (known(new.officer, "officer")?, known(new.backup, "backup")?);
    if !may_enter(by, &officer) {
        return Err(AppError::RightMissing("báo vắng mặt cho người khác"));
    }
    let calendar = officer.centre.map_or(&reference.calendar, |c| reference.calendar_of(c));
    let asked = &app.profile.officers;
    // The regulations speak of officers whom agencies send to the province's Centre; a commune's own desk is its own matter.
    let sent = officer.centre.is_some() && officer.centre == reference.main_centre().map(|c| c.id);
    let rules = StandInRules {
        notice: asked.absence_notice_working_days,
        in_writing: asked.absence_in_writing && sent,
        list: (sent && asked.backups_per_agency > 0).then_some(reference.reserves.as_slice()),
    };
    let now = (app.now(), calendar.as_ref(), &reference.clock);
    let unknown = new.procedures.iter().find(|code| reference.procedure(code).is_none());
    let known = unknown.map_or(Ok(()), |code| Err(StandInFault::UnknownProcedure { code: code.clone() }));
    known.and_then(|()| check_stand_in(new, &officer, &backup, &reference.stand_ins, &rules, now)).map_err(|fault| {
        let (vi, en) = fault.words();
        AppError::Fields(vec![FieldError::new(fault.field(), "stand_in.refused", vi, en)])
    })
}

/// Ends a stand-in before its time; a second click changes nothing.
pub async fn end(app: &App, by: &Who, id: Id<StandIn>) -> Result<(), AppError> {
    let reference = app.reference();
    let found = reference.stand_ins.iter().find(|s| s.id == id).ok_or(AppError::NotFound)?;
    let officer = reference.officer(found.officer).ok_or(AppError::NotFound)?;
    if !may_enter(by, &officer.who) {
        return Err(AppError::NotFound);
    }
    let (by, app_, subject) = (by.clone(), app.clone(), found.officer.to_string());
    app.db
        .unit(move |unit| {
            if store::end(unit, id, app_.now())? {
                audit(unit, &app_, Some(&by), "stand_in.end", &subject, &id.to_string())?;
                settings::bump_reference(unit)?;
            }
            Ok::<_, AppError>(())
        })
        .await?;
    app.refresh().await
}

/// Whether somebody heads the centre of an officer's post and is told of absences there (DN 4.4: "báo cáo Giám đốc Trung tâm").
fn heads_the_post(who: &Who, officer: &Who) -> bool {
    let heads = |r| matches!(r, Role::CentreDirector | Role::CentreDeputy | Role::Supervisor);
    who.any(heads) && who.centre.is_some() && who.centre == officer.centre
}

/// Those that an officer may look at: the own ones, the agency's for its head or administrator, those of the posts at a centre
/// for whoever heads it.
pub fn seen_by(app: &App, who: &Who) -> Vec<StandIn> {
    let (reference, now) = (app.reference(), app.now());
    let mut seen: Vec<_> = reference
        .stand_ins
        .iter()
        .filter(|s| s.ended_at.is_none() && s.to > now)
        .filter(|s| {
            let mine = s.officer == who.officer || s.backup == who.officer;
            mine || reference.officer(s.officer).is_some_and(|o| may_enter(who, &o.who) || heads_the_post(who, &o.who))
        })
        .cloned()
        .collect();
    seen.sort_by_key(|s| (s.from, s.id));
    seen
}

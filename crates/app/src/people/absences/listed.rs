//! The list of backups (STF-02; DN 4.4, 16.2b, VL 5.1–2): who steps in at which post of the Centre.

use super::{heads_the_post, may_enter, store};
use crate::{
    accounts::audit,
    app::App,
    dossier::intake_fields,
    error::{AppError, FieldError, answered},
    interlink::input,
    people::store::OfficerName,
    settings,
};
use domain::{
    accounts::{Reserve, Who, check_reserve, works_at_a_desk},
    id::Id,
    people::Agency,
};
use platform::db::{Answer, Once};
use std::collections::{BTreeMap, BTreeSet};

/// What was typed, or every fault beside its field.
pub fn typed(app: &App, officer: &str, backup: &str, from: &str, to: &str) -> Result<Reserve, AppError> {
    let mut wrong = Vec::new();
    let mut named = |field: &'static str, login: &str| match input::officer_named(app, field, login) {
        Ok(officer) => Ok(Some(officer)),
        Err(AppError::Fields(fields)) => {
            wrong.extend(fields);
            Ok(None)
        }
        Err(other) => Err(other),
    };
    let (officer, backup) = (named("officer", officer)?, named("backup", backup)?);
    let (first, last) = (intake_fields::day(from), intake_fields::day(to));
    let (vi, en) = ("Ngày có dạng 01/01/2026.", "The date looks like 01/01/2026.");
    if first.is_none() {
        wrong.push(FieldError::new("from", "invalid", vi, en));
    }
    if last.is_none() && !to.trim().is_empty() {
        wrong.push(FieldError::new("to", "invalid", vi, en));
    }
    let (Some(officer), Some(backup), Some(from), true) = (officer, backup, first, wrong.is_empty()) else {
        return Err(AppError::Fields(wrong));
    };
    Ok(Reserve { id: Id::new(0), officer, backup, from, to: last })
}

/// Puts a backup on the list after asking the rules.
pub async fn put(app: &App, by: &Who, new: Reserve, once: Once) -> Result<Id<Reserve>, AppError> {
    let (by, app_) = (by.clone(), app.clone());
    let outcome = app
        .db
        .unit_once::<AppError>(once, move |unit| {
            ask(&app_, &by, &new)?;
            let new = Reserve { id: app_.id()?, ..new.clone() };
            store::insert_reserve(unit, &new, by.officer, app_.now())?;
            let until = new.to.map(|d| d.to_string()).unwrap_or_default();
            let detail = format!("{} → {}: {} – {until}", new.officer, new.backup, new.from);
            audit(unit, &app_, Some(&by), "backup.put", &new.officer.to_string(), &detail)?;
            settings::bump_reference(unit)?;
            Ok(Answer { status: 201, body: new.id.to_string() })
        })
        .await?;
    app.refresh().await?;
    let answer = answered(outcome)?;
    answer.body.parse().map_err(AppError::internal)
}

fn ask(app: &App, by: &Who, new: &Reserve) -> Result<(), AppError> {
    let reference = app.reference();
    let known = |id, field: &'static str| {
        let (vi, en) = ("Không có cán bộ này.", "There is no such officer.");
        let found = reference.officer(id).filter(|o| o.active).map(|o| o.who.clone());
        found.ok_or_else(|| AppError::field(field, "unknown", vi, en))
    };
    let (officer, backup) = (known(new.officer, "officer")?, known(new.backup, "backup")?);
    if by.officer == officer.officer || !may_enter(by, &officer) {
        return Err(AppError::RightMissing("đăng ký nhân sự dự phòng của cơ quan"));
    }
    check_reserve(new, &officer, &backup, &reference.reserves).map_err(|fault| {
        let (vi, en) = fault.words();
        AppError::Fields(vec![FieldError::new(fault.field(), "backup.refused", vi, en)])
    })
}

/// Takes a backup off the list; a second click changes nothing.
pub async fn end(app: &App, by: &Who, id: Id<Reserve>) -> Result<(), AppError> {
    let reference = app.reference();
    let found = reference.reserves.iter().find(|r| r.id == id).ok_or(AppError::NotFound)?;
    let officer = reference.officer(found.officer).ok_or(AppError::NotFound)?;
    if by.officer == officer.who.officer || !may_enter(by, &officer.who) {
        return Err(AppError::NotFound);
    }
    let (by, app_, subject) = (by.clone(), app.clone(), found.officer.to_string());
    app.db
        .unit(move |unit| {
            if store::end_reserve(unit, id, app_.now())? {
                audit(unit, &app_, Some(&by), "backup.end", &subject, &id.to_string())?;
                settings::bump_reference(unit)?;
            }
            Ok::<_, AppError>(())
        })
        .await?;
    app.refresh().await
}

/// The lines that an officer may look at, those that still hold or are to come.
pub fn seen_by(app: &App, who: &Who) -> Vec<Reserve> {
    let (reference, today) = (app.reference(), app.now().day());
    let concerns = |r: &&Reserve| {
        let mine = r.officer == who.officer || r.backup == who.officer;
        mine || reference.officer(r.officer).is_some_and(|o| may_enter(who, &o.who) || heads_the_post(who, &o.who))
    };
    let holds = |r: &&Reserve| r.to.is_none_or(|last| last >= today);
    reference.reserves.iter().filter(holds).filter(concerns).cloned().collect()
}

/// Agencies with officers at desks of the province's Centre that have named fewer backups than the regulation asks, with how many they
/// have (DN 16.2b: "ít nhất 01 nhân sự"); of those that concern the reader.
pub fn lacking(app: &App, who: &Who) -> Vec<(Id<Agency>, usize)> {
    let (reference, today) = (app.reference(), app.now().day());
    let province = reference.main_centre().map(|c| c.id);
    let sent = |o: &&OfficerName| o.active && works_at_a_desk(&o.who) && o.who.centre == province;
    let posted = reference.officers().filter(sent);
    let posted =
        posted.filter(|o| may_enter(who, &o.who) && o.who.officer != who.officer || heads_the_post(who, &o.who));
    let mut named: BTreeMap<_, BTreeSet<_>> = posted.map(|o| (o.who.agency, BTreeSet::new())).collect();
    for r in reference.reserves.iter().filter(|r| r.from <= today && r.to.is_none_or(|last| last >= today)) {
        let agency = reference.officer(r.officer).map(|o| o.who.agency);
        if let Some(backups) = agency.and_then(|a| named.get_mut(&a)) {
            backups.insert(r.backup);
        }
    }
    let asked = usize::try_from(app.profile.officers.backups_per_agency).unwrap_or(usize::MAX);
    named.into_iter().map(|(agency, backups)| (agency, backups.len())).filter(|(_, n)| *n < asked).collect()
}

//! What follows from an event about a branch, in the unit that saves it: files, readers, rows and slips.

use super::{slips, store};
use crate::{
    app::App,
    dossier::{
        Done,
        store::{self as dossiers, IssuedSlip},
    },
    error::{AppError, FieldError},
    reference::Reference,
};
use domain::{
    accounts::Who,
    dossier::{Command, Dossier, Event, SlipRef},
    interlink::{Branch, Link, Linked, Stage, Travel},
};
use platform::db::Unit;
use store::{BranchRow, VisitRow};

/// The number of the slip that a command about a branch issues; a refusal gives it back.
pub fn number(
    unit: &mut Unit,
    app: &App,
    reference: &Reference,
    who: &Who,
    link: &Link,
    before: Option<&Dossier>,
) -> Result<Option<SlipRef>, AppError> {
    let on_paper = before.is_some_and(|d| d.links.travel == Some(Travel::Paper));
    let (form, sign) = match link {
        Link::Consult { .. }
        | Link::Recall { what: Branch::Consultation, .. }
        | Link::Redate { what: Branch::Consultation, .. } => ("consultation", "LYK"),
        Link::Verify { .. } => ("verification", "BBXM"),
        Link::Recall { .. } | Link::Redate { .. } | Link::Open { .. } => ("transfer", "PC"),
        // Paper goes on with a slip; data needs none.
        Link::Finish { .. } if on_paper => ("transfer", "PC"),
        _ => return Ok(None),
    };
    let agency = reference.agency(who.agency).ok_or(AppError::NotFound)?;
    let year = app.now().day().year();
    let number = dossiers::next_number(unit, &format!("{form}/{}/{year}", agency.identifier))?;
    Ok(Some(SlipRef { id: app.id()?, number: format!("{number}/{year}/{sign}-{}", agency.identifier) }))
}

/// Called after a dossier was saved.
pub fn follow(
    unit: &mut Unit,
    app: &App,
    reference: &Reference,
    who: &Who,
    done: &Done,
    command: &Command,
) -> Result<(), AppError> {
    if done.state.links.is_empty() {
        return Ok(());
    }
    // A dossier that was closed meanwhile has no open branch any more.
    store::replace(unit, done.id, &expected(&done.state))?;
    let Command::Link(link) = command else { return Ok(()) };
    for event in &done.events {
        let Event::Linked(what) = event else { continue };
        attach(unit, app, who, done, what)?;
        keep_visit(unit, done, link, what)?;
        for agency in done.state.links.agencies() {
            dossiers::add_agency(unit, done.id, agency)?;
        }
        for centre in done.state.links.one_stops() {
            dossiers::add_centre(unit, done.id, centre)?;
        }
        let Some((slip, form)) = what.slip() else { continue };
        let people = dossiers::people(unit, done.id)?;
        let writer = slips::Writer { app, reference, who, done, owner: slips::owner(people.as_ref()) };
        let data = writer.freeze(slip, link, what)?;
        let issued = IssuedSlip {
            id: slip.id,
            dossier: done.id,
            form: form.to_owned(),
            number: slip.number.clone(),
            data: serde_json::to_string(&data).map_err(AppError::internal)?,
            issued_at: app.now(),
            archived: None,
        };
        dossiers::insert_slip(unit, &issued)?;
    }
    Ok(())
}

/// Place, people and content of an appointed visit, beside the chain.
fn keep_visit(unit: &mut Unit, done: &Done, link: &Link, what: &Linked) -> Result<(), AppError> {
    match (link, what) {
        (Link::Appoint { visit, .. }, Linked::VisitAppointed { id, .. }) => {
            let lines = visit.participants.iter().map(|p| p.trim()).filter(|p| !p.is_empty());
            let row = VisitRow {
                number: *id,
                place: visit.place.trim().to_owned(),
                participants: lines.collect::<Vec<_>>().join("\n"),
                content: visit.content.trim().to_owned(),
            };
            store::insert_visit(unit, done.id, &row)?;
        }
        (Link::Postpone { place: Some(place), .. }, Linked::VisitMoved { id, .. }) => {
            store::move_visit(unit, done.id, *id, place.trim())?;
        }
        _ => {}
    }
    Ok(())
}

/// Files are on disk before the unit; here they get their dossier.
fn attach(unit: &mut Unit, app: &App, who: &Who, done: &Done, what: &Linked) -> Result<(), AppError> {
    for sha256 in what.files() {
        let Some(file) = dossiers::upload(unit, who, sha256, app.machine.now())? else {
            let (vi, en) = (
                "Tệp này chưa được tải lên, hoặc đã tải lên quá 23 giờ. Xin tải tệp lên rồi gửi lại.",
                "This file has not been uploaded, or more than 23 hours ago. Upload it, then send again.",
            );
            return Err(AppError::Fields(vec![FieldError::new("files", "file.unknown", vi, en)]));
        };
        dossiers::attach(unit, done.id, "branch", &file)?;
    }
    Ok(())
}

/// The open branches that a dossier's state has: what the rows must say.
pub fn expected(d: &Dossier) -> Vec<BranchRow> {
    if !d.status.is_alive() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for c in d.links.consultations.iter().filter(|c| c.recalled_at.is_none()) {
        for (place, asked) in (0..).zip(&c.asked).filter(|(_, a)| a.reply.is_none()) {
            rows.push(BranchRow {
                kind: "consultation",
                number: c.id,
                place,
                agency: asked.agency.raw(),
                unit: asked.unit.map(domain::id::Id::raw),
                officer: None,
                centre: None,
                due_at: c.due_at.millis(),
            });
        }
    }
    for p in &d.links.parts {
        let (officer, centre) = match &p.stage {
            Stage::Open { officer, .. } => (*officer, None),
            Stage::AtOneStop { .. } => (None, p.via),
            Stage::Waiting | Stage::Done(_) | Stage::Recalled { .. } => continue,
        };
        // At a one-stop unit it is nobody's in the agency yet; what a body outside does is the lead's to follow.
        let Some(agency) = p.agency().or_else(|| centre.map(|_| d.intake.agency)) else { continue };
        rows.push(BranchRow {
            kind: "part",
            number: p.id,
            place: 0,
            agency: agency.raw(),
            unit: p.unit.map(domain::id::Id::raw),
            officer: officer.map(domain::id::Id::raw),
            centre: centre.map(domain::id::Id::raw),
            due_at: p.due_at.millis(),
        });
    }
    rows.sort();
    rows
}

//! What the portal does not know yet of a dossier, read in one snapshot.

use super::store::{Known, known};
use crate::{app::App, dossier::store as dossiers, error::AppError, reference::Reference};
use domain::{
    accounts::{Scope, Who},
    dossier::{Dossier, Event},
    id::Id,
    national::{Actor, DossierMessage, File, Line, StepMessage, Subject, dossier, steps},
    people::Officer,
};
use platform::db::Query;

/// The messages that bring the portal to the present.
pub struct News {
    /// What it knows.
    pub known: Known,
    /// What it will know.
    pub version: u32,
    pub dossier: DossierMessage,
    pub steps: Vec<StepMessage>,
}

/// `None` when it knows the present, or when there is nothing of which it may know.
pub fn news(q: &mut impl Query, app: &App, id: Id<Dossier>) -> Result<Option<News>, AppError> {
    let known = known(q, id)?;
    let Some(kept) = dossiers::find(q, &Scope::Province, &dossiers::Key::Id(id))? else { return Ok(None) };
    let state = kept.state;
    if state.version <= known.version.min(known.step) {
        return Ok(None);
    }
    let history = history(q, id)?;
    let governing = app.versions.of(q, &state.intake)?;
    let people = dossiers::people(q, id)?;
    let files = dossiers::files(q, id)?.into_iter();
    let files: Vec<File> = files.map(|(place, f)| File { place, sha256: f.sha256, name: f.name }).collect();
    let reference = app.reference();
    let names = |officer| actor(&reference, officer);
    let subject = Subject {
        dossier: &state,
        history: &history,
        procedure: &governing.procedure,
        people: people.as_ref(),
        files: &files,
        agency: reference.agency_name(state.intake.agency),
        names: &names,
    };
    let Some(message) = dossier(&subject).map_err(AppError::internal)? else { return Ok(None) };
    let steps = steps(&history, known.step, &names).map_err(AppError::internal)?;
    Ok(Some(News { known, version: state.version, dossier: message, steps }))
}

fn history(q: &mut impl Query, id: Id<Dossier>) -> Result<Vec<Line>, AppError> {
    let read = |stored: domain::dossier::StoredEvent| {
        let event: Event = serde_json::from_str(&stored.body).map_err(AppError::internal)?;
        Ok(Line { stored, event })
    };
    dossiers::events(q, id, 0)?.into_iter().map(read).collect()
}

/// Who acted, as the portal shows it: names of officers are public there, as on the slips.
fn actor(reference: &Reference, officer: Id<Officer>) -> Actor {
    if officer == Who::SYSTEM {
        return Actor { name: "Hệ thống".into(), ..Actor::default() };
    }
    let Some(known) = reference.officer(officer) else {
        return Actor { name: reference.officer_name(officer).to_owned(), ..Actor::default() };
    };
    let unit = reference.unit(known.who.unit).map(|u| u.name.clone()).unwrap_or_default();
    let agency = reference.agency_name(known.who.agency);
    let place = if unit.is_empty() || unit == agency { agency.to_owned() } else { format!("{unit}, {agency}") };
    let title = known.who.roles.first().map(|r| r.vi().to_owned()).unwrap_or_default();
    Actor { name: known.name.clone(), title, place }
}

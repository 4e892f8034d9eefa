use super::{
    dice::Dice,
    roster::Roster,
    shape::{COMMUNES, DEPARTMENTS, Load, Size},
    staff,
};
use crate::{
    app::App,
    catalogue::{Governing, Listed},
    error::AppError,
    reference::Reference,
};
use domain::{
    accounts::Who,
    catalogue::{Channel, Component, process::working_minutes},
    dossier::{Intake, ReceivedComponent, ResultBy},
    id::Id,
    people::Agency,
};
use std::sync::Arc;

/// Limits longer than this many working minutes (15 days) would leave everything unfinished.
const SHORT: u32 = 15 * 480;

/// What can be handed in.
pub struct Offer {
    pub listed: Listed,
    pub governing: Arc<Governing>,
}

/// An agency with the load of one like it, who takes in for it, and what.
pub struct Desk {
    pub agency: Id<Agency>,
    pub load: Load,
    pub counters: Vec<Who>,
    pub offers: Vec<Offer>,
}

/// Short procedures of agencies that have people, with the counters where they are taken in.
pub fn desks(app: &App, reference: &Reference, roster: &Roster, size: Size) -> Result<Vec<Desk>, AppError> {
    let staffed = staff::busiest(app, reference, size)?;
    let (mut departments, mut communes) = (DEPARTMENTS.iter().cycle(), COMMUNES.iter().cycle());
    let mut desks = Vec::new();
    for identifier in &staffed {
        let Some(agency) = reference.agency_by_identifier(identifier) else { continue };
        let Some(centre) = reference.centre_for(agency.id) else { continue };
        let counters = roster.counters(centre.id);
        let like = if agency.level == "commune" { communes.next() } else { departments.next() };
        if let (Some(&load), false) = (like, counters.is_empty()) {
            desks.push((identifier, Desk { agency: agency.id, load, counters, offers: Vec::new() }));
        }
    }
    for listed in &reference.procedures {
        let (id, shared) = (listed.version, app.clone());
        let governing = app.db.read_blocking(move |q| shared.versions.get(q, id))?;
        let minutes = working_minutes(governing.procedure.limit_for(Channel::Counter, ""));
        if minutes.is_none_or(|m| m > SHORT) || governing.procedure.flags.handled_elsewhere.is_some() {
            continue;
        }
        let competent = staff::agencies_of(app, listed)?;
        for (_, desk) in desks.iter_mut().filter(|(id, _)| competent.contains(id)) {
            desk.offers.push(Offer { listed: listed.clone(), governing: Arc::clone(&governing) });
        }
    }
    Ok(desks.into_iter().map(|(_, desk)| desk).filter(|d| !d.offers.is_empty()).collect())
}

impl Desk {
    /// One of the agencies: those with much to do more often.
    pub fn pick<'a>(desks: &'a [Self], dice: &Dice) -> Option<&'a Self> {
        let mut left = dice.below(desks.iter().map(|d| d.load.received).sum());
        desks.iter().find(|desk| {
            let here = left < desk.load.received;
            left = left.saturating_sub(desk.load.received);
            here
        })
    }
}

impl Offer {
    /// What is handed in.
    pub fn intake(&self, agency: Id<Agency>, officer: &Who, online: bool, dice: &Dice) -> Intake {
        let variant = dice.pick(&self.governing.procedure.variants);
        let brought = |c: &Component| ReceivedComponent {
            id: c.id.clone(),
            originals: c.originals.max(u32::from(c.copies == 0)),
            copies: c.copies,
            ..ReceivedComponent::default()
        };
        Intake {
            procedure: self.listed.version,
            procedure_code: self.listed.code.as_str().to_owned(),
            variant: variant.map(|v| v.id.clone()),
            process: self.listed.process,
            agency,
            centre: officer.centre.unwrap_or(Id::new(0)),
            channel: if online { Channel::Online } else { Channel::Counter },
            result_by: if dice.percent(15) { ResultBy::Post } else { ResultBy::Counter },
            components: variant
                .map(|v| v.components.iter().filter(|c| c.required).map(brought).collect())
                .unwrap_or_default(),
            sets: self.governing.procedure.sets.max(1),
            late: None,
            people: String::new(),
        }
    }
}

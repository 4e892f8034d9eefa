//! What a dossier brings into its owner's store: its papers when it is taken in (RES-06), its result when that is handed over
//! (RES-05). In the unit of the act itself, and as often as it likes: what is there already stays as it is.

use super::store::{self, Described, Source};
use crate::{
    app::App,
    catalogue::Governing,
    dossier::{
        Done,
        store::{self as dossiers, FileRow},
    },
    error::AppError,
    reference::Reference,
};
use domain::{
    accounts::Who,
    dossier::{Dossier, Event, People, Status},
    id::Id,
    people::Officer,
    vault::{Origin, Validity, owner, result_named},
};
use platform::{db::Unit, ids::IdMaker};
use std::collections::BTreeMap;

/// The place of a result among the files of a dossier.
const RESULT: &str = "result";

/// A dossier whose papers go into the store.
pub struct Filing<'a> {
    pub id: Id<Dossier>,
    pub state: &'a Dossier,
    pub governing: &'a Governing,
    pub people: &'a People,
    /// Who acts; the system for what was there before the store was.
    pub by: Id<Officer>,
    /// The competent agency, who issues the result.
    pub issuer: &'a str,
    /// All that lie there, by place.
    pub files: &'a [(String, FileRow)],
}

/// Files what the act brings, when it is one that does.
pub fn keep(unit: &mut Unit, app: &App, reference: &Reference, who: &Who, done: &Done) -> Result<(), AppError> {
    let brings = |event: &Event| {
        matches!(event, Event::Accepted { .. } | Event::SupplementCompleted { .. } | Event::HandedOver { .. })
    };
    if !done.events.iter().any(brings) {
        return Ok(());
    }
    let files = dossiers::files(unit, done.id)?;
    if files.is_empty() {
        return Ok(());
    }
    let Some(people) = dossiers::people(unit, done.id)? else { return Ok(()) };
    let issuer = reference.agency_name(done.state.intake.agency);
    let (id, state, governing) = (done.id, &done.state, done.governing.as_ref());
    file(unit, &app.ids, &Filing { id, state, governing, people: &people, by: who.officer, issuer, files: &files })
}

/// Files the papers of a dossier as it stands.
pub fn file(unit: &mut Unit, ids: &IdMaker, f: &Filing<'_>) -> Result<(), AppError> {
    let Some(owner) = owner(f.people) else { return Ok(()) };
    let mut places: BTreeMap<&str, Vec<&FileRow>> = BTreeMap::new();
    for (place, file) in f.files {
        places.entry(place).or_default().push(file);
    }
    let papers: Vec<_> = places.into_iter().filter_map(|(place, files)| Some((f.paper(place)?, files))).collect();
    if papers.is_empty() {
        return Ok(());
    }
    let hashes = papers.iter().flat_map(|(_, files)| files).map(|f| f.sha256.clone()).collect();
    let known = store::known(unit, owner.number, f.id, hashes)?;
    for ((source, described), files) in papers {
        let fresh: Vec<_> = files.into_iter().filter(|file| !known.contains(&file.sha256)).collect();
        if fresh.is_empty() {
            continue;
        }
        let paper = store::put(unit, Id::new(ids.next()?), owner.number, &source, &described)?;
        for file in fresh {
            store::put_file(unit, paper, file)?;
        }
    }
    Ok(())
}

impl Filing<'_> {
    /// What lies at a place of the dossier, as the store calls it; nothing for signatures, letters, and what is not due yet.
    fn paper(&self, place: &str) -> Option<(Source, Described)> {
        if place == RESULT { self.result() } else { self.component(place) }
    }

    fn source(&self, origin: Origin, place: &str, at: i64) -> Source {
        let procedure = &self.governing.procedure;
        Source {
            origin,
            dossier: Some((self.id, place.to_owned())),
            procedure: Some(procedure.code.as_str().to_owned()),
            field: Some(procedure.field.code.clone()).filter(|code| !code.is_empty()),
            by: self.by,
            at,
        }
    }

    fn component(&self, place: &str) -> Option<(Source, Described)> {
        let at = self.state.accepted_at?.millis();
        let mut listed = self.governing.procedure.variants.iter().flat_map(|v| &v.components);
        let component = listed.find(|c| c.id == place)?;
        // Number, signer and days stand on the paper; an officer reads them off it (`so-hoa`).
        let described = Described { name: component.name.clone(), ..Described::default() };
        Some((self.source(Origin::Intake, place, at), described))
    }

    fn result(&self) -> Option<(Source, Described)> {
        let Status::Returned { at, decision } = self.state.status else { return None };
        let result = self.state.result.as_ref()?;
        let named = result_named(&self.governing.procedure, decision);
        let described = Described {
            name: named.name,
            number: result.number.clone(),
            about: named.about,
            issuer: self.issuer.to_owned(),
            signer: result.signer.clone(),
            issued_on: Some(result.date),
            validity: Validity { from: Some(result.date), until: None },
            extent: String::new(),
        };
        Some((self.source(Origin::Result, RESULT, at.millis()), described))
    }
}

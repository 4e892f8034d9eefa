//! Dossiers that were there before the store was, a chunk a unit, going on where it was broken off.

use super::{
    keep::{Filing, file},
    store,
};
use crate::{
    catalogue::Versions,
    dossier::store::{self as dossiers, Key},
    error::AppError,
    settings,
};
use domain::{
    accounts::{Scope, Who},
    id::Id,
};
use platform::{
    db::{Db, Unit},
    ids::IdMaker,
};
use std::sync::Arc;

/// How far it has come: the last dossier, or [`WHOLE`].
const FILLED: &str = "vault";
const WHOLE: &str = "whole";
/// Dossiers a unit files.
const CHUNK: i64 = 100;

/// Files what is not filed yet. Reads no clock and may run again.
pub fn fill(db: &Db, ids: &IdMaker) -> Result<(), AppError> {
    let versions = Arc::new(Versions::default());
    loop {
        let (versions, ids) = (Arc::clone(&versions), ids.clone());
        if db.unit_blocking(move |unit| chunk(unit, &versions, &ids))? {
            return Ok(());
        }
    }
}

/// Whether all are filed.
fn chunk(unit: &mut Unit, versions: &Versions, ids: &IdMaker) -> Result<bool, AppError> {
    settings::chunk(unit, FILLED, WHOLE, |unit, after| {
        let found = store::with_files(unit, after, CHUNK)?;
        for id in &found {
            one(unit, versions, ids, Id::new(*id))?;
        }
        Ok(found.last().copied())
    })
}

fn one(unit: &mut Unit, versions: &Versions, ids: &IdMaker, id: Id<domain::dossier::Dossier>) -> Result<(), AppError> {
    let Some(kept) = dossiers::find(unit, &Scope::Province, &Key::Id(id))? else { return Ok(()) };
    let Some(people) = dossiers::people(unit, id)? else { return Ok(()) };
    let governing = versions.of(unit, &kept.state.intake)?;
    let issuer = store::issuer(unit, kept.state.intake.agency)?;
    let files = dossiers::files(unit, id)?;
    let (state, by) = (&kept.state, Who::SYSTEM);
    file(unit, ids, &Filing { id, state, governing: &governing, people: &people, by, issuer: &issuer, files: &files })
}

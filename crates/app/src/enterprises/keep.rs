//! What an accepted dossier says of an enterprise goes into the register; so does what was there before the register was.

use super::store;
use crate::{
    dossier::{self, Done},
    error::AppError,
    settings,
};
use domain::{
    dossier::{Dossier, Event, People},
    enterprises::{told_by, words},
    id::Id,
};
use platform::db::{Db, Unit};

/// How far the filling has come: the last dossier, or [`WHOLE`].
const FILLED: &str = "enterprises";
const WHOLE: &str = "whole";
/// Dossiers a unit reads.
const CHUNK: i64 = 200;

/// Notes what the act tells, when it accepts the dossier. `people` where the unit has read them already.
pub fn keep(unit: &mut Unit, done: &Done, people: Option<&People>) -> Result<(), AppError> {
    if !done.events.iter().any(|event| matches!(event, Event::Accepted { .. })) {
        return Ok(());
    }
    let read = if people.is_some() { None } else { dossier::store::people(unit, done.id)? };
    match people.or(read.as_ref()) {
        Some(people) => note(unit, done.id, &done.state, people),
        None => Ok(()),
    }
}

fn note(unit: &mut Unit, id: Id<Dossier>, state: &Dossier, people: &People) -> Result<(), AppError> {
    let (Some(at), Some(told)) = (state.accepted_at, told_by(people)) else { return Ok(()) };
    if !store::put(unit, id, &told, &state.intake.procedure_code, at)? {
        return Ok(());
    }
    for word in words(&format!("{} {}", told.name, told.number)) {
        store::put_word(unit, &word, id)?;
    }
    Ok(())
}

/// Files what is not filed yet, a chunk a unit, going on where it was broken off. May run again.
pub fn fill(db: &Db) -> Result<(), AppError> {
    while !db.unit_blocking(chunk)? {}
    Ok(())
}

/// Whether all are filed.
fn chunk(unit: &mut Unit) -> Result<bool, AppError> {
    settings::chunk(unit, FILLED, WHOLE, |unit, after| {
        let found = store::earlier(unit, after, CHUNK)?;
        for (id, state, people) in &found {
            note(unit, Id::new(*id), state, people)?;
        }
        Ok(found.last().map(|(id, ..)| *id))
    })
}

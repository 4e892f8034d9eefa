//! The history of a dossier, read once for every message.

use crate::{
    dossier::{Dossier, Event, StoredEvent, Unexpected, evolve},
    id::Id,
    people::Officer,
};

/// One event as it is kept and as it is understood.
#[derive(Clone, Debug)]
pub struct Line {
    /// As it is kept.
    pub stored: StoredEvent,
    /// What happened.
    pub event: Event,
}

/// Who acted, in the portal's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// Full name, or what stands for a citizen and for the system.
    pub name: String,
    /// What the officer is appointed to do.
    pub title: String,
    /// Unit and agency.
    pub place: String,
}

/// Names of officers.
pub type Names<'a> = dyn Fn(Id<Officer>) -> Actor + 'a;

/// The state after each event.
pub(super) fn states(history: &[Line]) -> Result<Vec<Dossier>, Unexpected> {
    let mut states: Vec<Dossier> = Vec::with_capacity(history.len());
    for line in history {
        states.push(evolve(states.last().cloned(), &line.stored, &line.event)?);
    }
    Ok(states)
}

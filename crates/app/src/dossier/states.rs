//! States of dossiers as they were last read: a work list that is asked for again reads only what has changed since.

use domain::dossier::Dossier;
use platform::db::{DbError, Reader};
use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

/// What was read, by dossier, each with the version that it is of. A version of a dossier never has another state, and only what a
/// snapshot of saved work showed is kept, so nothing in it grows wrong; what nobody asked for in a while is let go.
pub struct Known<S>(Mutex<Kept<S>>);

/// Those of dossiers.
pub type States = Known<Dossier>;

/// Two generations: what is asked for moves to the new one, and the old one goes when the new one is full.
struct Kept<S> {
    new: HashMap<i64, Versioned<S>>,
    old: HashMap<i64, Versioned<S>>,
}

type Versioned<S> = (u32, Arc<S>);

/// In each generation; a state takes some 8 kB.
const MOST: usize = 1024;

impl<S> Default for Known<S> {
    fn default() -> Self {
        Self(Mutex::new(Kept { new: HashMap::new(), old: HashMap::new() }))
    }
}

impl<S> Known<S> {
    /// The states of these dossiers at these versions, in their order; those not known are read with `read`, which may leave out
    /// what is gone. From a reader alone: what a unit of work reads may never be saved.
    pub fn of(
        &self,
        q: &mut Reader,
        asked: &[(i64, u32)],
        read: impl FnOnce(&mut Reader, Vec<i64>) -> Result<Vec<(i64, S)>, DbError>,
    ) -> Result<Vec<Option<Arc<S>>>, DbError> {
        let mut found = self.find(asked);
        let missing: Vec<i64> =
            asked.iter().zip(&found).filter(|(_, known)| known.is_none()).map(|((id, _), _)| *id).collect();
        if missing.is_empty() {
            return Ok(found);
        }
        let mut fresh: HashMap<i64, Arc<S>> =
            read(q, missing)?.into_iter().map(|(id, state)| (id, Arc::new(state))).collect();
        let mut new = Vec::with_capacity(fresh.len());
        for (of, place) in asked.iter().zip(&mut found).filter(|(_, place)| place.is_none()) {
            *place = fresh.remove(&of.0);
            new.extend(place.as_ref().map(|state| (*of, Arc::clone(state))));
        }
        self.add(new);
        Ok(found)
    }

    /// What is known of these dossiers at these versions, in their order.
    pub fn find(&self, asked: &[(i64, u32)]) -> Vec<Option<Arc<S>>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().map(|(id, version)| kept.find(*id, *version)).collect()
    }

    /// Keeps what was made of dossiers at these versions.
    pub fn add(&self, new: Vec<((i64, u32), Arc<S>)>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for ((id, version), made) in new {
            kept.keep(id, (version, made));
        }
    }
}

impl<S> Kept<S> {
    fn find(&mut self, id: i64, version: u32) -> Option<Arc<S>> {
        if let Some(old) = self.old.remove(&id) {
            self.keep(id, old);
        }
        self.new.get(&id).filter(|(of, _)| *of == version).map(|(_, state)| Arc::clone(state))
    }

    fn keep(&mut self, id: i64, state: Versioned<S>) {
        if self.new.len() >= MOST {
            self.old = mem::take(&mut self.new);
        }
        self.new.insert(id, state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_known_at_its_version_alone() {
        let states = Known::default();
        states.0.lock().unwrap().keep(1, (3, Arc::new("state")));
        let known: Vec<bool> = states.find(&[(1, 3), (1, 4), (2, 3)]).iter().map(Option::is_some).collect();
        assert_eq!(known, [true, false, false]);
    }

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_let_go() {
        let (states, one) = (Known::default(), Arc::new("state"));
        for id in 0..5 * i64::try_from(MOST).unwrap() {
            states.0.lock().unwrap().keep(id, (1, Arc::clone(&one)));
            assert!(states.find(&[(0, 1)])[0].is_some(), "asked for again and again: still known after {id}");
        }
        let kept = states.0.lock().unwrap();
        assert!(kept.new.len() + kept.old.len() <= 2 * MOST);
        assert!(!kept.new.contains_key(&1) && !kept.old.contains_key(&1));
    }
}

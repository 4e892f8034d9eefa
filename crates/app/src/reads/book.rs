//! The looks of this process that are not in the store yet.

use super::store::{self, Looks};
use crate::{app::App, error::AppError};
use domain::{
    accounts::{Reading, Who, half_day},
    dossier::Dossier,
    id::Id,
    people::{Agency, Officer},
    time::Instant,
};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Lines known to be in the store, with what is still to be added to each.
#[derive(Default)]
pub struct Book(Mutex<HashMap<Place, Count>>);

/// Whose look at what, in which half of a day: the key of a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    dossier: Id<Dossier>,
    officer: Id<Officer>,
    way: Reading,
    half: Instant,
}

#[derive(Clone, Copy)]
struct Count {
    agency: Id<Agency>,
    first_at: i64,
    last_at: i64,
    /// Looks that the store does not have.
    unsaved: u32,
    /// The line is in the store, or on its way there with somebody waiting for it.
    known: bool,
}

/// Rows of one unit of bulk work.
const CHUNK: usize = 200;

impl Book {
    /// Counts a look at each of these dossiers; gives the lines that are new and have to be saved before anything is shown.
    fn count(&self, who: &Who, way: Reading, dossiers: &[Id<Dossier>], now: i64) -> Vec<Looks> {
        let half = half_day(Instant::from_millis(now));
        let mut counts = self.lock();
        let mut fresh = Vec::new();
        for &dossier in dossiers {
            let place = Place { dossier, officer: who.officer, way, half };
            let new = Count { agency: who.agency, first_at: now, last_at: now, unsaved: 0, known: false };
            let count = counts.entry(place).or_insert(new);
            count.last_at = now;
            count.unsaved += 1;
            if !count.known {
                count.known = true;
                fresh.push(taken(place, count));
            }
        }
        fresh
    }

    /// What is still to be added, and forgets lines of earlier half days to which nothing is.
    fn unsaved(&self, now: i64) -> Vec<Looks> {
        let half = half_day(Instant::from_millis(now));
        let mut counts = self.lock();
        counts.retain(|place, count| count.unsaved > 0 || place.half == half);
        counts.iter_mut().filter(|(_, c)| c.unsaved > 0).map(|(place, count)| taken(*place, count)).collect()
    }

    /// It was not saved: to be added later.
    fn give_back(&self, looks: &[Looks]) {
        let mut counts = self.lock();
        for l in looks {
            let place = Place { dossier: l.dossier, officer: l.officer, way: l.way, half: l.half };
            let new = Count { agency: l.agency, first_at: l.first_at, last_at: l.last_at, unsaved: 0, known: true };
            let count = counts.entry(place).or_insert(new);
            count.unsaved += l.times;
            count.first_at = count.first_at.min(l.first_at);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Place, Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn taken(place: Place, count: &mut Count) -> Looks {
    let looks = Looks {
        dossier: place.dossier,
        officer: place.officer,
        agency: count.agency,
        way: place.way,
        half: place.half,
        first_at: count.first_at,
        last_at: count.last_at,
        times: count.unsaved,
    };
    count.unsaved = 0;
    count.first_at = count.last_at;
    looks
}

/// Notes that personal data of these dossiers is about to be shown. That somebody looks is on disc before anything is
/// shown; how often within half a day follows within seconds. A full disc keeps nobody from reading: what cannot be
/// written now is written when there is room again.
pub async fn note(app: &App, who: &Who, way: Reading, dossiers: &[Id<Dossier>]) {
    if who.is_system() {
        return;
    }
    let fresh = app.reads.count(who, way, dossiers, app.machine.now());
    if fresh.is_empty() {
        return;
    }
    if let Err(why) = save(app, fresh, false).await {
        tracing::error!(%why, "who looked at personal data could not be written down; it will be tried again");
    }
}

/// Writes what this process has counted since the last time; gives how many lines. Called by the schedule and at the end.
pub async fn flush(app: &App) -> Result<u64, AppError> {
    let unsaved = app.reads.unsaved(app.machine.now());
    let mut written = 0;
    let mut rest = unsaved.as_slice();
    while !rest.is_empty() {
        let (now, later) = rest.split_at(rest.len().min(CHUNK));
        if let Err(why) = save(app, now.to_vec(), true).await {
            app.reads.give_back(later);
            return Err(why);
        }
        written += now.len() as u64;
        rest = later;
    }
    Ok(written)
}

async fn save(app: &App, mut looks: Vec<Looks>, bulk: bool) -> Result<(), AppError> {
    // Two processes that add to the same lines take them in the same order.
    looks.sort_by_key(|l| (l.dossier, l.officer, l.way, l.half));
    let kept = looks.clone();
    let ids = app.ids.clone();
    let work = move |unit: &mut platform::db::Unit| {
        for l in &looks {
            store::add(unit, ids.next()?, l)?;
        }
        Ok::<_, AppError>(())
    };
    let done = if bulk { app.db.bulk_unit(work).await } else { app.db.unit(work).await };
    if done.is_err() {
        app.reads.give_back(&kept);
    }
    done
}

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
/// What is written later than this after its half day goes to the line of the present one: a signed check-point may cover
/// the other already. The moments of the looks stay true.
const LATE_MS: i64 = 10 * 60_000;

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
        let is_late = now - half.millis() > LATE_MS;
        let mut counts = self.lock();
        counts.retain(|place, count| count.unsaved > 0 || place.half == half);
        let open = counts.iter_mut().filter(|(_, c)| c.unsaved > 0);
        open.map(|(place, count)| {
            let looks = taken(*place, count);
            if is_late { Looks { half, ..looks } } else { looks }
        })
        .collect()
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
    // A citizen reads what is their own.
    if who.is_system() || who.is_citizen() {
        return;
    }
    let fresh = app.reads.count(who, way, dossiers, app.machine.now());
    if fresh.is_empty() {
        return;
    }
    // A whole book of dossiers waits behind everybody else; a page is written at once.
    let is_long = fresh.len() > CHUNK;
    let written = if is_long { in_chunks(app, &fresh).await.map(drop) } else { save(app, fresh, false).await };
    if let Err(why) = written {
        tracing::error!(%why, "who looked at personal data could not be written down; it will be tried again");
    }
}

/// Writes what this process has counted since the last time; gives how many lines. Called by the schedule and at the end.
pub async fn flush(app: &App) -> Result<u64, AppError> {
    in_chunks(app, &app.reads.unsaved(app.machine.now())).await
}

async fn in_chunks(app: &App, looks: &[Looks]) -> Result<u64, AppError> {
    let mut written = 0;
    let mut rest = looks;
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::accounts::Bound;
    use domain::accounts::Role;

    const NINE: i64 = 1_759_716_000_000;
    const HOUR: i64 = 3_600_000;

    fn who() -> Who {
        Who {
            officer: Id::new(1),
            agency: Id::new(2),
            unit: Id::new(3),
            centre: None,
            roles: vec![Role::Specialist],
            bound: Bound::default(),
        }
    }

    fn times(looks: &[Looks]) -> Vec<u32> {
        looks.iter().map(|l| l.times).collect()
    }

    #[test]
    fn sec_01_only_the_first_look_of_a_half_day_waits_for_the_store() {
        let book = Book::default();
        let ids = [Id::new(7), Id::new(8)];
        assert_eq!(times(&book.count(&who(), Reading::List, &ids, NINE)), [1, 1]);
        assert!(book.count(&who(), Reading::List, &ids, NINE + 1).is_empty());
        assert_eq!(times(&book.count(&who(), Reading::Page, &ids[..1], NINE + 2)), [1], "another way is another line");
        assert_eq!(times(&book.unsaved(NINE + 3)), [1, 1]);
        assert!(book.unsaved(NINE + 4).is_empty());
        assert_eq!(
            times(&book.count(&who(), Reading::Page, &ids[..1], NINE + 4 * HOUR)),
            [1],
            "and so is the afternoon"
        );
    }

    #[test]
    fn sec_01_what_could_not_be_written_is_kept_and_later_goes_to_the_line_of_then() {
        let book = Book::default();
        let fresh = book.count(&who(), Reading::Page, &[Id::new(7)], NINE);
        book.give_back(&fresh);
        book.count(&who(), Reading::Page, &[Id::new(7)], NINE + 5);
        let again = book.unsaved(NINE + 6);
        assert_eq!(
            (again[0].times, again[0].first_at, again[0].last_at, again[0].half),
            (2, NINE, NINE + 5, fresh[0].half)
        );
        book.give_back(&again);
        // Noon has passed: five minutes after it the morning's line may still be added to, an hour after it no more.
        let soon = book.unsaved(NINE + 3 * HOUR + 5 * 60_000);
        assert_eq!(soon[0].half, fresh[0].half);
        book.give_back(&soon);
        let late = book.unsaved(NINE + 4 * HOUR);
        assert_eq!((late[0].half, late[0].first_at), (half_day(Instant::from_millis(NINE + 4 * HOUR)), NINE));
    }
}

//! The rounds of a made-up province: what was handed in before today has been carried, counted and received.

use super::{
    give::{Giving, MOST, leave},
    receive::count_in,
    store,
};
use crate::{app::App, error::AppError, reference::Reference};
use domain::{
    accounts::Who,
    courier::{Load, Place, papers, place_of},
    time::Instant,
};
use platform::clock::LegalClock;

const DAY_MS: i64 = 86_400_000;

/// Carries everything that waited at the end of the day before `now`, with that day's last run.
pub fn carry(app: &App, now: Instant) -> Result<(), AppError> {
    let evening = now.plus_millis(-DAY_MS).day();
    let last = app.profile.courier.runs.last().copied();
    let at = Instant::from_local(evening.to_datetime(last.unwrap_or_else(|| jiff::civil::time(16, 0, 0, 0))));
    let app = app.with_clock(LegalClock::frozen(at.millis()), app.random.clone())?;
    let reference = app.reference();
    let centres = reference.centres.iter().map(|c| Place::Centre(c.id));
    let agencies = reference.agencies.iter().map(|a| Place::Agency(a.id));
    for here in centres.chain(agencies) {
        let Some(giver) = somebody_at(&reference, here) else { continue };
        for (to, load, _) in app.db.read_blocking(|q| store::waiting(q, here))? {
            let Some(receiver) = somebody_at(&reference, to) else { continue };
            while carried(&app, &giver, &receiver, here, to, load)? {}
        }
    }
    Ok(())
}

fn somebody_at(reference: &Reference, place: Place) -> Option<Who> {
    let there = reference.officers().filter(|o| o.active && place_of(&o.who) == Some(place));
    there.min_by_key(|o| o.id).map(|o| o.who.clone())
}

/// One set of minutes; false when nothing was left for it.
fn carried(app: &App, giver: &Who, receiver: &Who, here: Place, to: Place, load: Load) -> Result<bool, AppError> {
    let (now, app_, giver, receiver) = (app.now(), app.clone(), giver.clone(), receiver.clone());
    app.db.unit_blocking(move |unit| {
        let rows = store::heap(unit, here, to, load, i64::try_from(MOST).unwrap_or(i64::MAX))?;
        let count = |intake| if load == Load::Results { 1 } else { papers(intake) };
        let before = rows.iter().filter(|w| w.state.accepted_at.is_some_and(|at| at < now));
        let picked: Vec<_> = before.map(|w| (w.id.raw(), count(&w.state.intake), None)).collect();
        if picked.is_empty() {
            return Ok(false);
        }
        let run = app_.profile.courier.runs.last().copied();
        let giving = Giving { to, load, run, carrier: String::new(), picked, scanned: Vec::new() };
        let id = leave(unit, &app_, &giver, here, &giving)?;
        count_in(unit, &app_, &receiver, id, &[], "")?;
        Ok::<_, AppError>(true)
    })
}

//! Fires what is due: each deadline once, whatever the number of processes, in chunks behind everything interactive.

use super::store::{self, Firing};
use crate::{
    app::App,
    dossier::{self, Order, Target, store::Key},
    error::AppError,
};
use domain::{
    accounts::Who,
    dossier::{Called, Command, Dossier},
    profile::ReportedTo,
    time::Instant,
};
use platform::db::Unit;
use serde::Serialize;

/// Reminders in one unit, some milliseconds of the writer's time; terms looked at at once, each a unit of its own.
const REMINDERS: i64 = 64;
const TERMS: i64 = 64;
/// Fired later than this, the service had been away.
const LATE_MS: i64 = 15 * 60_000;

/// What was fired.
#[derive(Debug, Default, Serialize)]
pub struct Fired {
    pub reminders: u64,
    /// Terms on which the system acted.
    pub lapsed: u64,
    /// Of all of them, how many long after their time.
    pub late: u64,
}

/// Fires everything that is due at the legal moment.
pub async fn fire(app: &App) -> Result<Fired, AppError> {
    let mut fired = Fired::default();
    let now = app.now();
    remind(app, now, &mut fired).await?;
    lapse(app, now, &mut fired).await?;
    Ok(fired)
}

async fn remind(app: &App, now: Instant, fired: &mut Fired) -> Result<(), AppError> {
    // A look costs nothing; a unit every second would be a commit every second.
    while app.db.read(move |q| store::any_due(q, false, now).map_err(AppError::from)).await? {
        let app_ = app.clone();
        let (taken, late) = app.db.bulk_unit(move |unit| reminders(unit, &app_, now)).await?;
        if taken == 0 {
            break;
        }
        fired.reminders += taken;
        fired.late += late;
    }
    Ok(())
}

fn reminders(unit: &mut Unit, app: &App, now: Instant) -> Result<(u64, u64), AppError> {
    let taken = store::take_reminders(unit, now, now.plus_millis(-LATE_MS), REMINDERS)?;
    for firing in &taken {
        let Some(state) = store::state(unit, firing.dossier)? else { continue };
        call(unit, app, firing, &state, now)?;
    }
    let late = taken.iter().filter(|f| f.late).count();
    Ok((taken.len() as u64, late as u64))
}

/// Puts it before everybody whom it calls.
fn call(unit: &mut Unit, app: &App, firing: &Firing, state: &Dossier, now: Instant) -> Result<(), AppError> {
    for &called in firing.kind.map_or(&[][..], |kind| kind.calls(state)) {
        let holder = state.holder.as_ref();
        let target = match called {
            Called::Holder => holder.and_then(|h| h.officer).map(domain::id::Id::raw),
            Called::Agency => Some(state.intake.agency.raw()),
            Called::Centre => Some(state.intake.centre.raw()),
            // CLK-08: only where the profile reports to the Chairman.
            Called::Province => app.profile.overdue.reported_to.contains(&ReportedTo::Chairman).then_some(0),
        };
        if let Some(target) = target {
            store::call(unit, app.ids.next()?, firing, called, target, now)?;
        }
    }
    Ok(())
}

async fn lapse(app: &App, now: Instant, fired: &mut Fired) -> Result<(), AppError> {
    loop {
        let terms = app.db.read(move |q| store::run_out(q, now, TERMS).map_err(AppError::from)).await?;
        if terms.is_empty() {
            return Ok(());
        }
        for term in terms {
            let (app_, dossier, key) = (app.clone(), term.dossier, term.key.clone());
            let acted = app.db.bulk_unit(move |unit| run_out(unit, &app_, dossier, &key, now)).await;
            match acted {
                Ok(Some(late)) => {
                    fired.lapsed += 1;
                    fired.late += u64::from(late);
                }
                // Somebody moved the dossier in between: the next look says what is still due.
                Ok(None) | Err(AppError::Stale { .. }) => {}
                // Somebody was faster, and nothing lapses any more: the row has had its moment.
                Err(AppError::Refused(_)) => {
                    let past =
                        move |unit: &mut Unit| Ok::<_, AppError>(store::take(unit, dossier, &term.key, now, now)?);
                    app.db.bulk_unit(past).await?;
                }
                Err(e) => return Err(e),
            }
        }
    }
}

/// One term in one unit: marked and acted on together, or neither. Says whether it was late.
fn run_out(
    unit: &mut Unit,
    app: &App,
    dossier: domain::id::Id<Dossier>,
    key: &str,
    now: Instant,
) -> Result<Option<bool>, AppError> {
    let late_before = now.plus_millis(-LATE_MS);
    let state = store::state(unit, dossier)?;
    let mine = store::take(unit, dossier, key, now, late_before)?;
    let Some(state) = state.filter(|_| mine) else { return Ok(None) };
    let until = match state.status {
        domain::dossier::Status::GuidanceRequested { until, .. }
        | domain::dossier::Status::AwaitingSupplement { until, .. }
        | domain::dossier::Status::Suspended { until, .. } => until,
        _ => now,
    };
    let reference = app.reference();
    let centre = reference.centre(state.intake.centre).ok_or(AppError::NotFound)?;
    let who = Who::system(centre.agency);
    let target = Target::Known { key: Key::Id(dossier), version: state.version };
    dossier::apply(unit, app, &who, &Order { target, command: Command::Lapse })?;
    Ok(Some(until < late_before))
}

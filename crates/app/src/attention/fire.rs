//! Fires what is due: each deadline once, whatever the number of processes, in chunks behind everything interactive.

use super::store::{self, Firing};
use crate::{
    app::App,
    dossier::{self, Order, Target, apology_drafts, store::Key},
    error::AppError,
    notices,
};
use domain::{
    accounts::Who,
    dossier::{Command, Dossier, DueKind, DueMoment, Refusal},
    id::Id,
    time::Instant,
};
use platform::db::Unit;
use serde::Serialize;

/// Dossiers whose reminders go into one unit, some milliseconds of the writer's time; those whose terms are looked at at once,
/// each term a unit of its own.
const REMINDERS: i64 = 24;
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
    while app.db.read(move |q| store::any_reminder(q, now).map_err(AppError::from)).await? {
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
    let mut last: Option<(Id<Dossier>, Option<Dossier>)> = None;
    for firing in &taken {
        // Those of one dossier follow each other.
        if last.as_ref().is_none_or(|(id, _)| *id != firing.dossier) {
            last = Some((firing.dossier, store::state(unit, firing.dossier)?));
        }
        let Some((_, Some(state))) = &last else { continue };
        if firing.kind == Some(DueKind::ApologyDraft) {
            apology_drafts::begin(unit, firing.dossier, &firing.key, state, firing.late, now)?;
        }
        call(unit, app, firing, state, now)?;
    }
    let late = taken.iter().filter(|f| f.late).count();
    Ok((taken.len() as u64, late as u64))
}

/// Puts it before everybody whom it calls.
fn call(unit: &mut Unit, app: &App, firing: &Firing, state: &Dossier, now: Instant) -> Result<(), AppError> {
    let Some(kind) = firing.kind else { return Ok(()) };
    let nth = DueMoment::nth_of(&firing.key);
    for (called, target) in kind.calls(state, nth, &app.profile) {
        store::call(unit, app.ids.next()?, firing, called, target, now)?;
    }
    if kind == DueKind::Unclaimed {
        notices::remind(unit, app, firing.dossier, &firing.key, nth)?;
    }
    Ok(())
}

async fn lapse(app: &App, now: Instant, fired: &mut Fired) -> Result<(), AppError> {
    // Each term is looked at once in a round: one that cannot be carried out keeps nobody else waiting.
    let mut after = (i64::MIN, Id::new(0));
    loop {
        let terms = app.db.read(move |q| store::run_out(q, now, after, TERMS).map_err(AppError::from)).await?;
        let Some(last) = terms.last else { return Ok(()) };
        after = last;
        for (dossier, term) in terms.due {
            let (app_, key) = (app.clone(), term.clone());
            let acted = app.db.bulk_unit(move |unit| run_out(unit, &app_, dossier, &key, now)).await;
            match acted {
                Ok(Some(late)) => {
                    fired.lapsed += 1;
                    fired.late += u64::from(late);
                }
                // Somebody moved the dossier in between: the next look says what is still due.
                Ok(None) | Err(AppError::Stale { .. }) => {}
                // The calendar does not reach so far yet: once it does, the dossier goes on.
                Err(AppError::Refused(Refusal::CalendarEnds { last }, _)) => {
                    tracing::warn!(dossier = %dossier, %last, "a term waits for a longer calendar");
                }
                // Somebody was faster, and nothing lapses any more: the row has had its moment.
                Err(AppError::Refused(..)) => {
                    let past = move |unit: &mut Unit| Ok::<_, AppError>(store::take(unit, dossier, &term)?);
                    app.db.bulk_unit(past).await?;
                }
                // Out of reach for everybody: the whole round is tried again.
                Err(e @ AppError::Busy(_)) => return Err(e),
                // One that cannot be read or carried out stays due, is told of, and holds up nobody.
                Err(e) => tracing::error!(dossier = %dossier, why = %e, "a term could not be carried out"),
            }
        }
    }
}

/// One term in one unit: marked and acted on together, or neither. Says whether it was late.
fn run_out(
    unit: &mut Unit,
    app: &App,
    dossier: Id<Dossier>,
    key: &str,
    now: Instant,
) -> Result<Option<bool>, AppError> {
    let late_before = now.plus_millis(-LATE_MS);
    // The dossier first and its deadlines then, as every command does: whoever is changing it is let through.
    let Some(state) = store::settled_state(unit, dossier)? else { return Ok(None) };
    if !store::take(unit, dossier, key)? {
        return Ok(None);
    }
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

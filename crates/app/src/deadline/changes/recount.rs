//! Dates the open dossiers anew after a change, in chunks that can be resumed: each is one unit that remembers how far it came.

use super::{Change, Recount, Stage, store};
use crate::{
    app::App,
    dossier::{self, Order, Target, store::Kept},
    error::AppError,
};
use domain::{
    accounts::{Role, Who},
    dossier::{Command, new_date},
    time::Instant,
};
use futures_util::{StreamExt, stream::FuturesUnordered};
use platform::db::Unit;

/// Units that wait for the writer at once: while one is saved the next is there already, and several share a commit.
const IN_FLIGHT: usize = 3;
/// Dossiers looked at in one unit, and those dated anew: some milliseconds of the writer's time.
const LOOKED_AT: i64 = 48;
const MOVED: usize = 32;
/// Dossiers whose terms are put down to be looked through, in one unit.
const OWED: usize = 512;

/// Goes through all changes whose dossiers wait; the number of dossiers that got another date. Any number of processes may
/// do so at once, and one that dies loses nothing.
pub async fn recount(app: &App) -> Result<u64, AppError> {
    let waits = app.db.read(|q| Ok::<_, AppError>(store::any_running(q)?)).await?;
    if !waits {
        return Ok(0);
    }
    // The calendar in memory must be the one that the change led to.
    app.refresh().await?;
    let mut moved = 0;
    let next = || {
        let app_ = app.clone();
        app.db.bulk_unit(move |unit| chunk(unit, &app_))
    };
    let mut flying: FuturesUnordered<_> = (0..IN_FLIGHT).map(|_| next()).collect();
    let mut any = false;
    while let Some(done) = flying.next().await {
        if let Some(more) = done? {
            (moved, any) = (moved + more, true);
            flying.push(next());
        }
        // One that found the change in other hands says nothing about what is left; only a round without work ends it.
        if flying.is_empty() && std::mem::take(&mut any) {
            flying.push(next());
        }
    }
    Ok(moved)
}

fn chunk(unit: &mut Unit, app: &App) -> Result<Option<u64>, AppError> {
    let Some(mut change) = store::running(unit)? else { return Ok(None) };
    let reference = app.reference();
    if change.version.is_some_and(|version| reference.calendar.version() < version) {
        return Ok(None);
    }
    if change.recount.is_at_terms() {
        terms(unit, &mut change)?;
        return Ok(Some(0));
    }
    let who = keeper(app, &change)?;
    let rows = store::dated(unit, change.recount.after, LOOKED_AT)?;
    let ends = i64::try_from(rows.len()).unwrap_or(i64::MAX) < LOOKED_AT;
    let (mut moved, mut cut) = (0, false);
    for row in rows {
        change.recount.seen += 1;
        change.recount.after = row.after;
        let calendar = reference.calendar_of(row.state.intake.centre);
        // A date beyond the calendar's last year stays as it is; the page "why this date" says by which version it stands.
        let Ok(Some(to)) = new_date(&row.state, calendar, &reference.clock) else { continue };
        let from = row.state.due_at.map_or(0, Instant::millis);
        let target = Target::Held(Box::new(Kept { id: row.id, state: row.state, head: row.head }));
        dossier::apply(unit, app, &who, &Order { target, command: Command::Redate })?;
        store::insert_move(unit, change.id, row.id, from, to.millis())?;
        moved += 1;
        cut = moved == MOVED;
        if cut {
            break;
        }
    }
    change.recount.moved += i64::try_from(moved).unwrap_or(i64::MAX);
    if ends && !cut {
        change.recount.after = Recount::terms_after(i64::MIN);
    }
    store::update(unit, &change)?;
    Ok(Some(moved as u64))
}

/// CLK-01: who keeps the date, or has none yet, still has terms by the calendar: a step's, a part's, the check of what was handed
/// in, the reminder of a result. They are owed anew, and the routine for those keeps them.
fn terms(unit: &mut Unit, change: &mut Change) -> Result<(), AppError> {
    let waiting = store::with_terms(unit, change, OWED)?;
    match waiting.last().filter(|_| waiting.len() == OWED) {
        Some(last) => change.recount.after = Recount::terms_after(*last),
        None => change.recount.stage = Stage::Done,
    }
    store::owe(unit, waiting)?;
    Ok(store::update(unit, change)?)
}

/// The officer who applied the change, with the one right that counts here: the work goes on when the post has changed hands.
fn keeper(app: &App, change: &Change) -> Result<Who, AppError> {
    let reference = app.reference();
    let officer = change.applied_by.and_then(|o| reference.officer(o));
    let officer = officer.ok_or_else(|| AppError::Internal(format!("nobody applied the change {}", change.id)))?;
    Ok(Who { roles: vec![Role::ProcedureControl], ..officer.who.clone() })
}

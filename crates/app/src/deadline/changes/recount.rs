//! Dates the open dossiers anew after a change, in chunks that can be resumed: each is one unit that remembers how far it came.

use super::{Change, Stage, store};
use crate::{
    app::App,
    dossier::{self, Order, Target, store::Key},
    error::AppError,
};
use domain::{
    accounts::{Role, Who},
    dossier::{Command, new_date},
    time::Instant,
};
use platform::db::Unit;

/// Dossiers looked at in one unit, and those dated anew: some milliseconds of the writer's time.
const LOOKED_AT: i64 = 48;
const MOVED: usize = 32;

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
    loop {
        let app_ = app.clone();
        match app.db.bulk_unit(move |unit| chunk(unit, &app_)).await? {
            Some(more) => moved += more,
            None => return Ok(moved),
        }
    }
}

fn chunk(unit: &mut Unit, app: &App) -> Result<Option<u64>, AppError> {
    let Some(mut change) = store::running(unit)? else { return Ok(None) };
    let reference = app.reference();
    if change.version.is_some_and(|version| reference.calendar.version() < version) {
        return Ok(None);
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
        let target = Target::Known { key: Key::Id(row.id), version: row.state.version };
        dossier::apply(unit, app, &who, &Order { target, command: Command::Redate })?;
        store::insert_move(unit, change.id, row.id, row.state.due_at.map_or(0, Instant::millis), to.millis())?;
        moved += 1;
        cut = moved == MOVED;
        if cut {
            break;
        }
    }
    change.recount.moved += i64::try_from(moved).unwrap_or(i64::MAX);
    if ends && !cut {
        change.recount.stage = Stage::Done;
    }
    store::update(unit, &change)?;
    Ok(Some(moved as u64))
}

/// The officer who applied the change, with the one right that counts here: the work goes on when the post has changed hands.
fn keeper(app: &App, change: &Change) -> Result<Who, AppError> {
    let reference = app.reference();
    let officer = change.applied_by.and_then(|o| reference.officer(o));
    let officer = officer.ok_or_else(|| AppError::Internal(format!("nobody applied the change {}", change.id)))?;
    Ok(Who { roles: vec![Role::ProcedureControl], ..officer.who.clone() })
}

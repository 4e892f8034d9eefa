//! Deadlines of dossiers that nobody has touched since deadlines became rows: kept without waiting for the next command.

use super::{keep, store};
use crate::{app::App, dossier::law, error::AppError};
use domain::{dossier::Dossier, id::Id};
use platform::db::Unit;

/// Dossiers in one unit: some milliseconds of the writer's time.
const AT_ONCE: i64 = 32;

/// Keeps the deadlines of every dossier that is owed them; the number of those dossiers. Any number of processes may do so
/// at once, and one that dies loses nothing.
pub async fn keep_owed(app: &App) -> Result<u64, AppError> {
    let (mut after, mut kept) = (i64::MIN, 0);
    loop {
        let owed = app.db.read(move |q| Ok::<_, AppError>(store::owed(q, after, AT_ONCE)?)).await?;
        let Some(last) = owed.last() else { return Ok(kept) };
        after = last.raw();
        let app_ = app.clone();
        kept += app.db.bulk_unit(move |unit| chunk(unit, &app_, &owed)).await?;
    }
}

fn chunk(unit: &mut Unit, app: &App, owed: &[Id<Dossier>]) -> Result<u64, AppError> {
    let (reference, mut kept) = (app.reference(), 0);
    for &id in owed {
        // Whoever is changing it keeps its deadlines as well; it stays owed until somebody has looked.
        let Some(state) = store::settled_state(unit, id)? else { continue };
        let governing = app.versions.of(unit, &state.intake)?;
        if let Some(law) = law(app, &reference, &governing, &state.intake) {
            keep(unit, id, &state, &law)?;
        }
        store::settle_owed(unit, id)?;
        kept += 1;
    }
    Ok(kept)
}

//! Receiving: the other side counts what came and signs; what did not come is looked for where it was given.

use super::{give::field, store};
use crate::{app::App, error::AppError};
use domain::{accounts::Who, courier::receives};
use platform::db::Unit;

/// Counts the run in: `missing` are the dossiers that did not come. A second click changes nothing.
pub async fn receive(app: &App, who: &Who, id: i64, missing: Vec<i64>, remarks: String) -> Result<(), AppError> {
    let (app_, who) = (app.clone(), who.clone());
    app.db.unit(move |unit| count_in(unit, &app_, &who, id, &missing, &remarks)).await
}

/// The same inside a unit.
pub fn count_in(
    unit: &mut Unit,
    app: &App,
    who: &Who,
    id: i64,
    missing: &[i64],
    remarks: &str,
) -> Result<(), AppError> {
    let run = store::run(unit, id)?.ok_or(AppError::NotFound)?;
    receives(who, &run, missing.len(), remarks).map_err(|f| field(&f))?;
    let noted = Some(remarks.trim()).filter(|r| !r.is_empty());
    if store::receive(unit, run.id, who.officer, app.now(), noted)? {
        if !missing.is_empty() {
            store::stay(unit, &run, missing)?;
        }
        store::arrive(unit, &run)?;
    }
    Ok(())
}

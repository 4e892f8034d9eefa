//! The detail of an approved process reaches the Centre within the profile's days (seed 003, Điều 11.2). When that has passed
//! whoever keeps the process and whoever keeps the catalogue are called, once for a decision.

use super::store::{self, Design};
use crate::{accounts::audit, app::App, error::AppError};
use domain::accounts::Who;
use platform::db::Query;

/// Decisions told of in one unit of work.
const CHUNK: i64 = 50;
/// More than these nobody reads in one list; the list of processes has them all.
const MOST: i64 = 50;

/// Calls for every detail that is overdue now and was not told of yet; how many. Any number of processes may do so at once.
pub async fn fire(app: &App) -> Result<u64, AppError> {
    let now = app.now();
    let waiting = move |q: &mut platform::db::Reader| Ok::<_, AppError>(store::untold(q, now, CHUNK)?);
    let mut fired = 0;
    loop {
        let found = app.db.read(waiting).await?;
        if found.is_empty() {
            return Ok(fired);
        }
        let app_ = app.clone();
        fired += app
            .db
            .bulk_unit(move |unit| {
                let mut told = 0;
                for design in &found {
                    if store::tell(unit, design, now)? {
                        let number = design.decision.as_ref().map_or("", |d| d.number.as_str());
                        audit(unit, &app_, None, "process.send.overdue", &design.subject(), number)?;
                        told += 1;
                    }
                }
                Ok::<_, AppError>(told)
            })
            .await?;
    }
}

/// What this officer is called for: the own agency's, and all of them for those who keep the catalogue.
pub fn called(q: &mut impl Query, who: &Who) -> Result<Vec<Design>, AppError> {
    if !who.draws_processes() {
        return Ok(Vec::new());
    }
    Ok(if who.publishes_processes() { store::told(q, MOST)? } else { store::told_of(q, who.agency, MOST)? })
}

//! The process of a new version: the one before goes on while it is lawful, else the default one begins.

use super::{import::good, process};
use crate::{app::App, error::AppError};
use domain::{
    catalogue::{ProcedureVersion, Process, default_process, process::Held},
    id::Id,
};
use platform::db::Unit;

/// The process under which a new version is handled. What the Centre drew itself is kept as long as it fits the limit;
/// a default one is made anew, because its shares follow the limit.
pub fn process_of(
    unit: &mut Unit,
    app: &App,
    version: &ProcedureVersion,
    before: Option<(&ProcedureVersion, Id<Process>)>,
) -> Result<Id<Process>, AppError> {
    let limit = good::longest_limit(version);
    if let Some((old, id)) = before
        && let Some(drawn) = process::store::body(unit, id)?
    {
        let was_default = drawn == default_process(good::level(app, old), good::longest_limit(old));
        let fits = drawn.check(limit, |_| Held::Everywhere).is_ok();
        if fits && (!was_default || good::longest_limit(old) == limit) {
            return Ok(id);
        }
    }
    let id = app.id()?;
    process::store::insert(unit, id, &default_process(good::level(app, version), limit))?;
    Ok(id)
}

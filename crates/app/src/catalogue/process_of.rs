//! The process of a new version: the one before goes on while it is lawful, else the default one begins.

use super::{import::good, process};
use crate::{app::App, error::AppError};
use domain::{
    catalogue::{ProcedureVersion, Process, first_process, process::Held},
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
    let first = first(app, version);
    if let Some((old, id)) = before
        && let Some(drawn) = process::store::body(unit, id)?
    {
        let was_default = drawn == self::first(app, old);
        let fits = drawn.check(limit, |_| Held::Everywhere).is_ok();
        if fits && (!was_default || drawn == first) {
            return Ok(id);
        }
    }
    let id = app.id()?;
    process::store::insert(unit, id, &first)?;
    Ok(id)
}

/// The process that a version begins with: on the spot where it is settled so (CAT-05).
fn first(app: &App, version: &ProcedureVersion) -> Process {
    let (level, limit) = (good::level(app, version), good::longest_limit(version));
    first_process(level, limit, &version.flags, app.profile.on_the_spot.kind)
}

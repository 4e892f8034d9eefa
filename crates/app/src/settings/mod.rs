//! What is remembered about the whole data base: the profile, whether it is a demo, the version of the reference data.

mod store;

pub use store::{bump_reference, get, reference_version, set, turn};

use crate::error::AppError;
use platform::db::Unit;

/// The key of the profile that `migrate` stored.
pub const PROFILE: &str = "profile";
/// Present in a demo data base.
pub const DEMO: &str = "demo";
/// Counts up with every change of agencies, centres, officers, procedures or calendar.
pub const REFERENCE: &str = "reference_version";
/// Counts up with every change of the calendar.
pub const CALENDAR: &str = "calendar_version";

/// One chunk of a walk over what was there before a table was; a unit of its own, so that the walk goes on where it was broken
/// off. `step` gets the last id of the chunk before and gives its own, or `None` at the end; `whole` is remembered then. True
/// once nothing is left.
pub fn chunk(
    unit: &mut Unit,
    name: &str,
    whole: &str,
    step: impl FnOnce(&mut Unit, i64) -> Result<Option<i64>, AppError>,
) -> Result<bool, AppError> {
    let come = get(unit, name)?.unwrap_or_default();
    if come == whole {
        return Ok(true);
    }
    let next = step(unit, come.parse().unwrap_or(i64::MIN))?;
    set(unit, name, &next.map_or_else(|| whole.to_owned(), |id| id.to_string()))?;
    Ok(false)
}
